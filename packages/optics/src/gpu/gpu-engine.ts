import type { Scene } from '@lantern/geometry';
import type { BatchPlan } from '../batches/batch-plan.ts';
import { batchSettings } from '../batches/batch-settings.ts';
import { checkRequest } from '../batches/check-request.ts';
import { type FollowBatch, runBatches } from '../batches/run-batches.ts';
import { SpareBuffers } from '../batches/spare-buffers.ts';
import type { BatchSink, Engine, PropagationRequest } from '../engine.ts';
import type { EngineWork } from '../engine-work.ts';
import { asTheyAre } from '../hits/shape-hits.ts';
import type { Tally } from '../tally.ts';
import { arithmeticOf } from './arithmetic-probe.ts';
import { BatchDelivery, givenUp } from './batch-delivery.ts';
import { childSlotWords } from './batch-places.ts';
import { gpuBatchSize } from './gpu-batch-size.ts';
import { GpuSession } from './gpu-session.ts';
import { GpuStream } from './gpu-stream.ts';
import type { HitShaper } from './hits/hit-shaper.ts';
import { HitShapers } from './hits/shapers.ts';
import { KernelStore } from './kernel-store.ts';
import { mostOpen, workgroup } from './launch-layout.ts';
import { LaunchPace } from './launch-pace.ts';
import type { OpenedGpu } from './open-gpu.ts';
import { LaunchClock } from './run-launch.ts';
import type { StreamTools } from './stream-tools.ts';
import { WorkDone } from './work-done.ts';

/** What does not change the result, by measurement; for tests and benchmarks. */
export interface GpuTuning {
  /** Threads of a launch. */
  readonly threads?: number | undefined;
  /** Steps of a thread in one launch; default: so many as take about 50 ms. */
  readonly turns?: number | undefined;
  /** Threads without a photon take one in every so many steps. */
  readonly refill?: number | undefined;
  /** Batches that are open at a time; default: by the device. */
  readonly open?: number | undefined;
}

/** Batches that may wait for the sink beside those that are open. */
const batchesWaiting = 2;
/** Bytes of batches that wait for one before them to be through. */
const mostBytesWaiting = 2 ** 30;
const mostSpare = 6;
/** Enough for all multiprocessors of the largest GPUs to have several workgroups each. */
const threadsOfGpu = 65_536;
const threadsOfSoftware = 1024;
const usualRefill = 1;

/**
 * The engine that runs the WGSL kernel on a GPU, which is the engine's own from then on: `close` ends it. What was made
 * for a scene stays on the GPU for the next propagation.
 *
 * @throws NoGpuError where the GPU's arithmetic does not do
 */
export async function createGpuEngineOn(gpu: OpenedGpu, tuning: GpuTuning = {}): Promise<Engine> {
  const begin = performance.now();
  const form = await arithmeticOf(gpu);
  const seconds = (performance.now() - begin) / 1000;
  const session = new GpuSession({ gpu, form, seconds, kernels: new KernelStore(gpu, form) });
  return {
    name: 'gpu',
    adapter: gpu.name,
    propagate: async (scene, request, sink) => {
      checkRequest(request);
      request.signal?.throwIfAborted();
      gpu.throwIfFailed();
      return await propagate(session, tuning, scene, request, sink);
    },
    close: gpu.close,
  };
}

async function propagate(
  session: GpuSession,
  tuning: GpuTuning,
  scene: Scene,
  request: PropagationRequest,
  sink: BatchSink,
): Promise<Tally> {
  const { gpu } = session;
  const settings = batchSettings(scene, request);
  const kernels = await session.scene(scene, request.source.lightSpectrum);
  const withChildren = Math.max(0, ...scene.shiftNumbers.values()) > 0;
  const hits = new HitShapers(() =>
    session.hitShaper(settings.hitShape ?? asTheyAre, withChildren),
  );
  const spare = new SpareBuffers(mostSpare);
  const stop = new AbortController();
  const abort = (): void => stop.abort(request.signal?.reason);
  request.signal?.addEventListener('abort', abort, { once: true });
  const threads = tuning.threads ?? (gpu.isSoftware ? threadsOfSoftware : threadsOfGpu);
  const plan = planOf(gpu, scene, request);
  const tools: StreamTools = {
    ...{ gpu, kernels, settings },
    onReady: once(request.onReady),
    clock: new LaunchClock(),
    pace: tuning.turns === undefined ? kernels.pace : new LaunchPace(tuning.turns),
    work: new WorkDone(),
    ...{ memory: session.streams.take(), batchMemory: session.batches },
    ...{ batchSize: Math.max(1, Math.min(plan.batchSize, plan.count)), photons: plan.count },
    threads: Math.ceil(threads / workgroup) * workgroup,
    refill: tuning.refill ?? usualRefill,
    open: tuning.open,
    signal: stop.signal,
  };
  const stream = new GpuStream(tools);
  const delivery = { ...tools, take: (bytes: number) => spare.take(bytes) };
  const follow: FollowBatch = async (range, input, cuts) => {
    const end = await stream.follow(range, input);
    if (!('memory' in end)) return givenUp(end, range.first);
    try {
      return await hits.use((shaper) => new BatchDelivery(delivery, shaper, end, cuts).result());
    } finally {
      stream.brought(end);
    }
  };
  try {
    const open = Math.min(mostOpen, tuning.open ?? mostOpen);
    const tally = await runBatches(
      {
        ...{ plan, lanes: Array.from({ length: open }, () => follow), gate: stream },
        ...{ lookAhead: open + batchesWaiting, mostBytes: mostBytesWaiting },
        giveBack: (buffers) => spare.add(buffers),
      },
      scene,
      request,
      sink,
    );
    tools.onReady();
    request.onWork?.(workOf(tools, hits));
    return tally;
  } finally {
    request.signal?.removeEventListener('abort', abort);
    stop.abort();
    await stream.close();
    session.streams.give(tools.memory);
    tools.clock.close();
    await Promise.all(hits.all.map((shaper) => session.giveHitShaper(shaper)));
  }
}

function workOf({ gpu, kernels, clock, threads, work }: StreamTools, hits: HitShapers): EngineWork {
  const { sentBytes, fetchedBytes, batchBytes, batchPhotons } = work;
  const sum = (of: (shaper: HitShaper) => number): number =>
    hits.all.reduce((all, shaper) => all + of(shaper), 0);
  return {
    device: gpu.name,
    start: kernels.seconds,
    launches: clock.launches,
    ...{ threads, sentBytes, batchPhotons },
    busySeconds: clock.busySeconds > 0 ? clock.busySeconds : undefined,
    fetchedBytes: fetchedBytes + clock.fetchedBytes + sum(({ bytesRead }) => bytesRead),
    sceneBytes: kernels.buffers.image.size,
    batchBytes: batchBytes + sum(({ bufferBytes }) => bufferBytes),
  };
}

function planOf(
  { device, isSoftware }: OpenedGpu,
  scene: Scene,
  request: PropagationRequest,
): BatchPlan {
  const { source, first = 0, batchSize, recordSteps = 0, keepPhotons = false } = request;
  const count = request.count ?? Math.max(0, source.count - first);
  const mean = Math.max(0, ...scene.shiftNumbers.values());
  const { maxBufferSize, maxStorageBufferBindingSize } = device.limits;
  const bounds = {
    ...{ count, recordSteps, keepPhotons, isSoftware },
    childBytes: 4 * mean * childSlotWords(recordSteps),
    bufferBytes: Math.min(maxBufferSize, maxStorageBufferBindingSize),
  };
  return { first, count, batchSize: batchSize ?? gpuBatchSize(bounds) };
}

/** Calls it the first time only. */
function once(call: (() => void) | undefined): () => void {
  let left = call;
  return () => {
    const now = left;
    left = undefined;
    now?.();
  };
}
