import { beats } from '../find/beats.ts';
import type { Condition } from '../index/tag-index.ts';
import type { Calibration } from '../model/calibration.ts';
import type { TagEntry, TagLine, TagRule } from '../model/tag.ts';
import { always, forever } from '../model/validity.ts';
import type { MetadataReader } from '../store/metadata-store.ts';
import { byPriority } from './by-priority.ts';

/** The conditions of an instrument that a rule takes, in no order. */
export async function ruleConditions(
  reader: MetadataReader,
  instrument: string,
  rule: TagRule,
): Promise<readonly Condition[]> {
  const all = await reader.seriesList(rule.asOf);
  return all.filter(
    (series) =>
      series.instrument === instrument &&
      (rule.calibTypes?.includes(series.calibType) ?? true) &&
      (rule.flavors?.includes(series.flavor) ?? true),
  );
}

/** What a rule says of one condition: at each position what `find` would answer by its levels and moment. [TAG6] */
export async function ruleEntries(
  reader: MetadataReader,
  instrument: string,
  { levels, asOf }: TagRule,
  { calibType, flavor, axis }: Condition,
): Promise<TagEntry[]> {
  const range = { begin: always, end: forever };
  const rows = await reader.series({ instrument, calibType, flavor, axis, range, levels, asOf });
  const best = [...rows].sort((a, b) => (beats(a, b, levels) ? -1 : 1));
  const pieces = byPriority(best.map((row) => ({ begin: row.vstart, end: row.vend, row })));
  return pieces.map(({ begin, end, item }) => ({ begin, end, ...entryOf(item.row) }));
}

/** All lines that a rule makes. */
export async function* ruleLines(
  reader: MetadataReader,
  instrument: string,
  rule: TagRule,
): AsyncIterable<TagLine> {
  for (const { calibType, flavor, axis } of await ruleConditions(reader, instrument, rule)) {
    const entries = await ruleEntries(reader, instrument, rule, { calibType, flavor, axis });
    if (entries.length > 0) yield { calibType, flavor, axis, entries };
  }
}

/** What a tag says of a row. */
export function entryOf({ serNo, payload }: Calibration): Pick<TagEntry, 'serNo' | 'payload'> {
  return { serNo, payload: payload?.sha256 ?? '' };
}
