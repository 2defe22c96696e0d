import { OpticsError } from '../errors.ts';
import { brief, outOfMemory } from './gpu-failure.ts';
import type { OpenedGpu } from './open-gpu.ts';

/** What a buffer may be used for, as bits: `GPUBufferUsage` of the WebGPU standard, which Node has not. */
export const bufferUsage = {
  mapRead: 0x1,
  mapWrite: 0x2,
  copySource: 0x4,
  copyTarget: 0x8,
  uniform: 0x40,
  storage: 0x80,
  indirect: 0x100,
  queryResolve: 0x200,
} as const;

/** A buffer that is wanted. */
export interface BufferWish {
  /** What it holds, for people: `the scene`. */
  readonly what: string;
  /** Bytes, a multiple of 4, above 0. */
  readonly size: number;
  /** Sum of `bufferUsage`. */
  readonly usage: number;
  /** What to do when it is too large, for people. */
  readonly hint?: string | undefined;
}

/**
 * A buffer on the GPU.
 *
 * @throws OpticsError when it is larger than the device allows, or than its free memory
 */
export async function createBuffer(gpu: OpenedGpu, wish: BufferWish): Promise<GPUBuffer> {
  requireFitting(gpu, wish);
  const { device, name } = gpu;
  const { what, size, usage } = wish;
  device.pushErrorScope('validation');
  device.pushErrorScope('out-of-memory');
  const buffer = device.createBuffer({ label: what, size, usage });
  const [memory, invalid] = await gpu.guard(
    Promise.all([device.popErrorScope(), device.popErrorScope()]),
  );
  if (memory) throw outOfMemory(name, `${what}, ${inWords(size)}`, memory.message);
  if (invalid)
    throw new OpticsError({
      what: `the GPU ${name} refuses a buffer for ${what}`,
      given: `${inWords(size)}: ${brief(invalid.message)}`,
      cause: new Error(invalid.message),
    });
  return buffer;
}

/** Bytes that a buffer can have on a device: a storage buffer is also bound as a whole. */
export function largestBuffer({ limits }: GPUDevice, usage: number): number {
  const { maxBufferSize, maxStorageBufferBindingSize, maxUniformBufferBindingSize } = limits;
  if (usage & bufferUsage.storage) return Math.min(maxBufferSize, maxStorageBufferBindingSize);
  if (usage & bufferUsage.uniform) return Math.min(maxBufferSize, maxUniformBufferBindingSize);
  return maxBufferSize;
}

/** @throws OpticsError that names what is too large, its size and the limit */
function requireFitting(
  { device, name }: OpenedGpu,
  { what, size, usage, hint }: BufferWish,
): void {
  const limit = largestBuffer(device, usage);
  if (size <= limit) return;
  throw new OpticsError({
    what: `${what}: too large for a buffer of the GPU ${name}`,
    given: inWords(size),
    expected: `at most ${inWords(limit)}`,
    hint: hint ?? 'the CPU engine has no such limit',
  });
}

function inWords(bytes: number): string {
  const mebibytes = bytes / 2 ** 20;
  return mebibytes < 1 ? `${bytes} bytes` : `${Number(mebibytes.toPrecision(4))} MiB`;
}
