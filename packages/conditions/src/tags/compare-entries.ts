import type { TagEntry } from '../model/tag.ts';
import type { Interval, Position } from '../model/validity.ts';

/** What is another at some positions. */
export interface EntryChange<T extends TagEntry = TagEntry> extends Interval {
  /** `reregistered`: another calibration with the same payload. */
  readonly kind: 'added' | 'removed' | 'changed' | 'reregistered';
  /** Undefined where there was none. */
  readonly before?: T | undefined;
  /** Undefined where there is none any more. */
  readonly after?: T | undefined;
}

/**
 * The positions at which two lines say different things, in order; neighbours with the same change are one. [DIF1]
 *
 * @param before sorted, disjoint, as is `after`
 */
export function compareEntries<T extends TagEntry>(
  before: readonly T[],
  after: readonly T[],
): EntryChange<T>[] {
  const edges = [...new Set([...before, ...after].flatMap(({ begin, end }) => [begin, end]))];
  edges.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const changes: EntryChange<T>[] = [];
  let [i, j] = [0, 0];
  for (let cell = 0; cell + 1 < edges.length; cell++) {
    const [begin, end] = [edges[cell]!, edges[cell + 1]!];
    while (i < before.length && before[i]!.end <= begin) i++;
    while (j < after.length && after[j]!.end <= begin) j++;
    const [old, now] = [holding(before[i], begin), holding(after[j], begin)];
    const kind = kindOf(old, now);
    if (!kind) continue;
    const last = changes.at(-1);
    const goesOn = last?.end === begin && last.before === old && last.after === now;
    if (goesOn) changes[changes.length - 1] = { ...last, end };
    else
      changes.push({ begin, end, kind, ...(old && { before: old }), ...(now && { after: now }) });
  }
  return changes;
}

function holding<T extends Interval>(entry: T | undefined, position: Position): T | undefined {
  return entry && entry.begin <= position ? entry : undefined;
}

function kindOf(
  old: TagEntry | undefined,
  now: TagEntry | undefined,
): EntryChange['kind'] | undefined {
  if (!old) return now && 'added';
  if (!now) return 'removed';
  if (old.payload !== now.payload) return 'changed';
  return old.serNo === now.serNo ? undefined : 'reregistered';
}
