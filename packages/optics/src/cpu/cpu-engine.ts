import type { Scene } from '@lantern/geometry';
import type { BatchSink, Engine, PhotonBatch, PropagationRequest } from '../engine.ts';
import { OpticsError, OutsideWorldError } from '../errors.ts';
import { eventCuts } from '../hits/event-cuts.ts';
import { hasLite } from '../hits/hit-forms.ts';
import { liteHitsFor } from '../hits/lite-hit.ts';
import type { HitShape, MergedPart } from '../hits/shape-hits.ts';
import { addTallies, emptyTally, type Tally } from '../tally.ts';
import { type BatchPlan, type BatchRange, batchCount, defaultBatchSize } from './batch-plan.ts';
import { checkRequest } from './check-request.ts';
import { type ChildRows, childSlotBytes, renumber } from './child-slots.ts';
import type { KernelSettings, TooManyChildren } from './kernel.ts';
import { runSchedule } from './schedule.ts';
import { SpareBuffers } from './spare-buffers.ts';
import { type OpenWorker, WorkerClient } from './worker-client.ts';

/** What the CPU engine needs of Node or of a browser. */
export interface CpuPlatform {
  /** The compiled kernel.wasm. */
  loadKernel(): Promise<WebAssembly.Module>;
  readonly openWorker: OpenWorker;
}

/** While a worker propagates one batch, the next already waits in its queue. */
const batchesInWorker = 2;
/** Batches that may wait for a slow one before them, for each worker. */
const batchesWaiting = 2;

/** The engine that runs the WebAssembly kernel, one instance in each worker. */
export function createCpuEngineOn(platform: CpuPlatform): Engine {
  return {
    name: 'cpu',
    propagate: (scene, request, sink) => propagate(platform, scene, request, sink),
  };
}

async function propagate(
  platform: CpuPlatform,
  scene: Scene,
  request: PropagationRequest,
  sink: BatchSink,
): Promise<Tally> {
  checkRequest(request);
  request.signal?.throwIfAborted();
  const plan = planOf(scene, request);
  const workers: WorkerClient[] = [];
  try {
    const module = await platform.loadKernel();
    const threads = Math.max(1, Math.min(request.threads, batchCount(plan)));
    for (let i = 0; i < threads; i++) workers.push(new WorkerClient(platform.openWorker));
    const shared = share(scene.buffer);
    const settings = settingsOf(scene, request);
    await Promise.all(workers.map((worker) => worker.start(module, shared, settings)));
    request.onReady?.();
    return await runBatches(workers, plan, scene, request, sink);
  } finally {
    await Promise.all(workers.map((worker) => worker.stop()));
  }
}

async function runBatches(
  workers: readonly WorkerClient[],
  plan: BatchPlan,
  scene: Scene,
  { source, signal, hitForms, reuseArrays }: PropagationRequest,
  sink: BatchSink,
): Promise<Tally> {
  let sum = emptyTally();
  const spare = new SpareBuffers(workers.length * 3);
  let nextChild = source.count;
  const lane =
    (worker: WorkerClient) =>
    async ({ first, count }: BatchRange): Promise<FollowedBatch> => {
      const input = await source.batch(first, count);
      const cuts = eventCuts(source, hitForms, first, count);
      const { stray, tooMany, ...result } = await worker.propagate(
        first,
        count,
        input,
        cuts,
        spare.takeAll(),
      );
      if (stray) throw new OutsideWorldError(stray.photon, stray.position, scene.volumes[0]);
      if (tooMany) throw endlessLight(tooMany, scene);
      return { first, count, ...result };
    };
  const lanes = Array.from({ length: batchesInWorker }, () => workers.map(lane)).flat();
  await runSchedule<FollowedBatch>(plan, {
    lanes,
    lookAhead: workers.length * (batchesInWorker + batchesWaiting),
    signal,
    deliver: async ({ children, ...batch }) => {
      sum = addTallies(sum, batch.tally);
      const whole = children ? withChildren(batch, children, nextChild) : batch;
      nextChild += children?.count ?? 0;
      await sink(whole);
      if (reuseArrays) spare.add(largeBuffers(batch));
    },
  });
  return sum;
}

/** Those of a size that is the same for all batches. */
function largeBuffers({ photons, records, traces }: PhotonBatch): ArrayBuffer[] {
  return [photons, records, traces].flatMap((array) => (array ? [array.buffer] : []));
}

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

function planOf(scene: Scene, request: PropagationRequest): BatchPlan {
  const { source, first = 0, count, batchSize, threads, recordSteps = 0 } = request;
  const photons = count ?? Math.max(0, source.count - first);
  const childBytes = Math.max(0, ...scene.shiftNumbers.values()) * childSlotBytes(recordSteps);
  return {
    first,
    count: photons,
    batchSize: batchSize ?? defaultBatchSize(photons, threads, recordSteps, childBytes),
  };
}

function settingsOf(scene: Scene, request: PropagationRequest): KernelSettings {
  return {
    seed: request.seed,
    maxBounces: request.maxBounces ?? 0,
    maxTime: request.maxTime ?? Number.POSITIVE_INFINITY,
    recordSteps: request.recordSteps ?? 0,
    keepPhotons: request.keepPhotons ?? false,
    hitShape: hitShapeOf(scene, request),
    lightSpectrum: request.source.lightSpectrum,
  };
}

function hitShapeOf(scene: Scene, { hitForms }: PropagationRequest): HitShape {
  const { kinds = ['hits'], window = 0, lite } = hitForms ?? {};
  return {
    kinds,
    window,
    lite: liteHitsFor(scene.sensorCount, lite),
    frames: hasLite(kinds)
      ? new Float64Array(share(scene.sensorFrames().buffer))
      : new Float64Array(0),
  };
}

/** One copy for all workers where the platform allows it; a browser does only on isolated pages. */
function share(buffer: ArrayBufferLike): ArrayBufferLike {
  if (typeof SharedArrayBuffer === 'undefined' || buffer instanceof SharedArrayBuffer)
    return buffer;
  const shared = new SharedArrayBuffer(buffer.byteLength);
  new Uint8Array(shared).set(new Uint8Array(buffer));
  return shared;
}
