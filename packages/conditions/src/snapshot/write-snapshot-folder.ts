import { intervalToJson } from '../json/answer-json.ts';
import { eventToJson } from '../json/event-json.ts';
import { changedRow } from '../log/apply-change.ts';
import type { ConditionsEvent } from '../log/conditions-event.ts';
import type { Calibration } from '../model/calibration.ts';
import { formatMoment } from '../model/time.ts';
import { sha256Of } from '../payload/sha256.ts';
import { findTag } from '../tags/find-tag.ts';
import { TagTree } from '../tags/tag-tree.ts';
import {
  type FolderHeader,
  folderFiles,
  folderReadme,
  formatEntries,
  formatRows,
} from './folder-layout.ts';
import { extensionOf, FolderNames } from './folder-names.ts';
import { serNoOf } from './log-blocks.ts';
import { jsonBytes } from './section-writer.ts';
import {
  describePlan,
  eventsUntil,
  isWanted,
  planSnapshot,
  type SnapshotRequest,
} from './snapshot-plan.ts';
import type { ConditionsStores } from './write-snapshot.ts';

/** Where the files of a folder are written to. */
export interface FolderSink {
  /** @param path with `/`, inside the folder */
  write(path: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
}

/**
 * Writes a snapshot as a folder of plain text, for people, `less` and git: a file for each condition, a line for each
 * interval, payloads beside. The same contents give the same bytes. [SNP7]
 *
 * @throws ConditionsError as `planSnapshot` does; `absent` or `corrupt` for a payload that cannot be had
 */
export async function writeSnapshotFolder(
  { metadata, payloads }: ConditionsStores,
  request: SnapshotRequest,
  sink: FolderSink,
): Promise<FolderHeader> {
  const tree = new TagTree(payloads);
  const plan = await planSnapshot(metadata, tree, request);
  const names = new FolderNames();
  const sums = new Map<string, string>();
  const write = async (path: string, bytes: Uint8Array<ArrayBuffer>) => {
    sums.set(path, await sha256Of(bytes));
    await sink.write(path, bytes);
  };
  const writeText = (path: string, text: string) => write(path, new TextEncoder().encode(text));
  const events: ConditionsEvent[] = [];
  const rows = new Map<number, Calibration>();
  for await (const event of eventsUntil(metadata, plan.seq)) {
    if (!isWanted(event, plan)) continue;
    events.push(event);
    const [serNo, { change }] = [serNoOf(event), event];
    if (change.kind === 'registered') rows.set(change.calibration.serNo, change.calibration);
    else if (serNo !== undefined && 'serNo' in change) {
      rows.set(serNo, changedRow(rows.get(serNo)!, change, event.at));
    }
  }
  const paths = new Map<string, string>();
  for (const row of rows.values()) {
    const { payload } = row;
    const isIn = request.payloads !== false && plan.withPayload.has(row.serNo);
    if (!payload || !isIn || paths.has(payload.sha256)) continue;
    const path = `payloads/${payload.sha256.slice(0, 2)}/${payload.sha256}.${extensionOf(row.dataFmt)}`;
    paths.set(payload.sha256, path);
    await write(path, await payloads.get(payload.sha256));
  }
  const pathOf = ({ payload }: Calibration) =>
    payload ? (paths.get(payload.sha256) ?? `sha256:${payload.sha256}`) : '';
  const series: FolderHeader['series'][number][] = [];
  for (const { series: its, rows: selected, covers } of plan.series) {
    const { instrument, calibType, flavor, axis } = its;
    const path = names.path(['conditions', instrument, calibType, fileOf(flavor, axis)], 'tsv');
    series.push({
      path,
      instrument,
      calibType,
      flavor,
      axis,
      covers: covers ? intervalToJson(covers, axis) : null,
    });
    await writeText(
      path,
      formatRows(
        selected.map(({ serNo }) => rows.get(serNo)!),
        pathOf,
      ),
    );
  }
  const tags: FolderHeader['tags'][number][] = [];
  for (const name of new Set(
    plan.tags.flatMap(({ change }) => ('tag' in change ? change.tag : [])),
  )) {
    const { root } = await findTag(metadata, name, plan.asOf);
    const lines = [];
    for (const { calibType, flavor, axis } of await tree.lines(root)) {
      const path = names.path(['tags', name, calibType, fileOf(flavor, axis)], 'tsv');
      lines.push({ path, calibType, flavor, axis });
      await writeText(
        path,
        formatEntries(await tree.entries(root, { calibType, flavor, axis }), axis),
      );
    }
    tags.push({ name, root, lines });
  }
  const header: FolderHeader = {
    format: 'lantern conditions snapshot folder',
    version: 1,
    seq: plan.seq,
    asOf: formatMoment(plan.asOf),
    scope: describePlan(plan),
    series,
    tags,
  };
  const log = events.map((event) => `${JSON.stringify(eventToJson(event))}\n`);
  await writeText(folderFiles.log, log.join(''));
  await writeText(folderFiles.readme, folderReadme);
  await write(folderFiles.header, jsonBytes(header));
  const lines = [...sums]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, sum]) => `${sum}  ${path}\n`);
  await sink.write(folderFiles.sums, new TextEncoder().encode(lines.join('')));
  return header;
}

function fileOf(flavor: string, axis: string): string {
  return axis === 'time' ? flavor : `${flavor}.${axis}`;
}
