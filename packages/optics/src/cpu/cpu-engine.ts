import type { Scene } from '@lantern/geometry';
import { type BatchPlan, batchCount, defaultBatchSize } from '../batches/batch-plan.ts';
import type { BatchSettings } from '../batches/batch-result.ts';
import { batchSettings } from '../batches/batch-settings.ts';
import { checkRequest } from '../batches/check-request.ts';
import { type BatchWork, type FollowBatch, runBatches } from '../batches/run-batches.ts';
import { SpareBuffers } from '../batches/spare-buffers.ts';
import type { BatchSink, Engine, PropagationRequest } from '../engine.ts';
import type { Tally } from '../tally.ts';
import { childSlotBytes } from './child-slots.ts';
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
    const settings = withSharedFrames(batchSettings(scene, request));
    await Promise.all(workers.map((worker) => worker.start(module, shared, settings)));
    request.onReady?.();
    const spare = new SpareBuffers(workers.length * 3);
    const lanes = workers.map(
      (worker): FollowBatch =>
        ({ first, count }, input, cuts) =>
          worker.propagate(first, count, input, cuts, spare.takeAll()),
    );
    const work: BatchWork = {
      plan,
      lanes: Array.from({ length: batchesInWorker }, () => lanes).flat(),
      lookAhead: workers.length * (batchesInWorker + batchesWaiting),
      giveBack: (buffers) => spare.add(buffers),
    };
    return await runBatches(work, scene, request, sink);
  } finally {
    await Promise.all(workers.map((worker) => worker.stop()));
  }
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

function withSharedFrames(settings: BatchSettings): BatchSettings {
  const { hitShape } = settings;
  if (!hitShape || hitShape.frames.length === 0) return settings;
  const frames = new Float64Array(share(hitShape.frames.buffer));
  return { ...settings, hitShape: { ...hitShape, frames } };
}

/** One copy for all workers where the platform allows it; a browser does only on isolated pages. */
function share(buffer: ArrayBufferLike): ArrayBufferLike {
  if (typeof SharedArrayBuffer === 'undefined' || buffer instanceof SharedArrayBuffer)
    return buffer;
  const shared = new SharedArrayBuffer(buffer.byteLength);
  new Uint8Array(shared).set(new Uint8Array(buffer));
  return shared;
}
