import { nearest } from '@lantern/units';
import { ConditionsError } from '../errors.ts';
import type { Calibration } from '../model/calibration.ts';
import { parseRun } from '../model/run-position.ts';
import { parseMoment } from '../model/time.ts';
import { rowFields } from './match-rows.ts';
import type { FieldTest } from './metadata-store.ts';

const pattern = /^\s*(\w+)\s*(!=|<=|>=|=|<|>)\s*(.*?)\s*$/s;

/**
 * A test of a field from words: `calibType = CAL_*`, `vstart >= 2003-01-10`, `serNo < 17`. Text with `*` matches any
 * letters in its place. Positions and moments are in ISO 8601; a position of digits alone is a run. [QRY1]
 *
 * @throws ConditionsError `invalid` that names what is wrong, with the nearest field to a misspelt one
 */
export function parseFieldTest(text: string): FieldTest {
  const [, name = '', test = '', value = ''] = pattern.exec(text) ?? [];
  if (name === '') {
    throw new ConditionsError('invalid', {
      what: 'no test of a field',
      given: `'${text}'`,
      expected: 'FIELD = VALUE, or != < <= > >=',
    });
  }
  const field = fieldNamed(name);
  const comparison = test as FieldTest['test'];
  if (rowFields.get(field) === 'integer')
    return { field, test: comparison, value: integer(field, value) };
  if (!value.includes('*')) return { field, test: comparison, value };
  if (test === '=') return { field, test: 'like', value };
  throw new ConditionsError('invalid', {
    what: 'only = takes a value with *',
    given: `'${text}'`,
  });
}

function fieldNamed(name: string): keyof Calibration {
  const names = [...rowFields.keys()];
  const found = names.find((field) => field === name);
  if (found) return found;
  const near = nearest(name, names);
  throw new ConditionsError('invalid', {
    what: 'no such field',
    given: `'${name}'`,
    expected: `one of ${names.join(', ')}`,
    hint: near ? `did you mean '${near}'?` : undefined,
  });
}

function integer(field: keyof Calibration, value: string): number | bigint {
  if (field === 'serNo') {
    if (/^\d{1,15}$/.test(value)) return Number(value);
    throw new ConditionsError('invalid', {
      what: 'no serial number',
      given: `'${value}'`,
      expected: 'an integer',
    });
  }
  const isPosition = field === 'vstart' || field === 'vend';
  return isPosition && /^\d+(\.\d+)?$/.test(value)
    ? parseRun(value, field)
    : parseMoment(value, field);
}
