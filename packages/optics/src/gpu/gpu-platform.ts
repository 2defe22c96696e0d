import type { GpuChoice } from './gpu-choice.ts';

/** What the GPU engine needs of Node or of a browser: its GPUs. */
export interface GpuPlatform {
  /**
   * The GPUs that can be asked for a device, the fastest first, software ones among them. Each answer holds adapters of
   * its own, as an adapter gives one device only.
   *
   * @returns none where there is no driver
   * @throws NoGpuError where there is no WebGPU at all
   */
  offers(): Promise<readonly OfferedGpu[]>;
  /** What to do where none of them will do. */
  advice(choice: GpuChoice): string;
}

/** A GPU, or a program that does its work. */
export interface OfferedGpu {
  /** As its driver calls it, with the way it is reached where that is known: `NVIDIA H200 (Vulkan)`. */
  readonly name: string;
  /** Whether it is a program on the machine's processor: llvmpipe, SwiftShader. */
  readonly isSoftware: boolean;
  readonly adapter: GPUAdapter;
  /** Spares the processor while work is under way that needs it: compiling. */
  readonly restDuring?: (work: Promise<unknown>) => void;
}
