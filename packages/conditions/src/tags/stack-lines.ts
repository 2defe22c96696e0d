import { type Condition, compareConditions } from '../index/tag-index.ts';
import type { TagEntry, TagLine } from '../model/tag.ts';
import type { Interval } from '../model/validity.ts';
import { byPriority } from './by-priority.ts';
import { conditionKey } from './condition-names.ts';
import type { LinesOf, TagLines } from './tag-lines.ts';

/** An entry, and the tag of a stack that it is from. */
export interface StackEntry extends TagEntry {
  readonly tag: string;
}

/** What any of the tags is about, in order. */
export async function stackConditions(
  lines: TagLines,
  tags: readonly LinesOf[],
): Promise<readonly Condition[]> {
  const all = (await Promise.all(tags.map((tag) => lines.conditions(tag)))).flat();
  const distinct = new Map(all.map((condition) => [conditionKey(condition), condition]));
  return [...distinct.values()].sort(compareConditions);
}

/** What a stack says of a condition: each position has the entry of the first tag that has one. */
export async function stackEntries(
  lines: TagLines,
  tags: readonly LinesOf[],
  condition: Condition,
  range?: Interval,
): Promise<readonly StackEntry[]> {
  const layers: StackEntry[][] = [];
  for (const tag of tags) {
    const entries = await lines.entries(tag, condition, range);
    layers.push(entries.map((entry) => ({ ...entry, tag: tag.name })));
  }
  if (layers.length === 1) return layers[0]!;
  return byPriority(layers.flat()).map(({ begin, end, item }) => ({ ...item, begin, end }));
}

/** All lines of a stack. */
export async function* stackLines(
  lines: TagLines,
  tags: readonly LinesOf[],
): AsyncIterable<TagLine> {
  for (const condition of await stackConditions(lines, tags)) {
    yield { ...condition, entries: await stackEntries(lines, tags, condition) };
  }
}
