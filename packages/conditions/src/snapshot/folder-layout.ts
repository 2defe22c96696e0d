import { z } from 'zod';
import { type IntervalJson, intervalFromJson, intervalToJson } from '../json/answer-json.ts';
import { calibrationToJson } from '../json/calibration-json.ts';
import type { Calibration } from '../model/calibration.ts';
import type { TagEntry } from '../model/tag.ts';
import type { Axis } from '../model/validity.ts';
import { type SnapshotScope, scopeSchema } from './snapshot-header.ts';
import { formatTable, parseTable } from './text-table.ts';

/** A file of a series or of a line of a tag. */
export interface ConditionFile {
  readonly path: string;
  readonly calibType: string;
  readonly flavor: string;
  readonly axis: Axis;
}

/** What a folder says of itself, in its snapshot.json. */
export interface FolderHeader {
  readonly format: 'lantern conditions snapshot folder';
  readonly version: 1;
  readonly seq: number;
  readonly asOf: string;
  readonly scope: SnapshotScope;
  readonly series: readonly (ConditionFile & {
    readonly instrument: string;
    readonly covers: IntervalJson | null;
  })[];
  readonly tags: readonly {
    readonly name: string;
    readonly root: string;
    readonly lines: readonly ConditionFile[];
  }[];
}

const condition = {
  path: z.string(),
  calibType: z.string(),
  flavor: z.string(),
  axis: z.enum(['time', 'run']),
};
const interval = z.object({ begin: z.string().nullable(), end: z.string().nullable() });

/** {@link FolderHeader} */
export const folderHeaderSchema: z.ZodType<FolderHeader> = z.object({
  format: z.literal('lantern conditions snapshot folder'),
  version: z.literal(1),
  seq: z.number().int().nonnegative(),
  asOf: z.string(),
  scope: scopeSchema,
  series: z.array(z.object({ ...condition, instrument: z.string(), covers: interval.nullable() })),
  tags: z.array(
    z.object({ name: z.string(), root: z.string(), lines: z.array(z.object(condition)) }),
  ),
});

/** Files of every folder. */
export const folderFiles = {
  header: 'snapshot.json',
  log: 'log.jsonl',
  sums: 'SHA256SUMS',
  readme: 'README.txt',
} as const;

/** What README.txt says to those who find the folder. */
export const folderReadme = `Calibrations as they were at one moment: a snapshot by Lantern, to be read without it.

conditions/INSTRUMENT/TYPE/FLAVOR.tsv   one calibration a line: from when to when it holds, its number, how good it is,
                                        where its data are
tags/TAG/TYPE/FLAVOR.tsv                what a tag says of a condition, one interval a line
payloads/                               the data, by the SHA-256 of their content
log.jsonl                               all that ever happened to these calibrations and tags, one event a line
snapshot.json                           which moment, and what is in here
SHA256SUMS                              sha256sum --check SHA256SUMS

Intervals are half open: the begin is in, the end is not. Times are UTC; an empty begin or end is open. In the tables tabs,
ends of lines and backslashes are written \\t, \\n, \\r and \\\\. A changed file is refused when the folder is read.
`;

const rowNames = [
  'vstart',
  'vend',
  'serNo',
  'procLevel',
  'completion',
  'enterTime',
  'prodStart',
  'prodEnd',
  'dataFmt',
  'fmtVersion',
  'payload',
  'locale',
  'creator',
  'uid',
  'inputDesc',
  'notes',
  'dataIdent',
  'deprecated',
] as const;

/** A table of calibrations. @param pathOf where the payload of a row is; '' where it is not in the folder */
export function formatRows(
  rows: readonly Calibration[],
  pathOf: (row: Calibration) => string,
): string {
  const cells = rows.map((row) => {
    const json = calibrationToJson(row);
    return rowNames.map((name) => (name === 'payload' ? pathOf(row) : `${json[name] ?? ''}`));
  });
  return formatTable(rowNames, cells);
}

const entryNames = ['begin', 'end', 'serNo', 'payload'] as const;

/** A table of the entries of a line of a tag. */
export function formatEntries(entries: readonly TagEntry[], axis: Axis): string {
  const cells = entries.map((entry) => {
    const { begin, end } = intervalToJson(entry, axis);
    return [begin ?? '', end ?? '', String(entry.serNo), entry.payload];
  });
  return formatTable(entryNames, cells);
}

/** The entries that {@link formatEntries} wrote. @throws ConditionsError `corrupt` or `invalid` for anything else */
export function parseEntries(text: string, axis: Axis, where: string): TagEntry[] {
  return parseTable(text, entryNames, where).map(([begin, end, serNo, payload]) => ({
    ...intervalFromJson({ begin: begin || null, end: end || null }, axis),
    serNo: Number(serNo),
    payload: payload!,
  }));
}
