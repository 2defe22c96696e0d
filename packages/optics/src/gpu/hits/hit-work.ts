import type { OpenedGpu } from '../open-gpu.ts';
import type { GpuMemory } from './gpu-memory.ts';
import type { HitKernels } from './hit-kernels.ts';
import type { HitReader } from './read-rows.ts';

/** What runs kernels for hits. */
export interface HitWork {
  readonly gpu: OpenedGpu;
  readonly kernels: HitKernels;
  readonly memory: GpuMemory;
  readonly reader: HitReader;
}
