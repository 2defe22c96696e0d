import type { BatchSettings } from '../batches/batch-result.ts';
import type { MemoryPool } from './memory-pool.ts';
import type { BatchMemory, StreamMemory } from './named-buffers.ts';
import type { LaunchTools } from './run-launch.ts';
import type { SceneKernels } from './scene-kernels.ts';
import type { WorkDone } from './work-done.ts';

/** What a stream is made with. */
export interface StreamTools extends LaunchTools {
  readonly kernels: SceneKernels;
  readonly settings: BatchSettings;
  readonly work: WorkDone;
  /** Buffers of the stream, and those of batches that are through. */
  readonly memory: StreamMemory;
  readonly batchMemory: MemoryPool<BatchMemory>;
  /** Photons of the largest batch, and of all. */
  readonly batchSize: number;
  readonly photons: number;
  /** Threads of a launch at most, a multiple of those of a workgroup. */
  readonly threads: number;
  /** Threads without a photon take one in every so many turns. */
  readonly refill: number;
  /** Batches that are open at most; default: by the device. */
  readonly open?: number | undefined;
  readonly signal: AbortSignal;
  /** A kernel is ready. */
  readonly onReady: () => void;
}
