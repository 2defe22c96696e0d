import { earlier, type Interval, later, type Position } from '../model/validity.ts';

/**
 * Index of the last interval that begins at or before a position, -1 when none does.
 *
 * @param intervals in order of their beginnings
 */
function lastBeginning(intervals: readonly Interval[], position: Position): number {
  let low = 0;
  let high = intervals.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (intervals[middle]!.begin <= position) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The part of two intervals that both have; undefined when they have none. */
export function intersection(a: Interval, b: Interval): Interval | undefined {
  const begin = later(a.begin, b.begin);
  const end = earlier(a.end, b.end);
  return begin < end ? { begin, end } : undefined;
}

/** Those of sorted, disjoint intervals that have a position in common with a range. */
export function touching<T extends Interval>(intervals: readonly T[], range: Interval): T[] {
  const first = Math.max(0, lastBeginning(intervals, range.begin));
  const end = lastBeginning(intervals, range.end - 1n) + 1;
  return intervals.slice(first, end).filter((interval) => interval.end > range.begin);
}

/** What of sorted, disjoint intervals lies in a range, cut at its edges. */
export function within<T extends Interval>(intervals: readonly T[], range: Interval): T[] {
  return touching(intervals, range).map((interval) => {
    const isWhole = interval.begin >= range.begin && interval.end <= range.end;
    return isWhole ? interval : { ...interval, ...intersection(interval, range) };
  });
}

/** What of sorted, disjoint intervals lies outside a range, cut at its edges. */
export function without<T extends Interval>(intervals: readonly T[], range: Interval): T[] {
  const parts: T[] = [];
  for (const interval of intervals) {
    if (interval.end <= range.begin || interval.begin >= range.end) {
      parts.push(interval);
      continue;
    }
    if (interval.begin < range.begin) parts.push({ ...interval, end: range.begin });
    if (interval.end > range.end) parts.push({ ...interval, begin: range.end });
  }
  return parts;
}

/** What of a range sorted intervals leave free; they may overlap. */
export function gapsIn(intervals: readonly Interval[], range: Interval): Interval[] {
  const gaps: Interval[] = [];
  let covered = range.begin;
  for (const { begin, end } of intervals) {
    if (begin >= range.end) break;
    if (begin > covered) gaps.push({ begin: covered, end: begin });
    if (end > covered) covered = end;
  }
  if (covered < range.end) gaps.push({ begin: covered, end: range.end });
  return gaps;
}

/** Of sorted, disjoint intervals: the one that holds at a position, or those around the gap. */
export function nearestEntries<T extends Interval>(
  intervals: readonly T[],
  position: Position,
): {
  readonly at?: T | undefined;
  readonly before?: T | undefined;
  readonly after?: T | undefined;
} {
  const i = lastBeginning(intervals, position);
  const last = intervals[i];
  if (last && position < last.end) return { at: last };
  return { before: last, after: intervals[i + 1] };
}
