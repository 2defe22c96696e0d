import { LineBuilder } from '../src/index/line-builder.ts';
import type { LineIndex } from '../src/index/line-index.ts';
import { TagIndex } from '../src/index/tag-index.ts';
import { resolveCondition, TagStack } from '../src/index/tag-stack.ts';
import {
  linesOf,
  numbers,
  type Pattern,
  patterns,
  positionsOf,
  type Scenario,
} from './scenarios.ts';

/** How much of one scenario and pattern is done in a second of processor time. */
export interface FindFigures {
  readonly scenario: string;
  readonly pattern: Pattern;
  /** Finds of one of the types: its calibration and its cell. */
  readonly finds: number;
  /** The same by bisection of a BigInt64Array, as one would write it first: the peer. */
  readonly bisections: number;
  /** The same as answers: objects with the hash of the payload in hexadecimal digits and the validity. */
  readonly answers: number;
  /** Answers for all types together. */
  readonly resolves: number;
}

/** The index of a scenario, and the bytes it takes. */
export function indexOf(scenario: Scenario): TagIndex {
  const lines = [];
  for (const { entries, ...condition } of linesOf(scenario)) {
    const builder = new LineBuilder();
    for (const entry of entries) builder.add(entry);
    lines.push({ ...condition, index: builder.build() });
  }
  return new TagIndex(lines);
}

/** @param seconds for each of the figures; rounds of all in turn, of which the median counts */
export function benchFinds(scenario: Scenario, seconds: number, rounds: number): FindFigures[] {
  const tag = indexOf(scenario);
  const indexes = tag.lines.map(({ index }) => index);
  const plain = indexes.map(cutsOf);
  const stack = new TagStack([{ name: 'bench', index: tag }], 'time');
  return patterns.map((pattern) => {
    const count = 2 ** 18;
    const positions = positionsOf(scenario, pattern, count);
    const next = numbers(11);
    const types = Uint32Array.from({ length: count }, () => next() % scenario.types);
    let sum = 0;
    const tasks = {
      finds: (i: number) => {
        const index = indexes[types[i]!]!;
        sum += index.serNo(index.cellAt(positions[i]!));
      },
      bisections: (i: number) => {
        const { cuts, serNos } = plain[types[i]!]!;
        sum += serNos[bisect(cuts, positions[i]!)]!;
      },
      answers: (i: number) => {
        const answer = resolveCondition(stack.conditions[types[i]!]!, positions[i]!);
        if ('serNo' in answer) sum += answer.payload.length;
      },
      resolves: (i: number) => {
        sum += stack.resolve(positions[i]!).lines.length;
      },
    };
    const rates = { finds: [], bisections: [], answers: [], resolves: [] } as Record<
      keyof typeof tasks,
      number[]
    >;
    for (let round = 0; round <= rounds; round++) {
      for (const name of Object.keys(tasks) as (keyof typeof tasks)[]) {
        const rate = rateOf(tasks[name], count, seconds);
        // The first round compiles.
        if (round > 0) rates[name].push(rate);
      }
    }
    if (!(sum > 0)) throw new Error('nothing was found');
    return {
      scenario: scenario.name,
      pattern,
      finds: median(rates.finds),
      bisections: median(rates.bisections),
      answers: median(rates.answers),
      resolves: median(rates.resolves),
    };
  });
}

function cutsOf(index: LineIndex): { cuts: BigInt64Array; serNos: Uint32Array } {
  const cells = Array.from({ length: index.cells }, (_, cell) => cell);
  return {
    cuts: BigInt64Array.from(cells, (cell) => index.interval(cell).begin),
    serNos: Uint32Array.from(cells, (cell) => index.serNo(cell)),
  };
}

function bisect(cuts: BigInt64Array, position: bigint): number {
  let [low, high] = [0, cuts.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (cuts[middle]! <= position) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Calls for each second of processor time, which other programs on the machine do not take away. */
function rateOf(task: (i: number) => void, count: number, seconds: number): number {
  const start = process.cpuUsage();
  let [calls, elapsed, batch] = [0, 0, 64];
  while (elapsed < seconds) {
    for (let i = 0; i < batch; i++) task((calls + i) % count);
    calls += batch;
    elapsed = cpuSeconds(start);
    if (elapsed < seconds / 10) batch *= 2;
  }
  return calls / elapsed;
}

/** Seconds of processor time of this process since then, of all its threads. */
export function cpuSeconds(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1e6;
}

/** Of an odd number of values the one in the middle. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
