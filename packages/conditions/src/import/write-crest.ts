import { ConditionsError } from '../errors.ts';
import type { Calibration } from '../model/calibration.ts';
import { formatInterval } from '../model/position.ts';
import type { TagLine } from '../model/tag.ts';
import { formatMoment } from '../model/time.ts';
import { forever } from '../model/validity.ts';

/** A tag to be written, with its rows. */
export interface CrestExport {
  readonly tag: string;
  readonly description: string;
  readonly lines: readonly TagLine[];
  readonly rows: ReadonlyMap<number, Calibration>;
}

/**
 * Writes a tag as a dump of CREST, by file name; `readCrest` reads it back. CREST's intervals have no ends: a line with a gap
 * has no place in it.
 *
 * @throws ConditionsError `conflict` that names the gap
 */
export function writeCrest({
  tag,
  description,
  lines,
  rows,
}: CrestExport): ReadonlyMap<string, string> {
  const name = (line: TagLine): string =>
    line.flavor === 'vanilla' ? line.calibType : `${line.calibType}-${line.flavor}`;
  const tags = lines.map((line) => {
    const end = line.entries.at(-1)?.end ?? forever;
    return `{"name": ${JSON.stringify(name(line))}, "timeType": "${line.axis === 'time' ? 'time' : 'run-lumi'}", "description": "", "endOfValidity": ${end === forever ? 0 : end}}`;
  });
  const iovs = lines.flatMap((line) =>
    line.entries.map((entry, i) => {
      const next = line.entries[i + 1];
      if (next && next.begin !== entry.end) {
        throw new ConditionsError('conflict', {
          what: 'a gap, which CREST cannot have',
          where: `tag ${tag}, ${name(line)}`,
          given: formatInterval({ begin: entry.end, end: next.begin }, line.axis),
        });
      }
      const row = rows.get(entry.serNo);
      const inserted = row ? formatMoment(row.enterTime) : '';
      const hash = entry.payload || (row?.dataIdent ?? '');
      return `{"tagName": ${JSON.stringify(name(line))}, "since": ${entry.begin}, "insertionTime": "${inserted}", "payloadHash": ${JSON.stringify(hash)}}`;
    }),
  );
  const maps = lines.map(
    (line) =>
      `{"globalTagName": ${JSON.stringify(tag)}, "record": "", "label": "", "tagName": ${JSON.stringify(name(line))}}`,
  );
  const global = `{"name": ${JSON.stringify(tag)}, "description": ${JSON.stringify(description)}, "type": "U"}`;
  return new Map([
    ['tags.json', setOf('TagSetDto', 'tags', tags)],
    ['iovs.json', setOf('IovSetDto', 'iovs', iovs)],
    ['globaltags.json', setOf('GlobalTagSetDto', 'globaltags', [global])],
    ['globaltagmaps.json', setOf('GlobalTagMapSetDto', 'maps', maps)],
  ]);
}

function setOf(format: string, datatype: string, resources: readonly string[]): string {
  return `{"size": ${resources.length}, "datatype": "${datatype}", "format": "${format}", "resources": [\n  ${resources.join(',\n  ')}\n]}\n`;
}
