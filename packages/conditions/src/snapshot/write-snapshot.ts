import { intervalToJson } from '../json/answer-json.ts';
import { eventToJson } from '../json/event-json.ts';
import type { ConditionsEvent } from '../log/conditions-event.ts';
import { formatMoment } from '../model/time.ts';
import type { MetadataReader } from '../store/metadata-store.ts';
import type { PayloadStore } from '../store/payload-store.ts';
import { TagTree } from '../tags/tag-tree.ts';
import { LogBlockWriter } from './log-blocks.ts';
import { encodePayloadDirectory, type PayloadPlace } from './payload-directory.ts';
import { type ByteSink, jsonBytes, SectionWriter } from './section-writer.ts';
import { encodeSeries } from './series-columns.ts';
import { firstLine, lastLine, type SnapshotHeader } from './snapshot-header.ts';
import {
  describePlan,
  eventsUntil,
  isWanted,
  planSnapshot,
  type SnapshotPlan,
  type SnapshotRequest,
} from './snapshot-plan.ts';

/** Where conditions are: what `Conditions` is made of. */
export interface ConditionsStores {
  readonly metadata: MetadataReader;
  readonly payloads: PayloadStore;
}

/**
 * Writes a snapshot: one file with all that is needed to answer without the stores it is from. [SNP1]
 *
 * @returns what the file says of itself
 * @throws ConditionsError as `planSnapshot` does; `absent` or `corrupt` for a payload that cannot be had
 */
export async function writeSnapshot(
  { metadata, payloads }: ConditionsStores,
  request: SnapshotRequest,
  sink: ByteSink,
): Promise<SnapshotHeader> {
  const tree = new TagTree(payloads);
  const plan = await planSnapshot(metadata, tree, request);
  const writer = new SectionWriter(sink);
  await writer.write(new TextEncoder().encode(firstLine));
  const places = new Map<string, PayloadPlace>();
  const keepPayload = async (sha256: string) => {
    if (places.has(sha256)) return;
    const bytes = await payloads.get(sha256);
    places.set(sha256, { sha256, offset: writer.offset, length: bytes.length });
    await writer.write(bytes);
  };
  for (const root of plan.roots) {
    for (const hash of await tree.hashes(root)) await keepPayload(hash);
  }
  const log = new LogBlockWriter(writer);
  for await (const event of eventsUntil(metadata, plan.seq)) {
    const payload = payloadOf(event, plan);
    if (payload) await keepPayload(payload);
    if (isWanted(event, plan)) await log.add(event);
  }
  await log.flush();
  const header: SnapshotHeader = {
    format: 'lantern conditions snapshot',
    version: 1,
    seq: plan.seq,
    asOf: formatMoment(plan.asOf),
    scope: describePlan(plan),
    completions: plan.completions,
    series: await writeSeries(plan, writer),
    log: await writer.section(jsonBytes(log.blocks)),
    rowBlocks: await writer.section(new Uint8Array(log.rowBlocks().buffer)),
    payloads: await writer.section(encodePayloadDirectory([...places.values()])),
    tags: plan.tags.map(eventToJson),
    vocabularies: plan.vocabularies.map(eventToJson),
  };
  const section = await writer.section(jsonBytes(header));
  await writer.write(new TextEncoder().encode(lastLine(section)));
  return header;
}

async function writeSeries(
  plan: SnapshotPlan,
  writer: SectionWriter,
): Promise<SnapshotHeader['series']> {
  const list: SnapshotHeader['series'][number][] = [];
  for (const { series, rows, covers } of plan.series) {
    const { instrument, calibType, flavor, axis } = series;
    const section = await writer.section(encodeSeries(rows));
    const its = { covers: covers ? intervalToJson(covers, axis) : null, section };
    list.push({ instrument, calibType, flavor, axis, rows: rows.length, ...its });
  }
  return list;
}

function payloadOf(event: ConditionsEvent, plan: SnapshotPlan): string | undefined {
  if (plan.request.payloads === false || event.change.kind !== 'registered') return undefined;
  const { serNo, payload } = event.change.calibration;
  return plan.withPayload.has(serNo) ? payload?.sha256 : undefined;
}
