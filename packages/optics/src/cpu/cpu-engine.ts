import type { Scene } from '@lantern/geometry';
import type { BatchSink, Engine, PhotonBatch, PropagationRequest } from '../engine.ts';
import { OutsideWorldError } from '../errors.ts';
import { eventCuts } from '../hits/event-cuts.ts';
import { hasLite } from '../hits/hit-forms.ts';
import { liteHitsFor } from '../hits/lite-hit.ts';
import type { HitShape } from '../hits/shape-hits.ts';
import { addTallies, emptyTally, type Tally } from '../tally.ts';
import { type BatchPlan, type BatchRange, batchCount, defaultBatchSize } from './batch-plan.ts';
import { checkRequest } from './check-request.ts';
import type { KernelSettings } from './kernel.ts';
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
  const plan = planOf(request);
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
  const lane =
    (worker: WorkerClient) =>
    async ({ first, count }: BatchRange): Promise<PhotonBatch> => {
      const input = await source.batch(first, count);
      const cuts = eventCuts(source, hitForms, first, count);
      const { stray, ...result } = await worker.propagate(
        first,
        count,
        input,
        cuts,
        spare.takeAll(),
      );
      if (stray) throw new OutsideWorldError(stray.photon, stray.position, scene.volumes[0]);
      return { first, count, ...result };
    };
  const lanes = Array.from({ length: batchesInWorker }, () => workers.map(lane)).flat();
  await runSchedule<PhotonBatch>(plan, {
    lanes,
    lookAhead: workers.length * (batchesInWorker + batchesWaiting),
    signal,
    deliver: async (batch) => {
      sum = addTallies(sum, batch.tally);
      await sink(batch);
      if (reuseArrays) spare.add(largeBuffers(batch));
    },
  });
  return sum;
}

/** Those of a size that is the same for all batches. */
function largeBuffers({ photons, records, traces }: PhotonBatch): ArrayBuffer[] {
  return [photons, records, traces].flatMap((array) => (array ? [array.buffer] : []));
}

function planOf({
  source,
  first = 0,
  count,
  batchSize,
  threads,
  recordSteps = 0,
}: PropagationRequest): BatchPlan {
  const photons = count ?? Math.max(0, source.count - first);
  return {
    first,
    count: photons,
    batchSize: batchSize ?? defaultBatchSize(photons, threads, recordSteps),
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
