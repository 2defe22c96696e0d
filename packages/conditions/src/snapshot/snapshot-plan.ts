import { ConditionsError } from '../errors.ts';
import type { Condition } from '../index/tag-index.ts';
import { intervalToJson } from '../json/answer-json.ts';
import type { ConditionsEvent } from '../log/conditions-event.ts';
import type { Moment } from '../model/validity.ts';
import type { MetadataReader } from '../store/metadata-store.ts';
import { findTag } from '../tags/find-tag.ts';
import type { TagTree } from '../tags/tag-tree.ts';
import { serNoOf } from './log-blocks.ts';
import { RowLedger } from './row-ledger.ts';
import { type AxisRange, type SelectedSeries, selectRows } from './select-rows.ts';
import type { SnapshotScope } from './snapshot-header.ts';

/** What is wanted in a snapshot. */
export interface SnapshotRequest {
  /** Their series, with all rows of these, in no tag too; undefined: everything there is. */
  readonly tags?: readonly string[] | undefined;
  /** Where answers are wanted; undefined: everywhere. */
  readonly range?: AxisRange | undefined;
  /** Whether the bulk data come along; default true. */
  readonly payloads?: boolean | undefined;
}

/** What goes into a snapshot: nothing else decides. */
export interface SnapshotPlan {
  readonly request: SnapshotRequest;
  /** The last event, and its moment. */
  readonly seq: number;
  readonly asOf: Moment;
  readonly completions: readonly string[];
  readonly series: readonly SelectedSeries[];
  /** Serial numbers. */
  readonly rows: ReadonlySet<number>;
  readonly withPayload: ReadonlySet<number>;
  /** What happened to the tags, and to the vocabularies. */
  readonly tags: readonly ConditionsEvent[];
  readonly vocabularies: readonly ConditionsEvent[];
  /** Roots that the tags have, or had. */
  readonly roots: ReadonlySet<string>;
}

const eventsAtOnce = 2_000;

/**
 * Reads the log once and decides what a snapshot holds.
 *
 * @throws ConditionsError `absent` for a tag that is not there, `conflict` for one whose rule is not written down yet
 */
export async function planSnapshot(
  reader: MetadataReader,
  tree: TagTree,
  request: SnapshotRequest,
): Promise<SnapshotPlan> {
  const { tags: names, range } = request;
  const { seq, at: asOf } = await reader.head();
  const tags =
    names && (await Promise.all([...new Set(names)].map((name) => findTag(reader, name, asOf))));
  const ledger = new RowLedger();
  const tagEvents: ConditionsEvent[] = [];
  const vocabularies: ConditionsEvent[] = [];
  for await (const event of eventsUntil(reader, seq)) {
    ledger.add(event);
    const { change } = event;
    if (change.kind === 'vocabulariesDeclared') vocabularies.push(event);
    if ('tag' in change && (!tags || tags.some(({ name }) => name === change.tag)))
      tagEvents.push(event);
  }
  const tagged = new Map<string, Set<number>>();
  for (const tag of tags ?? (range ? await reader.tags(asOf) : [])) {
    const lines = await tree.lines(tag.root);
    if (tags && tag.rule && lines.length === 0) throw byRule(tag.name);
    for (const line of lines) {
      const key = keyOf(tag.instrument, line);
      const serNos = tagged.get(key) ?? new Set();
      tagged.set(key, serNos);
      if (range?.axis !== line.axis) continue;
      for (const { serNo } of await tree.entries(tag.root, line, range)) serNos.add(serNo);
    }
  }
  const series = ledger.series
    .filter((each) => !tags || tagged.has(keyOf(each.instrument, each)))
    .map((each) =>
      selectRows(ledger, each, range, tagged.get(keyOf(each.instrument, each)) ?? new Set()),
    );
  return {
    request,
    seq,
    asOf,
    completions: ledger.completions,
    series,
    rows: new Set(series.flatMap(({ rows }) => rows.map(({ serNo }) => serNo))),
    withPayload: new Set(series.flatMap((each) => [...each.withPayload])),
    tags: tagEvents,
    vocabularies,
    roots: new Set(tagEvents.flatMap(({ change }) => ('root' in change ? change.root : []))),
  };
}

/** The log up to an event. */
export async function* eventsUntil(
  reader: MetadataReader,
  seq: number,
): AsyncIterable<ConditionsEvent> {
  let last = 0;
  while (last < seq) {
    const events = await reader.events(last, Math.min(eventsAtOnce, seq - last));
    if (events.length === 0) throw new Error(`the log has no event ${last + 1}, but ${seq}`);
    yield* events;
    last = events.at(-1)!.seq;
  }
}

/** Whether an event goes into the snapshot. */
export function isWanted(event: ConditionsEvent, { request, rows, tags }: SnapshotPlan): boolean {
  const serNo = serNoOf(event);
  if (serNo !== undefined) return rows.has(serNo);
  const { change } = event;
  if (change.kind === 'vocabulariesDeclared' || !request.tags) return true;
  return tags.some(({ seq }) => seq === event.seq);
}

/** What the snapshot says that it holds. */
export function describePlan({ request }: SnapshotPlan): SnapshotScope {
  const { tags, range, payloads = true } = request;
  return {
    tags: tags ? [...new Set(tags)] : null,
    range: range ? { axis: range.axis, ...intervalToJson(range, range.axis) } : null,
    payloads,
  };
}

function keyOf(instrument: string, { calibType, flavor, axis }: Condition): string {
  return JSON.stringify([instrument, calibType, flavor, axis]);
}

function byRule(name: string): ConditionsError {
  return new ConditionsError('conflict', {
    what: 'the lines of this tag are a rule that is not written down yet',
    where: `tag ${name}`,
    hint: 'publish it, or take a snapshot of everything',
  });
}
