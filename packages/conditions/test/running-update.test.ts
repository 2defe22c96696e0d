import { describe, expect, test } from 'vitest';
import type { TagLine } from '../src/model/tag.ts';
import { always, forever, type Position } from '../src/model/validity.ts';
import { planUpdate, type UpdateMode, type UpdatePlan } from '../src/tags/running-update.ts';

// Verdicts and numbers of Belle II's test of its running tags (basf2 framework/tests/test_runningupdate.py), with
// experiments as runs and runs as sub-runs. There the last number is in the interval, and -1 stands for no end.

/** First experiment and run, last experiment and run. */
type Iov = readonly [number, number, number, number];

const base = {
  A: [
    [0, 0, 0, -1],
    [1, 0, 1, 10],
    [1, 11, 1, 11],
    [1, 12, -1, -1],
  ],
  B: [[0, 0, -1, -1]],
  C: [[0, 0, 0, -1]],
} as const satisfies Record<string, readonly Iov[]>;

describe('[UPD2] a staging tag that is refused', () => {
  test('overlaps, even by one run', () => {
    const count = (iovs: Record<string, readonly Iov[]>) =>
      problems({}, iovs, [0, 0], 'allow-closed', 'overlap');
    expect(count({ A: [[0, 0, 1, 0]], B: [[0, 1, 1, 0]] })).toBe(0);
    expect(
      count({
        A: [
          [0, 0, 1, 0],
          [0, 1, 1, 0],
        ],
      }),
    ).toBe(1);
    expect(
      count({
        A: [
          [0, 0, 1, 0],
          [1, 0, 1, -1],
        ],
      }),
    ).toBe(1);
    expect(
      count({
        A: [
          [0, 0, 1, 0],
          [1, 0, 1, -1],
          [1, 1, 1, -1],
        ],
      }),
    ).toBe(2);
    expect(
      count({
        A: [
          [0, 0, 1, 0],
          [3, 0, -1, -1],
          [1, 0, 1, -1],
          [2, 0, 2, -1],
          [1, 1, 1, -1],
        ],
      }),
    ).toBe(2);
    expect(
      count({
        A: [
          [0, 0, 1, 0],
          [1, 1, 1, -1],
        ],
      }),
    ).toBe(0);
  });

  test('gaps', () => {
    const count = (iovs: Record<string, readonly Iov[]>) =>
      problems({}, iovs, [0, 0], 'allow-closed', 'gap');
    expect(
      count({
        A: [
          [0, 0, 1, 0],
          [1, 1, -1, -1],
        ],
      }),
    ).toBe(0);
    expect(
      count({
        A: [
          [0, 0, 1, 0],
          [1, 2, 1, -1],
          [2, 2, -1, -1],
        ],
        B: [
          [0, 0, 1, 2],
          [2, 1, 3, 3],
        ],
      }),
    ).toBe(3);
  });

  test('closed ends', () => {
    const count = (iovs: Record<string, readonly Iov[]>) =>
      problems({}, iovs, [0, 0], 'strict', 'closed');
    expect(
      count({
        A: [
          [0, 0, 1, 0],
          [1, 1, 1, -1],
        ],
        B: [
          [0, 0, 1, 2],
          [1, 3, 3, 3],
        ],
      }),
    ).toBe(2);
    expect(
      count({
        A: [
          [0, 0, 1, -1],
          [2, 0, -1, -1],
        ],
        B: [
          [0, 0, 1, 2],
          [1, 3, 3, 3],
        ],
      }),
    ).toBe(1);
    expect(
      count({
        A: [
          [0, 0, 1, -1],
          [2, 0, 99999, 999999],
        ],
        B: [
          [10, 0, -1, -1],
          [0, 0, 9, -1],
        ],
      }),
    ).toBe(1);
  });

  test('early starts', () => {
    const count = (iovs: readonly Iov[]) =>
      problems({}, { A: iovs }, [2, 5], 'allow-closed', 'early');
    expect(count([[2, 0, -1, -1]])).toBe(1);
    expect(count([[0, 0, -1, -1]])).toBe(0);
    expect(
      count([
        [0, 0, 1, 0],
        [1, 1, 1, -1],
      ]),
    ).toBe(1);
    expect(count([[1, 1, 2, 4]])).toBe(1);
    expect(
      count([
        [0, 0, 2, 5],
        [2, 6, 2, 6],
        [2, 7, 2, -1],
        [3, 0, -1, -1],
      ]),
    ).toBe(0);
    expect(
      count([
        [3, 0, -1, -1],
        [2, 4, 2, -1],
      ]),
    ).toBe(1);
  });

  test('not simple', () => {
    const kinds = (iovs: Record<string, readonly Iov[]>) =>
      plan({}, iovs, [2, 5], 'simple')
        .problems.map(({ kind }) => kind)
        .sort();
    for (const iov of [
      [1, 0, -1, -1],
      [0, 1, -1, -1],
      [0, 0, 1, -1],
      [0, 0, 1, 1],
    ] as const) {
      expect(kinds({ A: [iov] })).toEqual(['not-simple']);
    }
    expect(kinds({ A: [[0, 0, -1, -1]], B: [[0, 0, -1, -1]] })).toEqual([]);
    expect(
      kinds({
        A: [
          [0, 0, -1, -1],
          [0, 0, -1, -1],
          [1, 2, 3, 4],
        ],
        B: [[0, 0, -1, -1]],
        C: [[0, 1, 2, 3]],
      }),
    ).toEqual(['duplicate', 'duplicate', 'not-simple', 'not-simple']);
  });

  test('a first run that conflicts with the running tag', () => {
    const count = (kind: string, iovs: Record<string, readonly Iov[]>) =>
      problems(iovs, {}, [2, 5], 'strict', kind);
    const fine = {
      A: [
        [0, 0, 1, -1],
        [2, 0, 2, 4],
      ],
      B: [[0, 0, -1, -1]],
    } as const;
    expect(plan(fine, {}, [2, 5], 'strict').problems).toEqual([]);
    expect(
      count('running-ends-later', {
        A: [
          [0, 0, 1, -1],
          [2, 0, 2, 5],
        ],
        B: [[0, 0, -1, -1]],
        C: [[0, 0, 10, -1]],
      }),
    ).toBe(2);
    expect(
      count('running-starts-later', {
        A: [[2, 5, -1, -1]],
        B: [
          [0, 0, 2, 1],
          [2, 2, -1, -1],
        ],
        C: [[10, 0, -1, -1]],
      }),
    ).toBe(2);
  });

  test('has no operations, and all its problems are told at once', () => {
    const staging = {
      A: [
        [0, 0, 2, 5],
        [2, 5, 2, 10],
        [2, 11, -1, -1],
      ],
      B: [
        [2, 8, 2, 10],
        [2, 12, -1, -1],
      ],
      C: [[2, 0, -1, -1]],
    } as const;
    const { operations, problems } = plan(base, staging, [2, 0], 'strict');
    expect(operations).toEqual([]);
    expect(problems.map(({ calibType, kind }) => [calibType, kind])).toEqual([
      ['A', 'overlap'],
      ['B', 'gap'],
    ]);
  });
});

describe('[UPD1] the update of a running tag', () => {
  test('simple lines', () => {
    const staging = { A: [[0, 0, -1, -1]], B: [[0, 0, -1, -1]], C: [[0, 0, -1, -1]] } as const;
    expect(steps(plan(base, staging, [2, 0], 'strict'))).toEqual([
      ['CLOSE', 'A', 4, 1, 12, 2, 0],
      ['CLOSE', 'B', 1, 0, 0, 2, 0],
      ['CREATE', 'A', 11, 2, 0, -1, -1],
      ['CREATE', 'B', 11, 2, 0, -1, -1],
      ['CREATE', 'C', 11, 2, 0, -1, -1],
    ]);
  });

  test('lines that begin later, or change often', () => {
    const staging = {
      A: [
        [0, 0, 2, 5],
        [2, 6, 2, 10],
        [2, 11, -1, -1],
      ],
      B: [[2, 8, -1, -1]],
      C: [[2, 0, -1, -1]],
    } as const;
    expect(steps(plan(base, staging, [2, 0], 'strict'))).toEqual([
      ['CLOSE', 'A', 4, 1, 12, 2, 0],
      ['CLOSE', 'B', 1, 0, 0, 2, 8],
      ['CREATE', 'A', 11, 2, 0, 2, 6],
      ['CREATE', 'A', 12, 2, 6, 2, 11],
      ['CREATE', 'A', 13, 2, 11, -1, -1],
      ['CREATE', 'B', 11, 2, 8, -1, -1],
      ['CREATE', 'C', 11, 2, 0, -1, -1],
    ]);
  });

  test('ends that are opened', () => {
    const staging = {
      A: [
        [0, 0, 2, 5],
        [2, 6, 2, 10],
        [2, 11, 2, -1],
      ],
      B: [
        [2, 8, 2, 10],
        [2, 11, 2, 28],
      ],
      C: [[2, 0, 2, 100]],
    } as const;
    expect(steps(plan(base, staging, [2, 0], 'open-ends'))).toEqual([
      ['CLOSE', 'A', 4, 1, 12, 2, 0],
      ['CLOSE', 'B', 1, 0, 0, 2, 8],
      ['CREATE', 'A', 11, 2, 0, 2, 6],
      ['CREATE', 'A', 12, 2, 6, 2, 11],
      ['CREATE', 'A', 13, 2, 11, -1, -1],
      ['CREATE', 'B', 11, 2, 8, 2, 11],
      ['CREATE', 'B', 12, 2, 11, -1, -1],
      ['CREATE', 'C', 11, 2, 0, -1, -1],
    ]);
  });

  test('the same payload goes on, what is not in the staging tag stays', () => {
    const running: TagLine[] = [
      line(
        'P1',
        [
          [0, 1, 1, 0],
          [1, 1, -1, -1],
        ],
        [1, 2],
      ),
      line('P2', [[0, 1, -1, -1]], [1]),
      line('P3', [[0, 1, 1, 0]], [1]),
      line('P4', [[0, 1, -1, -1]], [1]),
      line('P5', [[0, 1, -1, -1]], [1]),
    ];
    const staging: TagLine[] = [
      line(
        'P1',
        [
          [0, 0, 1, 8],
          [1, 9, 1, 20],
        ],
        [3, 4],
      ),
      line('P2', [[1, 5, 1, 20]], [2]),
      line('P3', [[0, 0, -1, -1]], [2]),
      line('P4', [[0, 0, 1, 20]], [1]),
    ];
    const from = at(1, 2);
    expect(steps(planUpdate(running, staging, from, 'allow-closed'))).toEqual([
      ['CLOSE', 'P1', 2, 1, 1, 1, 2],
      ['CLOSE', 'P2', 1, 0, 1, 1, 5],
      ['CLOSE', 'P4', 1, 0, 1, 1, 21],
      ['CREATE', 'P1', 3, 1, 2, 1, 9],
      ['CREATE', 'P1', 4, 1, 9, 1, 21],
      ['CREATE', 'P2', 2, 1, 5, 1, 21],
      ['CREATE', 'P3', 2, 1, 2, -1, -1],
    ]);
    const replaced = steps(planUpdate(running, staging, from, 'replace'));
    expect(replaced).toContainEqual(['CLOSE', 'P5', 1, 0, 1, 1, 2]);
    expect(replaced).toHaveLength(8);
  });

  test('the same payload without an end: nothing to do', () => {
    const open = [line('P', [[0, 0, -1, -1]], [1])];
    expect(planUpdate(open, open, at(5, 0), 'strict')).toEqual({ operations: [], problems: [] });
  });

  test('a line that ends before the update adds nothing', () => {
    const staging = [line('P', [[0, 0, 1, -1]], [2])];
    expect(planUpdate([], staging, at(5, 0), 'allow-closed')).toEqual({
      operations: [],
      problems: [],
    });
  });

  test('on the axis of time, what begins before all begins at the update', () => {
    const entry = { begin: always, end: forever, serNo: 7, payload: 'ab'.repeat(32) };
    const staging = [
      { calibType: 'P', flavor: 'vanilla', axis: 'time', entries: [entry] } as const,
    ];
    expect(planUpdate([], staging, 1000n, 'strict').operations).toEqual([
      {
        calibType: 'P',
        flavor: 'vanilla',
        axis: 'time',
        operation: 'CREATE',
        entry: { ...entry, begin: 1000n },
      },
    ]);
  });
});

function plan(
  running: Record<string, readonly Iov[]>,
  staging: Record<string, readonly Iov[]>,
  [experiment, run]: readonly [number, number],
  mode: UpdateMode,
): UpdatePlan {
  return planUpdate(lines(running, 1), lines(staging, 11), at(experiment, run), mode);
}

function problems(
  running: Record<string, readonly Iov[]>,
  staging: Record<string, readonly Iov[]>,
  from: readonly [number, number],
  mode: UpdateMode,
  kind: string,
): number {
  return plan(running, staging, from, mode).problems.filter((problem) => problem.kind === kind)
    .length;
}

function lines(all: Record<string, readonly Iov[]>, firstNumber: number): TagLine[] {
  return Object.entries(all).map(([name, iovs]) =>
    line(
      name,
      iovs,
      iovs.map((_, i) => firstNumber + i),
    ),
  );
}

function line(calibType: string, iovs: readonly Iov[], serNos: readonly number[]): TagLine {
  const entries = iovs.map(([experiment, run, lastExperiment, lastRun], i) => ({
    begin: at(experiment, run),
    end:
      lastExperiment < 0
        ? forever
        : lastRun < 0
          ? at(lastExperiment + 1, 0)
          : at(lastExperiment, lastRun + 1),
    serNo: serNos[i]!,
    payload: String(serNos[i]).padStart(64, '0'),
  }));
  return { calibType, flavor: 'vanilla', axis: 'run', entries };
}

function at(experiment: number, run: number): Position {
  return (BigInt(experiment) << 32n) + BigInt(run);
}

/** Operation, line, number, first run, and the first run after it; -1 for no end. */
function steps({ operations }: UpdatePlan): unknown[] {
  const pair = (position: Position) =>
    position === forever ? [-1, -1] : [Number(position >> 32n), Number(position & 0xffffffffn)];
  return operations.map(({ operation, calibType, entry }) => [
    operation,
    calibType,
    entry.serNo,
    ...pair(entry.begin),
    ...pair(entry.end),
  ]);
}
