import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bucketAt, cellBuckets, cellsOf, TagIndex, TagStack, toWire } from '../src/index.ts';
import { fromWire } from '../src/json/wire-json.ts';

const cuts = fc.uniqueArray(fc.bigInt({ min: -(2n ** 62n), max: 2n ** 62n }), {
  minLength: 2,
  maxLength: 30,
});

test('[IDX6] between two cells of a bucket the answer is the same, and the cell of a position has it', () => {
  fc.assert(
    fc.property(
      cuts,
      cuts,
      fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 2n }),
      (a, b, position) => {
        const line = (calibType: string, edges: readonly bigint[]) => {
          const sorted = [...edges].sort((x, y) => (x < y ? -1 : 1));
          const entries = sorted.slice(1).map((end, i) => ({
            begin: sorted[i] ?? 0n,
            end,
            serNo: i + 1,
            payload: '',
          }));
          return { calibType, flavor: 'f', axis: 'time' as const, entries };
        };
        const stack = new TagStack(
          [{ name: 'tag', index: TagIndex.of([line('A', a), line('B', b)]) }],
          'time',
        );
        const buckets = cellBuckets(stack);
        const bucket = bucketAt(buckets, position);
        const begin = bucket * buckets.width;
        const begins = cellsOf(stack, { begin, end: begin + buckets.width });
        const cell = begins.findLast((one) => one <= position) ?? 0n;
        const answer = stack.resolve(position);
        expect(cell).toBe(answer.validity.begin);
        expect(begins.toSorted((x, y) => (x < y ? -1 : 1))).toEqual(begins);
        const one = stack.condition('A', 'f');
        const own = cellsOf(stack, { begin, end: begin + buckets.width }, one);
        expect(own.length).toBeLessThanOrEqual(begins.length);
      },
    ),
  );
});

test('[IDX6] a stack without entries has one bucket', () => {
  const stack = new TagStack([{ name: 'tag', index: TagIndex.of([]) }], 'time');
  const buckets = cellBuckets(stack);
  expect(bucketAt(buckets, 5n)).toBe(bucketAt(buckets, -5n));
});

test('[JSN6] values with large integers', () => {
  const value = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
      fc.string(),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(fc.string({ minLength: 1, maxLength: 5 }), tie('value'), {
        noNullPrototype: true,
      }),
    ),
  })).value;
  fc.assert(
    fc.property(value, (one) => {
      const back = fromWire(JSON.parse(JSON.stringify(toWire({ a: one }))));
      expect(back).toEqual({ a: one });
    }),
  );
});
