import { ConditionsError, parseFieldTest, parseMoment, runPosition } from '@lantern/conditions';
import { describe, expect, it } from 'vitest';

describe('a test of a field in words', () => {
  it.each([
    ['calibType = CAL_*', { field: 'calibType', test: 'like', value: 'CAL_*' }],
    ['notes=', { field: 'notes', test: '=', value: '' }],
    ['uid != rich m', { field: 'uid', test: '!=', value: 'rich m' }],
    ['serNo<17', { field: 'serNo', test: '<', value: 17 }],
    ['vend <= 1200.3', { field: 'vend', test: '<=', value: runPosition(1200, 3) }],
    [
      'enterTime >= 2003-01-10',
      { field: 'enterTime', test: '>=', value: parseMoment('2003-01-10') },
    ],
  ])('[QRY1] %s', (text, expected) => {
    expect(parseFieldTest(text)).toEqual(expected);
  });

  it.each([
    ['', /no test of a field/],
    ['calibType', /given 'calibType', expected FIELD = VALUE/],
    ['calibtyp = x', /no such field.*did you mean 'calibType'/],
    ['serNo = x', /no serial number: given 'x'/],
    ['vstart > soon', /vstart: no time/],
    ['notes < a*', /only = takes/],
  ])('[QRY1] refuses %s', (text, message) => {
    expect(() => parseFieldTest(text)).toThrow(ConditionsError);
    expect(() => parseFieldTest(text)).toThrow(message);
  });
});
