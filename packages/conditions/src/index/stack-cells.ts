import type { Interval, Position } from '../model/validity.ts';
import { always, forever } from '../model/validity.ts';
import type { LineIndex } from './line-index.ts';
import type { StackedCondition, TagStack } from './tag-stack.ts';

/** How many cuts a bucket has on average. */
const cutsPerBucket = 512;

/** An axis in buckets of equal width: bucket k is the positions from k * width to (k + 1) * width. */
export interface CellBuckets {
  /** A power of two. */
  readonly width: bigint;
  /** The bucket before the first cut: all positions before it have its only cell. */
  readonly first: bigint;
  /** The bucket of the last cut. */
  readonly last: bigint;
}

/** How an axis is cut into buckets for a stack of tags, or for one condition of it. It depends on what they hold alone. */
export function cellBuckets(stack: TagStack, condition?: StackedCondition): CellBuckets {
  let [cuts, from, to] = [0, forever, always];
  for (const index of indexesOf(stack, condition)) {
    if (index.cells < 2) continue;
    cuts += index.cells - 1;
    const [begin, end] = [index.interval(0).end, index.interval(index.cells - 1).begin];
    if (begin < from) from = begin;
    if (end > to) to = end;
  }
  if (cuts === 0) return { width: 2n ** 63n, first: 0n, last: 0n };
  const buckets = BigInt(Math.ceil(cuts / cutsPerBucket));
  let width = 1n;
  while (width * buckets < to - from + 1n) width *= 2n;
  return { width, first: bucketOf(from, width) - 1n, last: bucketOf(to, width) };
}

/** The bucket of a position, among those that there are. */
export function bucketAt({ width, first, last }: CellBuckets, position: Position): bigint {
  const bucket = bucketOf(position, width);
  return bucket < first ? first : bucket > last ? last : bucket;
}

/**
 * Where the cells of a bucket begin, in order: between two of these the answer is the same. The first is that of the cell
 * that has the beginning of the bucket, and may begin before it.
 */
export function cellsOf(
  stack: TagStack,
  { begin, end }: Interval,
  condition?: StackedCondition,
): readonly Position[] {
  const cuts = new Set<Position>();
  let before: Position = always;
  for (const index of indexesOf(stack, condition)) {
    for (let cell = index.cellAt(begin); cell < index.cells; cell++) {
      const cut = index.interval(cell).begin;
      if (cut >= end) break;
      if (cut > begin) cuts.add(cut);
      else if (cut > before) before = cut;
    }
  }
  return [before, ...[...cuts].sort((a, b) => (a < b ? -1 : 1))];
}

function* indexesOf(stack: TagStack, condition?: StackedCondition): Generator<LineIndex> {
  for (const { layers } of condition ? [condition] : stack.conditions)
    for (const { index } of layers) yield index;
}

/** BigInt's division cuts towards zero; this one goes down. */
function bucketOf(position: Position, width: bigint): bigint {
  return (position - (((position % width) + width) % width)) / width;
}
