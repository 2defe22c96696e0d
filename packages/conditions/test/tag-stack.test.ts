import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TagIndex } from '../src/index/tag-index.ts';
import { resolveCondition, TagStack } from '../src/index/tag-stack.ts';
import type { TagLine } from '../src/model/tag.ts';
import { always, forever } from '../src/model/validity.ts';

const line = (calibType: string, spans: readonly (readonly [number, number])[]): TagLine => ({
  calibType,
  flavor: 'vanilla',
  axis: 'time',
  entries: spans.map(([begin, end], i) => ({
    begin: BigInt(begin),
    end: BigInt(end),
    serNo: i + 1,
    payload: '',
  })),
});

test('[IDX4] lines stand by type, flavor and axis, whatever the order they came in', () => {
  const lines = [
    line('B', []),
    line('A', [[1, 2]]),
    { ...line('A', [[1, 2]]), axis: 'run' as const },
  ];
  const tag = TagIndex.of(lines);
  expect(tag.lines.map(({ calibType, axis }) => `${calibType} ${axis}`)).toEqual([
    'A run',
    'A time',
    'B time',
  ]);
  expect(tag.line({ calibType: 'A', flavor: 'other', axis: 'time' })).toBeUndefined();
  expect(() => TagIndex.of([line('A', []), line('A', [])], 'tag T')).toThrow(
    /^tag T: a condition is there twice: given A vanilla$/,
  );
});

test('[IDX4] what went in comes out: all, or what touches a range', () => {
  const lines = [
    line('A', [
      [1, 5],
      [5, 9],
      [20, 30],
    ]),
    line('B', []),
  ];
  const tag = TagIndex.of(lines);
  expect(tag.tagLines()).toEqual(lines);
  const touching = (begin: number, end: number) =>
    tag.tagLines({ begin: BigInt(begin), end: BigInt(end) })[0]!.entries.map(({ serNo }) => serNo);
  expect(touching(4, 5)).toEqual([1]);
  expect(touching(4, 6)).toEqual([1, 2]);
  expect(touching(9, 20)).toEqual([]);
  expect(touching(9, 21)).toEqual([3]);
});

test('[IDX5] the first tag that has an entry answers, as long as it does', () => {
  const stack = new TagStack(
    [
      { name: 'fix', index: TagIndex.of([line('A', [[10, 20]])]) },
      {
        name: 'base',
        index: TagIndex.of([
          line('A', [
            [0, 15],
            [15, 100],
          ]),
          line('B', [[0, 50]]),
        ]),
      },
    ],
    'time',
  );
  const at = (position: number) => {
    const { lines, missing, validity } = stack.resolve(BigInt(position));
    return [
      lines.map(
        ({ calibType, tag, serNo, validity: its }) =>
          `${calibType} ${tag} ${serNo} ${its.begin} ${its.end}`,
      ),
      missing.map(({ calibType }) => calibType),
      `${validity.begin} ${validity.end}`,
    ];
  };
  expect(at(12)).toEqual([['A fix 1 10 20', 'B base 1 0 50'], [], '10 20']);
  expect(at(9)).toEqual([['A base 1 0 10', 'B base 1 0 50'], [], '0 10']);
  expect(at(20)).toEqual([['A base 2 20 100', 'B base 1 0 50'], [], '20 50']);
  expect(at(60)).toEqual([['A base 2 20 100'], ['B'], '50 100']);
  expect(at(100)).toEqual([[], ['A', 'B'], `100 ${forever}`]);
  expect(at(-1)).toEqual([[], ['A', 'B'], `${always} 0`]);
});

test('[IDX5] a gap names the entries of any tag that are nearest to it', () => {
  const stack = new TagStack(
    [
      {
        name: 'fix',
        index: TagIndex.of([
          line('A', [
            [10, 20],
            [90, 95],
          ]),
        ]),
      },
      {
        name: 'base',
        index: TagIndex.of([
          line('A', [
            [0, 15],
            [60, 100],
          ]),
        ]),
      },
    ],
    'time',
  );
  const condition = stack.condition('A', 'vanilla')!;
  const gap = resolveCondition(condition, 30n);
  expect(gap).toMatchObject({ before: { begin: 10n, end: 20n }, after: { begin: 60n, end: 100n } });
  expect(gap.validity).toEqual({ begin: 20n, end: 60n });
  expect(stack.condition('A', 'digi')).toBeUndefined();
  expect(new TagStack([], 'time').resolve(0n)).toEqual({
    lines: [],
    missing: [],
    validity: { begin: always, end: forever },
  });
});

test('[IDX5] inside the validity of an answer the answer is the same', () => {
  const spans = fc
    .uniqueArray(fc.integer({ min: 0, max: 40 }), { minLength: 2, maxLength: 12 })
    .map((cuts) => cuts.sort((a, b) => a - b))
    .map((cuts) => cuts.slice(1).flatMap((end, i) => (i % 3 ? [[cuts[i]!, end] as const] : [])));
  fc.assert(
    fc.property(fc.array(fc.tuple(spans, spans), { maxLength: 3 }), (tags) => {
      const stack = new TagStack(
        tags.map(([a, b], i) => ({
          name: `tag ${i}`,
          index: TagIndex.of([line('A', a), line('B', b)]),
        })),
        'time',
      );
      for (let position = -1n; position < 42n; position++) {
        const { validity } = stack.resolve(position);
        const same = JSON.stringify(namesOf(stack, position));
        for (let other = -1n; other < 42n; other++) {
          if (validity.begin <= other && other < validity.end)
            expect(JSON.stringify(namesOf(stack, other))).toBe(same);
        }
      }
    }),
    { numRuns: 40 },
  );
});

function namesOf(stack: TagStack, position: bigint): unknown {
  const { lines, missing } = stack.resolve(position);
  return [lines.map(({ calibType, tag, serNo }) => [calibType, tag, serNo]), missing];
}
