import { OpticsError } from '../errors.ts';
import type { ArithmeticForm } from './arithmetic-form.ts';
import { arithmeticOf } from './arithmetic-probe.ts';
import type { GpuPlatform, OfferedGpu } from './gpu-platform.ts';
import { type OpenedGpu, openOffer } from './open-gpu.ts';

/** What is known of a GPU before it is used. */
export interface GpuFacts {
  /** `NVIDIA H200 (Vulkan)` */
  readonly name: string;
  /** Whether it is a program on the machine's processor. */
  readonly isSoftware: boolean;
  /** What its driver calls itself, with its version; empty where a browser does not say. */
  readonly driver: string;
  /** The largest buffer, and the largest part of one that a kernel sees, bytes. */
  readonly maxBufferSize: number;
  readonly maxStorageBufferBindingSize: number;
  /** Storage buffers of a kernel. */
  readonly maxStorageBuffers: number;
  /** Threads of a workgroup. */
  readonly maxWorkgroupSize: number;
  /** What it has beyond the least that WebGPU asks for: `timestamp-query`, `subgroups`. */
  readonly features: readonly string[];
  /** How it does the arithmetic of the kernel; absent where it is refused. */
  readonly arithmetic?: ArithmeticForm;
  /** Why the engine does not run on it; absent where it does. */
  readonly refusal?: string;
}

/**
 * All GPUs that there are, in the order of their numbers, software in their place among them. Each is tried.
 *
 * @throws NoGpuError where there is no WebGPU at all
 */
export async function gpusOf(platform: GpuPlatform): Promise<readonly GpuFacts[]> {
  const facts: GpuFacts[] = [];
  for (const offer of await platform.offers()) {
    const { name, isSoftware, adapter } = offer;
    const { info, limits, features } = adapter;
    const trial = await tryOut(offer);
    facts.push({
      name,
      isSoftware,
      driver: info.description,
      maxBufferSize: limits.maxBufferSize,
      maxStorageBufferBindingSize: limits.maxStorageBufferBindingSize,
      maxStorageBuffers: limits.maxStorageBuffersPerShaderStage,
      maxWorkgroupSize: limits.maxComputeInvocationsPerWorkgroup,
      features: [...features].sort(),
      ...trial,
    });
  }
  return facts;
}

async function tryOut(offer: OfferedGpu): Promise<Pick<GpuFacts, 'arithmetic' | 'refusal'>> {
  let gpu: OpenedGpu | undefined;
  try {
    gpu = await openOffer(offer);
    return { arithmetic: await arithmeticOf(gpu) };
  } catch (error) {
    if (error instanceof OpticsError) return { refusal: error.message };
    throw error;
  } finally {
    gpu?.close();
  }
}
