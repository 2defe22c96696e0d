import type { Interval, Position } from '../model/validity.ts';

/** A piece of an axis, and what counts there. */
export interface Piece<T> extends Interval {
  readonly item: T;
}

/**
 * What counts where when intervals overlap: at each position the first of those that have it.
 *
 * Every cell between two neighbouring edges is painted once, best items first; cells that are painted are jumped over
 * (disjoint sets), so that n items take O(n log n).
 *
 * @param items best first, in any order of position
 * @returns sorted, disjoint; pieces of one item that touch are one piece
 */
export function byPriority<T extends Interval>(items: readonly T[]): Piece<T>[] {
  const edges = [...new Set(items.flatMap(({ begin, end }) => [begin, end]))].sort(compare);
  const cellAt = new Map(edges.map((edge, cell) => [edge, cell]));
  const paint = new Array<T | undefined>(edges.length);
  const free = Uint32Array.from({ length: edges.length + 1 }, (_, cell) => cell);
  for (const item of items) {
    const end = cellAt.get(item.end)!;
    for (
      let cell = nextFree(free, cellAt.get(item.begin)!);
      cell < end;
      cell = nextFree(free, cell)
    ) {
      paint[cell] = item;
      free[cell] = cell + 1;
    }
  }
  return merged(paint, edges);
}

function nextFree(free: Uint32Array, from: number): number {
  let cell = from;
  while (free[cell] !== cell) {
    free[cell] = free[free[cell]!]!;
    cell = free[cell]!;
  }
  return cell;
}

function merged<T>(paint: readonly (T | undefined)[], edges: readonly Position[]): Piece<T>[] {
  const pieces: Piece<T>[] = [];
  for (let cell = 0; cell + 1 < edges.length; cell++) {
    const item = paint[cell];
    if (item === undefined) continue;
    const end = edges[cell + 1]!;
    const last = pieces.at(-1);
    if (last?.item === item && last.end === edges[cell])
      pieces[pieces.length - 1] = { ...last, end };
    else pieces.push({ begin: edges[cell]!, end, item });
  }
  return pieces;
}

function compare(a: Position, b: Position): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
