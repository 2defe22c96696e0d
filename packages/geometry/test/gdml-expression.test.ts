import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ExpressionError } from '../src/errors.ts';
import { type ExpressionNames, evaluate } from '../src/gdml/expression.ts';

const names: ExpressionNames = {
  value: (name) =>
    new Map([
      ['width', 20],
      ['n', 3],
    ]).get(name),
  element: (name, [i = 0, j]) => (name === 'm' ? 10 * i + (j ?? 0) : undefined),
  names: () => ['width', 'n', 'm'],
};
const value = (text: string): number => evaluate(text, names);

describe('expressions', () => {
  it.each([
    ['1', 1],
    [' -1.5e-3 ', -1.5e-3],
    ['.5', 0.5],
    ['5.', 5],
    ['1+2*3', 7],
    ['(1+2)*3', 9],
    ['10-4-3', 3],
    ['64/4/2', 8],
    ['2^3', 8],
    ['2**3', 8],
    ['2^3^2', 64],
    ['-2^2', -4],
    ['2^-1', 0.5],
    ['2*-3', -6],
    ['--3', 3],
    ['+-+3', -3],
    ['1<2', 1],
    ['2<=1', 0],
    ['1==1 && 2!=2', 0],
    ['0 || 3>=3', 1],
    ['1+1>1', 1],
    ['width/2', 10],
    ['m[n]', 30],
    ['m[n-1,2*2]', 24],
    ['m[m[1]-9]', 10],
  ])('[GDML1] %s is %f', (text, expected) => {
    expect(value(text)).toBe(expected);
  });

  it.each([
    ['sin(pi/2)', 1],
    ['cos(0)', 1],
    ['tan(pi/4)', 1],
    ['asin(1)', Math.PI / 2],
    ['acos(1)', 0],
    ['atan(1)', Math.PI / 4],
    ['atan2(1, -1)', (3 * Math.PI) / 4],
    ['sinh(1)', Math.sinh(1)],
    ['cosh(1)', Math.cosh(1)],
    ['tanh(1)', Math.tanh(1)],
    ['exp(1) - e', 0],
    ['log(e)', 1],
    ['log10(1000)', 3],
    ['sqrt(16)', 4],
    ['abs(-3)', 3],
    ['pow(2, 10)', 1024],
    ['min(1, 2) + max(1, 2)', 3],
    ['int(-2.7)', -2],
    ['floor(-2.7)', -3],
    ['ceil(2.1)', 3],
  ])('[GDML1] %s is %f', (text, expected) => {
    expect(value(text)).toBeCloseTo(expected, 12);
  });

  it.each([
    ['2.5*m', 2500],
    ['1*cm', 10],
    ['180*deg', Math.PI],
    ['1*eV', 1e-6],
    ['2*s', 2e9],
    ['3*g/cm3', (3 * 6.241509074e21) / 1e3],
  ])('[GDML2] %s is %f in mm, ns, MeV, rad', (text, expected) => {
    expect(value(text)).toBeCloseTo(expected, -Math.log10(Math.abs(expected)) + 9 > 0 ? 9 : -10);
  });

  it.each([
    ['', /empty/],
    ['1+', /ends where a value is expected/],
    ['(1', /not closed/],
    ['1)', /without its counterpart/],
    ['1 2', /operator is missing/],
    ['5eV', /operator is missing/],
    ['*1', /value is missing/],
    ['f(1)', /no function f/],
    ['sin()', /value is missing/],
    ['sin(1,2)', /takes 1 argument/],
    ['(1,2)', /comma/],
    ['m[1)', /expected/],
    ['1/0', /no finite value/],
    ['log(-1)', /no finite value/],
    ['10^999', /no finite value/],
    ['1e999', /without a finite value/],
    ['NaN', /not defined/],
    ['widht', /did you mean width/],
    ['missing[1]', /there is no missing\[1\]/],
    ['1;2', /unexpected ";"/],
    ['constructor', /not defined/],
  ])('[GDML3] %j is an error', (text, message) => {
    expect(() => value(text)).toThrow(ExpressionError);
    expect(() => value(text)).toThrow(message);
  });

  it('[GDML4] reads a hundred thousand parentheses and signs', () => {
    const depth = 100_000;
    expect(value(`${'('.repeat(depth)}1${')'.repeat(depth)}`)).toBe(1);
    expect(value(`${'-'.repeat(depth)}1`)).toBe(1);
    expect(value(`${'1+'.repeat(depth)}1`)).toBe(depth + 1);
    expect(() => value('('.repeat(depth))).toThrow(ExpressionError);
    expect(() => value('sqrt('.repeat(depth))).toThrow(ExpressionError);
  });

  it('[GDML1] agrees with JavaScript on sums, products and powers', () => {
    const number = fc.integer({ min: 1, max: 9 }).map(String);
    const { expression } = fc.letrec<{ expression: string }>((tie) => ({
      expression: fc.oneof(
        { maxDepth: 5 },
        number,
        fc
          .tuple(tie('expression'), fc.constantFrom('+', '-', '*', '/'), tie('expression'))
          .map((p) => p.join(' ')),
        tie('expression').map((inner) => `(${inner})`),
        fc.tuple(number, number).map(([a, b]) => `${a} ** ${b}`),
      ),
    }));
    fc.assert(
      fc.property(expression, (text) => {
        const expected = Number(new Function(`return ${text}`)());
        if (Number.isFinite(expected)) expect(value(text)).toBe(expected);
        else expect(() => value(text)).toThrow(ExpressionError);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it('[GDML3] gives a finite number or an error for any text', () => {
    const piece = fc.constantFrom(
      '1',
      '2.5',
      'n',
      'pi',
      'm[',
      ']',
      '(',
      ')',
      '+',
      '-',
      '*',
      '/',
      '^',
      'sin(',
      ',',
      'max(',
      ' ',
      '<',
      '&&',
      '.',
      'e',
      '1e',
      '!',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece, { maxLength: 12 }).map((p) => p.join('')),
        ),
        (text) => {
          try {
            expect(Number.isFinite(value(text))).toBe(true);
          } catch (error) {
            expect(error).toBeInstanceOf(ExpressionError);
          }
        },
      ),
      { seed: 2, numRuns: 2000 },
    );
  });
});
