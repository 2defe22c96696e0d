import fc from 'fast-check';
import { Exact } from './exact-number.ts';

/** A number of 48 bits as wide.wgsl keeps it: the sum of two f32. */
export interface Wide {
  readonly high: number;
  readonly low: number;
}

/** The wide number next to a double. */
export function wideOf(value: number): Wide {
  const high = Math.fround(value);
  return { high, low: Math.fround(value - high) };
}

/** Its value without rounding. */
export function exactOf({ high, low }: Wide): Exact {
  return Exact.of(high).plus(Exact.of(low));
}

/** Arguments as the words that go to the GPU. */
export function wordsOf(rows: readonly (readonly (Wide | number)[])[]): Uint32Array {
  const parts = rows
    .flat()
    .flatMap((part) => (typeof part === 'number' ? part : [part.high, part.low]));
  return new Uint32Array(Float32Array.from(parts).buffer);
}

/** Results of type wide, from their words. */
export function widesOf(words: Uint32Array): readonly Wide[] {
  const parts = new Float32Array(words.buffer);
  return Array.from({ length: parts.length / 2 }, (_, i) => ({
    high: parts[2 * i]!,
    low: parts[2 * i + 1]!,
  }));
}

/** Whether the high part is the f32 next to the whole. */
export function isNormal({ high, low }: Wide): boolean {
  return Math.fround(high + low) === high;
}

/** A size between powers of two, even in its exponent, with 53 bits and either sign. */
function sized(least: number, most: number): fc.Arbitrary<Wide> {
  return fc
    .tuple(
      fc.integer({ min: least, max: most }),
      fc.double({ min: 1, max: 2, noNaN: true }),
      fc.boolean(),
    )
    .map(([exponent, part, negative]) => wideOf((negative ? -part : part) * 2 ** exponent));
}

/** Numbers with few bits, or with one part far below the other. */
const special: fc.Arbitrary<Wide> = fc.constantFrom(
  ...[0, 1, -1, 0.5, 3, 1e-20, -1e-20, 1e15, -1e15, 4097, 1 + 2 ** -23, 1 - 2 ** -24].map(wideOf),
  { high: 1, low: 2 ** -24 },
  { high: 1, low: -(2 ** -25) },
  { high: 1, low: 2 ** -100 },
  { high: 2 ** 20, low: -(2 ** -4) },
);

/** Numbers of the sizes that a detector has: 1e-20 to 1e15, and corner cases. */
export const wideNumber: fc.Arbitrary<Wide> = fc.oneof(
  { weight: 4, arbitrary: sized(-14, 20) },
  { weight: 3, arbitrary: sized(-66, 50) },
  { weight: 1, arbitrary: special },
);

/** Two numbers, of which many all but cancel. */
export const widePair: fc.Arbitrary<readonly [Wide, Wide]> = fc.oneof(
  fc.tuple(wideNumber, wideNumber),
  fc
    .tuple(wideNumber, fc.integer({ min: 1, max: 50 }), fc.double({ min: -1, max: 1, noNaN: true }))
    .map(([a, bits, part]) => {
      const value = a.high + a.low;
      return [a, wideOf(-(value + value * part * 2 ** -bits))] as const;
    }),
);
