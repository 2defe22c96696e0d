import type { Interval, Position } from '../model/validity.ts';

/** A calibration that says it holds somewhere. */
export interface Claim extends Interval {
  readonly serNo: number;
  /** Claims of another rank do not overlap this one: they are there to be hidden, or to hide. */
  readonly rank: number;
}

/** Positions at which several calibrations of one rank claim to hold. */
export interface Overlap extends Interval {
  /** The one that is the answer. */
  readonly answer: number;
  /** Those that it hides, best first. */
  readonly hidden: readonly number[];
}

/**
 * Where the best claim hides others of its rank, in order.
 *
 * @param claims best first
 */
export function overlapsOf(claims: readonly Claim[]): Overlap[] {
  const starts = claims
    .map((claim, priority) => ({ claim, priority }))
    .sort((a, b) => compare(a.claim.begin, b.claim.begin));
  const edges = [...new Set(claims.flatMap(({ begin, end }) => [begin, end]))].sort(compare);
  const overlaps: Overlap[] = [];
  let active: typeof starts = [];
  let next = 0;
  for (const [cell, begin] of edges.entries()) {
    active = active.filter(({ claim }) => claim.end > begin);
    while (starts[next]?.claim.begin === begin) active.push(starts[next++]!);
    active.sort((a, b) => a.priority - b.priority);
    const [answer, ...others] = active.map(({ claim }) => claim);
    const hidden = others.filter(({ rank }) => rank === answer?.rank).map(({ serNo }) => serNo);
    if (!answer || hidden.length === 0) continue;
    add(overlaps, { begin, end: edges[cell + 1]!, answer: answer.serNo, hidden });
  }
  return overlaps;
}

/** Neighbours that say the same are one. */
function add(overlaps: Overlap[], overlap: Overlap): void {
  const last = overlaps.at(-1);
  const goesOn =
    last?.end === overlap.begin &&
    last.answer === overlap.answer &&
    last.hidden.join() === overlap.hidden.join();
  if (goesOn) overlaps[overlaps.length - 1] = { ...last, end: overlap.end };
  else overlaps.push(overlap);
}

function compare(a: Position, b: Position): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
