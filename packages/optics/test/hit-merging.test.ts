import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type HitLayout, largestCount, wholeHit } from '../src/hits/hit-layout.ts';
import { HitMerger } from '../src/hits/hit-merger.ts';
import { liteHits } from '../src/hits/lite-hit.ts';
import { shapeHits } from '../src/hits/shape-hits.ts';

interface Hit {
  readonly identity: number;
  readonly time: number;
  readonly count: number;
  readonly mask: number;
}

/** Rows of the layout; what is in no field tells the rows apart. */
function rowsOf(hits: readonly Hit[], layout: HitLayout): Uint32Array {
  const rows = new Uint32Array(hits.length * layout.words);
  const values = new Float32Array(rows.buffer);
  hits.forEach(({ identity, time, count, mask }, i) => {
    const row = i * layout.words;
    rows[row + 2] = (i * 7919) % 5;
    rows[row + layout.identity] = identity;
    rows[row + layout.count] =
      ((rows[row + layout.count] ?? 0) % 2 ** layout.countShift) + count * 2 ** layout.countShift;
    rows[row + layout.flagMask] = mask;
    values[row + layout.time] = time;
  });
  return rows;
}

/** The same, slowly: groups in a Map of texts, sorted at the end. */
function slowMerge(rows: Uint32Array, layout: HitLayout, window: number): number[][] {
  const values = new Float32Array(rows.buffer);
  const groups = new Map<string, { sensor: number; bucket: number; rows: number[] }>();
  for (let row = 0; row < rows.length; row += layout.words) {
    const sensor = (rows[row + layout.identity] ?? 0) & layout.identityMask;
    const time = values[row + layout.time] ?? 0;
    const bucket = Math.floor(time / window);
    const key = Number.isNaN(time) ? `NaN ${row}` : `${sensor} ${bucket}`;
    const group = groups.get(key) ?? { sensor, bucket, rows: [] };
    group.rows.push(row);
    groups.set(key, group);
  }
  const last = (x: number): number => (Number.isNaN(x) ? Number.POSITIVE_INFINITY : x);
  const isNone = (x: number): number => Number(Number.isNaN(x));
  const sorted = [...groups.values()].sort(
    (a, b) =>
      a.sensor - b.sensor ||
      isNone(a.bucket) - isNone(b.bucket) ||
      (a.bucket === b.bucket ? 0 : last(a.bucket) - last(b.bucket)),
  );
  return sorted.flatMap((group) => {
    const time = (row: number): number => values[row + layout.time] ?? 0;
    const before = (a: number, b: number): boolean =>
      time(a) === time(b) ? (rows[a + 2] ?? 0) < (rows[b + 2] ?? 0) : time(a) < time(b);
    const first = group.rows.reduce((best, row) => (before(row, best) ? row : best));
    const merged = [...rows.subarray(first, first + layout.words)];
    let left = group.rows.reduce(
      (sum, row) => sum + ((rows[row + layout.count] ?? 0) >>> layout.countShift),
      0,
    );
    merged[layout.flagMask] =
      group.rows.reduce((mask, row) => mask | (rows[row + layout.flagMask] ?? 0), 0) >>> 0;
    const split: number[][] = [];
    do {
      const n = Math.min(left, largestCount(layout));
      left -= n;
      const row = [...merged];
      row[layout.count] =
        n * 2 ** layout.countShift + ((row[layout.count] ?? 0) % 2 ** layout.countShift);
      split.push(row);
    } while (left > 0);
    return split;
  });
}

const rowsIn = (words: Uint32Array, size: number): number[][] =>
  Array.from({ length: words.length / size }, (_, i) => [
    ...words.subarray(i * size, (i + 1) * size),
  ]);

function drained(merger: HitMerger, most = 1000): Uint32Array {
  const parts = [...merger.drain(most)];
  for (const part of parts) expect(part.length).toBeGreaterThan(0);
  return Uint32Array.from(parts.flatMap((part) => [...part]));
}

const layouts: readonly (readonly [string, HitLayout])[] = [
  ['whole', wholeHit],
  ['lite', liteHits.opticks],
  ['wide lite', liteHits.wide],
];

const hitsOf = (layout: HitLayout): fc.Arbitrary<Hit[]> =>
  fc.array(
    fc.record({
      identity: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 60_000 })),
      time: fc.oneof(
        fc.integer({ min: -40, max: 40 }).map((n) => n / 8),
        fc.float(),
        fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 1e30),
      ),
      count: fc.integer({ min: 1, max: largestCount(layout) }),
      mask: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
    }),
    { maxLength: 60 },
  );

describe.each(layouts)('merging %s hits', (_, layout) => {
  test('[HIT1] as a slow merge does, with times negative, huge, infinite and NaN', () => {
    fc.assert(
      fc.property(hitsOf(layout), fc.constantFrom(1, 0.3, 1e-9, 1e9), (hits, window) => {
        const rows = rowsOf(hits, layout);
        const merger = new HitMerger(layout, window);
        merger.add(rows);
        expect(rowsIn(drained(merger, 7), layout.words)).toEqual(slowMerge(rows, layout, window));
        expect(merger.size).toBe(0);
      }),
    );
  });

  test('[HIT1] merging what is merged in parts is merging all', () => {
    fc.assert(
      fc.property(hitsOf(layout), fc.array(fc.nat({ max: 60 })), (hits, cuts) => {
        const rows = rowsOf(hits, layout);
        const ends = [...cuts, hits.length]
          .map((cut) => layout.words * Math.min(cut, hits.length))
          .sort((a, b) => a - b);
        const whole = new HitMerger(layout, 1);
        let from = 0;
        for (const end of ends) {
          const part = new HitMerger(layout, 1);
          part.add(rows.subarray(from, end));
          whole.add(drained(part));
          from = end;
        }
        expect(rowsIn(drained(whole), layout.words)).toEqual(slowMerge(rows, layout, 1));
      }),
    );
  });

  test('[HIT1] does not depend on the order in which hits come', () => {
    const tied = fc.record({
      identity: fc.integer({ min: 1, max: 2 }),
      time: fc.constantFrom(0.25, 0.5, -0.5),
      count: fc.constantFrom(1, 2),
      mask: fc.integer({ min: 0, max: 15 }),
    });
    fc.assert(
      fc.property(
        fc.array(tied, { minLength: 2, maxLength: 20 }),
        fc.nat({ max: 20 }),
        (hits, start) => {
          const rows = rowsOf(hits, layout);
          const turned = hits.map(
            (_, i) => layout.words * ((hits.length - 1 - i + start) % hits.length),
          );
          const merged = [hits.map((_, i) => layout.words * i), turned].map((order) => {
            const merger = new HitMerger(layout, 1);
            for (const at of order) merger.add(rows.subarray(at, at + layout.words));
            return rowsIn(drained(merger), layout.words);
          });
          expect(merged[1]).toEqual(merged[0]);
        },
      ),
    );
  });

  test('[HIT2] a count that no row can hold goes on in further rows', () => {
    const most = largestCount(layout);
    const hit = { identity: 5, time: 0.5, count: most, mask: 1 };
    const merger = new HitMerger(layout, 1);
    merger.add(rowsOf([hit, hit, { ...hit, count: 3 }], layout));
    const counts = rowsIn(drained(merger), layout.words).map(
      (row) => (row[layout.count] ?? 0) >>> layout.countShift,
    );
    expect(counts).toEqual([most, most, 3]);
  });
});

describe('many hits', () => {
  test('[HIT1] a million in 40,000 windows, beside NumPy-like counting', () => {
    const hits = Array.from({ length: 1_000_000 }, (_, i) => ({
      identity: 1 + ((i * 7919) % 2000),
      time: ((i * 104_729) % 20_000) / 1000,
      count: 1,
      mask: 1,
    }));
    const rows = rowsOf(hits, liteHits.opticks);
    const counts = new Map<number, number>();
    for (const { identity, time } of hits) {
      const key = identity * 100 + Math.floor(Math.fround(time));
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    const merger = new HitMerger(liteHits.opticks, 1);
    merger.add(rows);
    expect(merger.size).toBe(counts.size);
    const merged = [...merger.drain(10_000)];
    const values = merged.map((part) => new Float32Array(part.buffer));
    let last = -1;
    for (const [i, part] of merged.entries()) {
      for (let row = 0; row < part.length; row += 4) {
        const key = ((part[row] ?? 0) & 0xffff) * 100 + Math.floor(values[i]?.[row + 1] ?? 0);
        if (key <= last || counts.get(key) !== (part[row] ?? 0) >>> 16)
          throw new Error(`row ${row} of part ${i}`);
        last = key;
      }
    }
  });

  test('[HIT3] hits of two events stay apart', () => {
    const hit = { identity: 5, time: 0.5, count: 1, mask: 1 };
    const rows = rowsOf([hit, hit, hit], wholeHit);
    // Numbers of their photons: 8, 9 and 2^32 + 1.
    for (const [i, index] of [8, 9, 1].entries()) rows[i * 16 + 14] = index;
    rows[2 * 16 + 13] = 5 + (1 << 24);
    const shape = {
      kinds: ['hits-merged'] as const,
      window: 1,
      lite: liteHits.opticks,
      frames: new Float64Array(0),
    };
    const cuts = { first: 3, starts: Float64Array.of(9, 9, 2 ** 32) };
    const parts = shapeHits(rows, shape, cuts).merged ?? [];
    expect(parts.map(({ event, rows: { length } }) => [event, length])).toEqual([
      [3, 16],
      [5, 16],
      [6, 16],
    ]);
    const all = shapeHits(rows, shape).merged ?? [];
    expect(all.map(({ event, rows: { length } }) => [event, length])).toEqual([[0, 16]]);
  });
});
