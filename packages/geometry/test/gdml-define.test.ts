import { describe, expect, it } from 'vitest';
import { read } from './gdml-documents.ts';

const box = (x: string): string => `<box name="b" x="${x}" y="1" z="1"/>`;
const widthOf = (define: string, x: string): unknown => {
  const solid = read({ define, solids: box(x) }).solids.get('b');
  return solid?.type === 'box' ? solid.x : undefined;
};

describe('define', () => {
  it('[GDML5] constants, quantities, variables and expressions have values', () => {
    const define = `<constant name="two" value="1+1"/><quantity name="w" type="length" value="two" unit="cm"/>
      <variable name="v" value="w/4"/><expression name="x">two*w + v</expression>`;
    expect(widthOf(define, 'x')).toBe(45);
    expect(widthOf(define, 'w + v + two')).toBe(27);
  });

  it('[GDML5] matrix elements count from 1, in rows', () => {
    const define =
      '<matrix name="m" coldim="2" values="1 2  3 4*cm"/><matrix name="v" coldim="3" values="5 6 7"/>';
    expect(widthOf(define, 'm[2,2] + m[1,2]')).toBe(42);
    expect(widthOf(define, 'v[3]')).toBe(7);
    expect(widthOf(define, 'm_1_0 + v_0')).toBe(8);
    expect(() => widthOf(define, 'm[3,1]')).toThrow(/there is no m\[3,1\]/);
    expect(() => widthOf(define, 'v[0]')).toThrow(/there is no v\[0\]/);
  });

  it('[GDML6] a name defined twice with two values is an error', () => {
    expect(() =>
      read({ define: '<constant name="a" value="1"/><constant name="a" value="2"/>' }),
    ).toThrow(
      /test\.gdml:2: <constant name="a">: constant a is defined a second time: given 2 after 1/,
    );
  });

  it.each([
    [
      '<constant name="a" value="b"/>',
      /test\.gdml:2: <constant name="a">: value: b is not defined/,
    ],
    ['<constant value="1"/>', /the attribute name is missing/],
    ['<constant name="a"/>', /the attribute value is missing/],
    ['<konstant name="a" value="1"/>', /no such element in <define>.*did you mean constant\?/],
    ['<matrix name="m" coldim="2" values="1 2 3"/>', /the matrix is not full: given 3 values/],
    ['<matrix name="m" coldim="0" values="1"/>', /coldim: given 0/],
    ['<matrix name="m" coldim="1.5" values="1"/>', /coldim: given 1.5, expected a whole number/],
    ['<matrix name="m" coldim="1" values=""/>', /the attribute values is empty/],
    ['<matrix name="m" coldim="1" values="1 x 3"/>', /value 2: x is not defined/],
    ['<quantity name="q" value="1" unit="furlong"/>', /unit: furlong is not defined/],
    [
      '<position name="p" x="1" unit="deg"/>',
      /unit is a unit of angle: given deg, expected a unit of length/,
    ],
    ['<position name="p" x="1" unit="mn"/>', /unknown unit in unit.*did you mean/],
    ['<scale name="s" x="0"/>', /a scale of zero/],
  ])('[GDML7] %s is an error with line and element', (define, message) => {
    expect(() => read({ define })).toThrow(message);
  });

  it('[GDML8] attributes without meaning and stray text are warned of, once for all alike', () => {
    const define =
      '<constant name="a" value="1" typ="x"/>\n<constant name="b" value="1" typ="x"/>hello';
    expect(read({ define }).warnings).toEqual([
      'test.gdml:1: <define>: the text "hello" is not used',
      'test.gdml:2: <constant name="a">: the attribute typ is not used (and 1 more like it)',
    ]);
  });
});

describe('loops', () => {
  const variable = '<variable name="i" value="0"/>';
  const loop = (attributes: string, body = '<box name="b[i]" x="i" y="1" z="1"/>'): string =>
    `<loop for="i" ${attributes}>${body}</loop>`;
  const names = (attributes: string): string[] =>
    [...read({ define: variable, solids: loop(attributes) }).solids.keys()].slice(1);

  it('[GDML9] both ends belong to a loop; names count from 0', () => {
    expect(names('from="1" to="3" step="1"')).toEqual(['b_0', 'b_1', 'b_2']);
    expect(names('from="1" to="6" step="2"')).toEqual(['b_0', 'b_2', 'b_4']);
    expect(names('from="3" to="1" step="-1"')).toEqual(['b_2', 'b_1', 'b_0']);
    expect(names('from="2" to="2" step="1"')).toEqual(['b_1']);
  });

  it.each([
    ['from="1" to="3" step="0"', /never ends/],
    ['from="1" to="3" step="-1"', /never ends/],
    ['from="1" to="1e12" step="1"', /more than 10000000 passes/],
    ['from="1" to="x"', /x is not defined/],
    ['from="1.5" to="3"', /whole number/],
  ])('[GDML9] <loop for="i" %s> is an error', (attributes, message) => {
    expect(() => names(attributes)).toThrow(message);
  });

  it('[GDML9] the loop variable must be a variable', () => {
    expect(() => read({ solids: loop('from="1" to="2"') })).toThrow(
      /the loop variable i is not defined/,
    );
  });
});
