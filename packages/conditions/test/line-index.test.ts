import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hexToBytes } from '../src/index/hex.ts';
import { indexLine, LineBuilder } from '../src/index/line-builder.ts';
import { LineIndex } from '../src/index/line-index.ts';
import type { TagEntry } from '../src/model/tag.ts';
import { always, forever } from '../src/model/validity.ts';

const hashes = Array.from({ length: 4 }, (_, i) => `${i + 1}`.repeat(64));

/** Entries in order, some side by side, some with gaps, at any scale from single nanoseconds to centuries. */
const entries: fc.Arbitrary<TagEntry[]> = fc
  .record({
    cuts: fc.uniqueArray(
      fc.oneof(
        fc.bigInt(always, forever),
        fc.bigInt(-100n, 100n),
        fc.bigInt(2n ** 53n - 8n, 2n ** 53n + 8n),
        fc.bigInt(2n ** 62n, 2n ** 62n + 50n),
        fc.constantFrom(always, forever),
      ),
      { maxLength: 60 },
    ),
    present: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 60, maxLength: 60 }),
  })
  .map(({ cuts, present }) => {
    const sorted = cuts.sort((a, b) => (a < b ? -1 : 1));
    return sorted
      .slice(1)
      .flatMap((end, i) =>
        present[i] === 0
          ? []
          : [{ begin: sorted[i]!, end, serNo: i + 1, payload: i % 5 === 4 ? '' : hashes[i % 4]! }],
      );
  });

const anywhere = fc.bigInt(always, forever - 1n);

describe('an index of a condition', () => {
  test('[IDX1] answers as a search from the first to the last entry does', () => {
    fc.assert(
      fc.property(entries, fc.array(anywhere, { maxLength: 20 }), (line, positions) => {
        const index = indexLine(line);
        const edges = line.flatMap(({ begin, end }) => [begin - 1n, begin, end - 1n, end]);
        for (const position of [...positions, ...edges]) {
          if (position < always || position >= forever) continue;
          const cell = index.cellAt(position);
          const expected = line.find(({ begin, end }) => begin <= position && position < end);
          expect(index.serNo(cell)).toBe(expected?.serNo ?? 0);
          expect(index.payload(cell)).toBe(expected?.payload ?? '');
          expect(index.interval(cell)).toEqual(
            expected ? { begin: expected.begin, end: expected.end } : gapAt(line, position),
          );
        }
      }),
      { numRuns: 300 },
    );
  });

  test('[IDX1] columns, in any pieces, make the same index as entries one by one', () => {
    fc.assert(
      fc.property(entries, fc.nat(60), (line, cut) => {
        const builder = new LineBuilder();
        builder.addColumns(columnsOf(line.slice(0, cut)));
        builder.addColumns(columnsOf(line.slice(cut)));
        expect(builder.build().columns).toEqual(indexLine(line).columns);
      }),
    );
  });

  test('[IDX2] one nanosecond before an edge is before it, beyond 2^53 too', () => {
    const edge = 1_700_000_000_000_000_001n;
    const index = indexLine([
      { begin: edge - 1n, end: edge, serNo: 1, payload: '' },
      { begin: edge, end: edge + 1n, serNo: 2, payload: '' },
    ]);
    const found = [-2n, -1n, 0n, 1n].map((step) => index.serNo(index.cellAt(edge + step)));
    expect(found).toEqual([0, 1, 2, 0]);
  });

  test('[IDX2] a position that 64 bits do not hold is refused, it does not wrap round', () => {
    const index = indexLine([{ begin: 0n, end: forever, serNo: 1, payload: '' }]);
    expect(() => index.cellAt(2n ** 64n)).toThrow(/no position: given 18446744073709551616/);
    expect(index.serNo(index.cellAt(forever))).toBe(0);
    expect(index.serNo(index.cellAt(always))).toBe(0);
  });

  test('[IDX1] cuts that crowd at one end are found like others', () => {
    const line = Array.from({ length: 5000 }, (_, i) => ({
      begin: BigInt(i),
      end: i === 4999 ? 2n ** 62n : BigInt(i + 1),
      serNo: i + 1,
      payload: '',
    }));
    const index = indexLine([...line, { begin: 2n ** 62n, end: forever, serNo: 9, payload: '' }]);
    for (let i = 0; i < 5000; i += 7) expect(index.serNo(index.cellAt(BigInt(i)))).toBe(i + 1);
    expect(index.serNo(index.cellAt(2n ** 62n - 1n))).toBe(5000);
    expect(index.serNo(index.cellAt(2n ** 62n))).toBe(9);
  });

  test.each([
    [[entry(5n, 9n), entry(8n, 12n)], /begins before the one before it ends: given \[8, 12\) of 1/],
    [[entry(5n, 9n), entry(1n, 2n)], /begins before the one before it ends/],
    [[entry(5n, 5n)], /an entry without extent: given \[5, 5\) of 1/],
    [[entry(5n, 2n ** 63n)], /an entry without extent/],
    [[{ ...entry(5n, 6n), serNo: 2 ** 32 }], /no serial number: given 4294967296/],
    [[{ ...entry(5n, 6n), serNo: 0 }], /no serial number/],
    [[{ ...entry(5n, 6n), payload: 'AB'.repeat(32) }], /no SHA-256 of a payload/],
    [[{ ...entry(5n, 6n), payload: 'ab' }], /no SHA-256 of a payload: given 'ab'/],
  ])('[IDX3] entries that are no line are refused %#', (line, message) => {
    expect(() => indexLine(line, 'tag T, CAL_Ped')).toThrow(message);
    expect(() => indexLine(line, 'tag T, CAL_Ped')).toThrow(/^tag T, CAL_Ped: /);
  });

  test('[IDX3] columns that anyone changed are refused, or still a step function', () => {
    const { columns } = indexLine([entry(5n, 9n), entry(9n, 12n), entry(20n, forever)]);
    fc.assert(
      fc.property(
        fc.nat(columns.cells.length - 1),
        fc.integer(),
        fc.nat(columns.cells.length),
        (at, value, length) => {
          const cells = columns.cells.slice(0, length);
          if (at < length) cells[at] = value;
          let index: LineIndex;
          try {
            index = new LineIndex({ ...columns, cells }, 'some file');
          } catch (error) {
            expect(error).toMatchObject({ kind: 'corrupt' });
            expect(String(error)).toContain('some file');
            return;
          }
          for (let cell = 0; cell < index.cells; cell++) {
            const { begin, end } = index.interval(cell);
            expect([index.cellAt(begin), index.cellAt(end - 1n)]).toEqual([cell, cell]);
          }
        },
      ),
    );
  });
});

function entry(begin: bigint, end: bigint): TagEntry {
  return { begin, end, serNo: 1, payload: '' };
}

function gapAt(line: readonly TagEntry[], position: bigint): { begin: bigint; end: bigint } {
  const before = line.filter(({ end }) => end <= position).at(-1);
  const after = line.find(({ begin }) => begin > position);
  return { begin: before?.end ?? always, end: after?.begin ?? forever };
}

function columnsOf(line: readonly TagEntry[]) {
  const payloads = new Uint8Array(32 * line.length);
  line.forEach(({ payload }, i) => {
    if (payload) hexToBytes(payload, payloads, 32 * i, 32);
  });
  return {
    begins: BigInt64Array.from(line, ({ begin }) => begin),
    ends: BigInt64Array.from(line, ({ end }) => end),
    serNos: Float64Array.from(line, ({ serNo }) => serNo),
    payloads,
  };
}
