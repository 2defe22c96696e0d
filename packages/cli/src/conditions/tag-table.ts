import { formatMoment, formatPosition, type Tag, type TagLine } from '@lantern/conditions';
import { alignColumns } from '../geometry-text.ts';

/** Tags as a table for people. */
export function tagTable(tags: readonly Tag[]): string {
  if (tags.length === 0) return 'no tags\n';
  const header = ['tag', 'instrument', 'state', 'changed', 'from', 'description'];
  return alignColumns(
    [
      header,
      ...tags.map(({ name, instrument, state, changed, origin, rule, description }) => [
        ...[name, instrument, state, formatMoment(changed)],
        ...[origin ?? (rule ? `rule: ${rule.levels.join(', ')}` : ''), description],
      ]),
    ],
    ['l', 'l', 'l', 'l', 'l', 'l'],
  );
}

/** What a tag holds: a line for each condition. */
export function lineTable(lines: readonly TagLine[]): string {
  if (lines.length === 0) return 'no entries\n';
  const header = ['calibType', 'flavor', 'axis', 'entries', 'from', 'to'];
  return alignColumns(
    [
      header,
      ...lines.map(({ calibType, flavor, axis, entries }) => {
        const [first, last] = [entries[0], entries.at(-1)];
        return [
          ...[calibType, flavor, axis, String(entries.length)],
          first ? formatPosition(first.begin, axis) : '',
          last ? formatPosition(last.end, axis) : '',
        ];
      }),
    ],
    ['l', 'l', 'l', 'r', 'l', 'l'],
  );
}

/** The lines of a tag as JSON. */
export function linesToJson(lines: readonly TagLine[]): readonly unknown[] {
  return lines.map(({ entries, ...line }) => ({
    ...line,
    entries: entries.map(({ begin, end, ...entry }) => ({
      ...entry,
      begin: formatPosition(begin, line.axis),
      end: formatPosition(end, line.axis),
    })),
  }));
}
