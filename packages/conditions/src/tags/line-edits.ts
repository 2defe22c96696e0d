import { ConditionsError } from '../errors.ts';
import type { Condition } from '../index/tag-index.ts';
import { formatInterval } from '../model/position.ts';
import type { TagEntry } from '../model/tag.ts';
import { forever, type Interval } from '../model/validity.ts';
import { byPriority } from './by-priority.ts';
import { conditionName } from './condition-names.ts';
import type { Splice } from './tag-tree.ts';

/** What becomes of entries of a tag that overlap new ones. */
export type PutMode =
  /** The new ones are refused. */
  | 'refuse'
  /** They are cut at the edges of the new ones. */
  | 'replace'
  /** New ones go to the end of the line: an open last entry ends where they begin; anything else is refused. */
  | 'append';

/**
 * Adds entries to a line.
 *
 * @param there entries of the line that touch {@link hullOf} the new ones
 * @param entries at least one, in order, disjoint
 * @param tag its name, for errors
 * @throws ConditionsError `conflict` where the mode refuses
 */
export function putInLine(
  condition: Condition,
  there: readonly TagEntry[],
  entries: readonly TagEntry[],
  mode: PutMode,
  tag: string,
): Splice {
  const range = hullOf(entries, mode);
  if (mode === 'append') {
    checkAppend(condition, there, range, tag);
    return { key: condition, range, entries };
  }
  const inside = there.map((entry) => clipped(entry, range));
  if (mode === 'refuse') {
    const pair = firstOverlap(inside, entries);
    if (pair) throw overlapError(condition, ...pair, tag);
  }
  const pieces = byPriority([...entries, ...inside]);
  const merged = pieces.map(({ begin, end, item }) => ({ ...item, begin, end }));
  return { key: condition, range, entries: merged };
}

/** What of a line a new entry may touch: to the end of the axis, where it is appended. */
export function hullOf(entries: readonly TagEntry[], mode: PutMode): Interval {
  const end = mode === 'append' ? forever : entries.at(-1)!.end;
  return { begin: entries[0]!.begin, end };
}

/**
 * Whether an edit leaves alone all that a running tag says but for its open ends. [UPD3]
 *
 * @param there entries of the line that touch what follows the beginning of the edit's range
 * @throws ConditionsError `conflict` with the entry that would change
 */
export function checkAppend(
  condition: Condition,
  there: readonly TagEntry[],
  range: Interval,
  tag: string,
): void {
  const isToTheEnd = range.end === forever;
  const wrong = there.find(
    ({ begin, end }) => !isToTheEnd || begin >= range.begin || end !== forever,
  );
  if (!wrong) return;
  throw new ConditionsError('conflict', {
    what: 'a line grows at its end alone',
    where: `tag ${tag}, ${conditionName(condition)}`,
    given: `an entry from ${formatInterval(range, condition.axis)}`,
    expected: `a beginning at or after the end of ${describe(condition, wrong)}`,
  });
}

/**
 * Puts entries in order.
 *
 * @throws ConditionsError `invalid` where two of them overlap
 */
export function inOrder(
  condition: Condition,
  entries: readonly TagEntry[],
  tag: string,
): readonly TagEntry[] {
  const sorted = [...entries].sort((a, b) => (a.begin < b.begin ? -1 : a.begin > b.begin ? 1 : 0));
  const i = sorted.findIndex((entry, at) => at > 0 && entry.begin < sorted[at - 1]!.end);
  if (i < 0) return sorted;
  throw new ConditionsError('invalid', {
    what: 'entries that are given together overlap',
    where: `tag ${tag}, ${conditionName(condition)}`,
    given: `${describe(condition, sorted[i - 1]!)} and ${describe(condition, sorted[i]!)}`,
  });
}

function clipped(entry: TagEntry, { begin, end }: Interval): TagEntry {
  return {
    ...entry,
    begin: entry.begin < begin ? begin : entry.begin,
    end: entry.end > end ? end : entry.end,
  };
}

/** Both lists are sorted and disjoint. */
function firstOverlap(
  there: readonly TagEntry[],
  entries: readonly TagEntry[],
): readonly [TagEntry, TagEntry] | undefined {
  let i = 0;
  for (const entry of entries) {
    while (i < there.length && there[i]!.end <= entry.begin) i++;
    if (i < there.length && there[i]!.begin < entry.end) return [there[i]!, entry];
  }
  return undefined;
}

function overlapError(
  condition: Condition,
  there: TagEntry,
  entry: TagEntry,
  tag: string,
): ConditionsError {
  return new ConditionsError('conflict', {
    what: 'the tag has another entry there',
    where: `tag ${tag}, ${conditionName(condition)}`,
    given: describe(condition, entry),
    expected: `no overlap with ${describe(condition, there)}`,
    hint: 'replace it, or remove it first',
  });
}

function describe({ axis }: Condition, entry: TagEntry): string {
  return `${formatInterval(entry, axis)} (calibration ${entry.serNo})`;
}
