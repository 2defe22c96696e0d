import type { Scene } from '@lantern/geometry';
import type { BatchSink, PhotonBatch, PropagationRequest } from '../engine.ts';
import { OpticsError, OutsideWorldError } from '../errors.ts';
import { eventCuts } from '../hits/event-cuts.ts';
import type { EventCuts, MergedPart } from '../hits/shape-hits.ts';
import type { SourceBatch } from '../sources/photon-source.ts';
import { addTallies, emptyTally, type Tally } from '../tally.ts';
import type { BatchPlan, BatchRange } from './batch-plan.ts';
import type { BatchResult, TooManyChildren } from './batch-result.ts';
import { type ChildRows, renumber } from './child-rows.ts';
import { type Gate, runSchedule } from './schedule.ts';

/** What an engine does with one batch. */
export type FollowBatch = (
  range: BatchRange,
  input: SourceBatch,
  cuts: EventCuts,
) => Promise<BatchResult>;

/** How an engine works on batches. */
export interface BatchWork {
  readonly plan: BatchPlan;
  /** One for each batch that may be worked on at a time. */
  readonly lanes: readonly FollowBatch[];
  /** Batches begun but not yet delivered, at most. */
  readonly lookAhead: number;
  /** Bytes of results that wait for a batch before them; beyond, none is begun. Default: without bound. */
  readonly mostBytes?: number | undefined;
  /** What has to let a batch in before it is begun; default: nothing. */
  readonly gate?: Gate | undefined;
  /** With `reuseArrays`: buffers of a batch that nobody needs any more, of a size that is the same for all batches. */
  readonly giveBack: (buffers: readonly ArrayBuffer[]) => void;
}

/**
 * Follows the photons of a request, batch after batch, and delivers them in order, with their children numbered.
 *
 * @returns the sum of the tallies of all batches
 * @throws OpticsError for a photon that starts outside the world, and for light that multiplies without end
 */
export async function runBatches(
  { plan, lanes, lookAhead, mostBytes, gate, giveBack }: BatchWork,
  scene: Scene,
  { source, signal, hitForms, reuseArrays }: PropagationRequest,
  sink: BatchSink,
): Promise<Tally> {
  let sum = emptyTally();
  let nextChild = source.count;
  const lane =
    (follow: FollowBatch) =>
    async (range: BatchRange): Promise<FollowedBatch> => {
      const { first, count } = range;
      const input = await source.batch(first, count);
      const cuts = eventCuts(source, hitForms, first, count);
      const { stray, tooMany, ...result } = await follow(range, input, cuts);
      if (stray) throw new OutsideWorldError(stray.photon, stray.position, scene.volumes[0]);
      if (tooMany) throw endlessLight(tooMany, scene);
      return { first, count, ...result };
    };
  await runSchedule<FollowedBatch>(plan, {
    lanes: lanes.map(lane),
    ...{ lookAhead, signal, gate },
    heaviest: mostBytes,
    weight: bytesOf,
    deliver: async ({ children, ...batch }) => {
      sum = addTallies(sum, batch.tally);
      const whole = children ? withChildren(batch, children, nextChild) : batch;
      nextChild += children?.count ?? 0;
      await sink(whole);
      if (reuseArrays) giveBack(largeBuffers(batch));
    },
  });
  return sum;
}

function largeBuffers({ photons, records, traces }: PhotonBatch): ArrayBuffer[] {
  return [photons, records, traces].flatMap((array) => (array ? [array.buffer] : []));
}

/** Bytes of the arrays of a batch. */
function bytesOf({ children, ...batch }: FollowedBatch): number {
  const bytes = ({ hits, lite, photons, records, traces, merged, liteMerged }: Rows): number =>
    [
      ...[hits, lite, photons, records, traces],
      ...[...(merged ?? []), ...(liteMerged ?? [])].map(({ rows }) => rows),
    ].reduce((sum, array) => sum + (array?.byteLength ?? 0), 0);
  return bytes(batch) + (children ? bytes(children) : 0);
}

type Rows = Pick<
  BatchResult,
  'hits' | 'lite' | 'photons' | 'records' | 'traces' | 'merged' | 'liteMerged'
>;

/** Batches come in their order only when they are delivered: then their children get their numbers. */
interface FollowedBatch extends Omit<PhotonBatch, 'children'> {
  readonly children?: ChildRows | undefined;
}

/** @param firstChild number of the first child */
function withChildren(batch: PhotonBatch, rows: ChildRows, firstChild: number): PhotonBatch {
  const { behind, merged, liteMerged, ...children } = rows;
  for (const whole of [rows.hits, rows.photons, rows.records])
    if (whole) renumber(whole, firstChild);
  for (const part of merged ?? []) renumber(part.rows, firstChild);
  return {
    ...batch,
    behind: (batch.behind ?? 0) + (behind ?? 0),
    merged: eventByEvent(batch.merged, merged),
    liteMerged: eventByEvent(batch.liteMerged, liteMerged),
    children: { first: firstChild, ...children },
  };
}

function eventByEvent(
  parts: readonly MergedPart[] | undefined,
  ofChildren: readonly MergedPart[] | undefined,
): readonly MergedPart[] | undefined {
  return parts && [...parts, ...(ofChildren ?? [])].sort((a, b) => a.event - b.event);
}

function endlessLight({ photon, descendants }: TooManyChildren, scene: Scene): OpticsError {
  const all = [...scene.shiftNumbers];
  const above = all.filter(([, mean]) => mean > 1);
  const shifters = (above.length > 0 ? above : all).map(
    ([material, mean]) => `${mean} in '${material}'`,
  );
  const given = `mean number of photons of a shift: ${shifters.join(', ')}`;
  const expected = 'means of at most 1 where a shifter absorbs its own light';
  if (descendants !== undefined) {
    return new OpticsError({
      what: `wavelength shifting multiplies light without end: photon ${photon} has become more than ${descendants}`,
      ...{ given, expected },
      hint: 'correct WLSMEANNUMBERPHOTONS or WLSABSLENGTH of the material',
    });
  }
  return new OpticsError({
    what: `wavelength shifting makes more photons than the memory for a batch holds, at photon ${photon}`,
    ...{ given, expected },
    hint: 'correct WLSMEANNUMBERPHOTONS or WLSABSLENGTH of the material; fewer recorded steps need less',
  });
}
