import type { TagEntry, TagLine } from '../src/model/tag.ts';
import { parseMoment } from '../src/model/time.ts';
import { forever } from '../src/model/validity.ts';

/**
 * Types × intervals of each: the scenarios of the load campaign of the HSF reference service (github.com/ligerlac/nopayloadtesting,
 * random_scenario_insert.py), up to the worst case of the field.
 */
export interface Scenario {
  readonly name: string;
  readonly types: number;
  readonly intervals: number;
}

/** From the smallest to the largest. */
export const scenarios: readonly Scenario[] = [
  { name: 'tiny', types: 10, intervals: 10 },
  { name: 'tiny-moderate', types: 10, intervals: 200 },
  { name: 'moderate', types: 100, intervals: 200 },
  { name: 'heavy-usage', types: 100, intervals: 5_000 },
  { name: 'worst-case', types: 200, intervals: 26_000 },
];

/** Which positions are asked: always in the first interval, always in the last, or anywhere. */
export type Pattern = 'first' | 'last' | 'random';

/** All three. */
export const patterns: readonly Pattern[] = ['first', 'last', 'random'];

const firstBegin = parseMoment('2020-01-01');
const hour = 3_600_000_000_000;

/** Numbers of 0 .. 2^32 - 1, always the same: xorshift32, G. Marsaglia, J. Stat. Soft. 8 (14), 2003. */
export function numbers(seed: number): () => number {
  let state = seed | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}

/** The conditions of a scenario: intervals of random lengths, an hour on average, without gaps, the last one open; every payload another. */
export function* linesOf({ types, intervals }: Scenario): Generator<TagLine> {
  const next = numbers(20_261_123);
  for (let type = 0; type < types; type++) {
    const entries: TagEntry[] = [];
    let begin = firstBegin;
    for (let i = 0; i < intervals; i++) {
      const length = 1n + BigInt(Math.floor((next() / 2 ** 32) * 2 * hour));
      const end = i + 1 === intervals ? forever : begin + length;
      const serNo = type * intervals + i + 1;
      entries.push({ begin, end, serNo, payload: serNo.toString(16).padStart(64, '0') });
      begin = end;
    }
    yield { calibType: `Type_${type}`, flavor: 'vanilla', axis: 'time', entries };
  }
}

/** Positions to ask, as many as wanted. */
export function positionsOf(
  { intervals }: Scenario,
  pattern: Pattern,
  count: number,
): BigInt64Array {
  const next = numbers(7);
  const span = hour * intervals;
  return BigInt64Array.from({ length: count }, () => {
    if (pattern === 'first') return firstBegin + BigInt(next() % 1000);
    if (pattern === 'last')
      return firstBegin + BigInt(2 * hour * intervals) + BigInt(next() % 1000);
    return firstBegin + BigInt(Math.floor((next() / 2 ** 32) * span));
  });
}
