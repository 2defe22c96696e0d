import { readFileSync } from 'node:fs';
import { LanternError } from '@lantern/units';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readGdml } from '../src/gdml/read-gdml.ts';
import { writeGdml } from '../src/gdml/write-gdml.ts';
import { fixture, fixtureNames, sharedFiles } from './gdml-documents.ts';

const texts = [
  ...fixtureNames.map((name) => readFileSync(fixture(name), 'utf8')),
  ...sharedFiles()
    .map(({ path }) => readFileSync(path, 'utf8'))
    .filter((text) => text.length < 50_000),
];
const parts: Record<string, string> = {
  'parts/pmt.gdml': readFileSync(fixture('parts/pmt.gdml'), 'utf8'),
  'parts/materials.xml': readFileSync(fixture('parts/materials.xml'), 'utf8'),
};
const limits = {
  placements: 10_000,
  loopIterations: 10_000,
  matrixValues: 100_000,
  entityCharacters: 100_000,
};

/** Reads (and writes) a text: a detector, or an error on purpose; anything else fails the test. */
function attempt(text: string): void {
  const start = performance.now();
  try {
    const detector = readGdml(text, {
      file: 'fuzz.gdml',
      include: (path) => parts[path] ?? '',
      limits,
    });
    readGdml(writeGdml(detector), { file: 'fuzz.gdml' });
  } catch (error) {
    if (!(error instanceof LanternError)) throw error;
    expect(error.message).toMatch(/^[\w./]+(:\d+)?: /);
  }
  expect(performance.now() - start).toBeLessThan(2000);
}

type Mutation = (text: string) => string;
const at = fc.double({ min: 0, max: 0.999_999, noNaN: true });
const place = (text: string, where: number): number => Math.floor(where * text.length);

const flip: fc.Arbitrary<Mutation> = fc
  .tuple(
    at,
    fc.oneof(
      fc.constantFrom('<', '>', '"', '/', '&', '-', '0', '9', 'e', '[', '\0', '\n', ']', ';'),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    ),
  )
  .map(
    ([where, character]) =>
      (text) =>
        text.slice(0, place(text, where)) + character + text.slice(place(text, where) + 1),
  );
const cut: fc.Arbitrary<Mutation> = fc.tuple(at, fc.integer({ min: 1, max: 200 })).map(
  ([where, length]) =>
    (text) =>
      text.slice(0, place(text, where)) + text.slice(place(text, where) + length),
);
const truncate: fc.Arbitrary<Mutation> = at.map(
  (where) => (text) => text.slice(0, place(text, where)),
);
const double: fc.Arbitrary<Mutation> = fc
  .tuple(at, fc.integer({ min: 1, max: 500 }), at)
  .map(([from, length, to]) => (text) => {
    const piece = text.slice(place(text, from), place(text, from) + length);
    return text.slice(0, place(text, to)) + piece + text.slice(place(text, to));
  });
/** Takes away, doubles or exchanges whole elements without children: the XML stays well-formed. */
const elements: fc.Arbitrary<Mutation> = fc
  .tuple(at, at, fc.constantFrom('drop', 'double', 'exchange'))
  .map(([first, second, how]) => (text) => {
    const found = [...text.matchAll(/<\w+[^<>]*\/>/g)].map((match) => match[0]);
    const [a, b] = [
      found[Math.floor(first * found.length)] ?? '',
      found[Math.floor(second * found.length)] ?? '',
    ];
    if (how === 'exchange')
      return text
        .replace(a, '\u0001')
        .replace(b, () => a)
        .replace('\u0001', () => b);
    return text.replace(a, () => (how === 'drop' ? '' : a + a));
  });
/** Gives an attribute another value, or the value of another attribute. */
const values: fc.Arbitrary<Mutation> = fc
  .tuple(
    at,
    fc.oneof(
      at,
      fc.constantFrom(
        '',
        '0',
        '-1',
        '1e308',
        'NaN',
        '1/0',
        'x',
        'mm',
        'deg',
        '1e9',
        '99999999999999999999',
        '-0',
        'World',
        '(((',
        '1,2',
        '[1]',
      ),
    ),
  )
  .map(([where, value]) => (text) => {
    const found = [...text.matchAll(/="([^"]*)"/g)];
    const target = found[Math.floor(where * found.length)];
    if (!target) return text;
    const other =
      typeof value === 'string' ? value : (found[Math.floor(value * found.length)]?.[1] ?? '');
    return `${text.slice(0, target.index)}="${other}"${text.slice(target.index + target[0].length)}`;
  });

const mutation = fc.oneof(
  flip,
  cut,
  truncate,
  double,
  { arbitrary: elements, weight: 4 },
  { arbitrary: values, weight: 6 },
);

describe('fuzz', () => {
  it('[GDML55] a damaged file is read or refused: no other error, no hang', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...texts),
        fc.array(mutation, { minLength: 1, maxLength: 4 }),
        (text, mutations) => {
          attempt(mutations.reduce((damaged, mutate) => mutate(damaged), text));
        },
      ),
      { seed: 20_260_101, numRuns: Number(process.env.LANTERN_FUZZ_RUNS ?? 600) },
    );
  });

  it('[GDML55] any text is refused', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => attempt(text)),
      { seed: 7, numRuns: 500 },
    );
  });
});
