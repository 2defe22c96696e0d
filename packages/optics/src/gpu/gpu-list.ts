import { NoGpuError } from '../errors.ts';
import type { GpuPlatform, OfferedGpu } from './gpu-platform.ts';
import { openOffer } from './open-gpu.ts';

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
    const refusal = await refusalOf(offer);
    facts.push({
      name,
      isSoftware,
      driver: info.description,
      maxBufferSize: limits.maxBufferSize,
      maxStorageBufferBindingSize: limits.maxStorageBufferBindingSize,
      maxStorageBuffers: limits.maxStorageBuffersPerShaderStage,
      maxWorkgroupSize: limits.maxComputeInvocationsPerWorkgroup,
      features: [...features].sort(),
      ...(refusal !== undefined && { refusal }),
    });
  }
  return facts;
}

async function refusalOf(offer: OfferedGpu): Promise<string | undefined> {
  try {
    (await openOffer(offer)).close();
    return undefined;
  } catch (error) {
    if (error instanceof NoGpuError) return error.message;
    throw error;
  }
}
