import type { OpenedGpu } from './open-gpu.ts';

/** Bytes that are mapped at a time. */
const chunkBytes = 16 * 2 ** 20;
const read = 1;

/** Has a buffer that can be mapped. */
export interface ReadingMemory {
  reserve(name: 'read', bytes: number): Promise<GPUBuffer>;
}

/**
 * Copies a part of a buffer to the host.
 *
 * @param from offset in bytes, a multiple of 4
 * @param into takes it; a multiple of 4 bytes
 * @throws OpticsError when the device is lost
 */
export async function readBuffer(
  gpu: OpenedGpu,
  memory: ReadingMemory,
  buffer: GPUBuffer,
  from: number,
  into: Uint32Array<ArrayBuffer>,
): Promise<void> {
  for (let at = 0; at < into.byteLength; at += chunkBytes) {
    const bytes = Math.min(chunkBytes, into.byteLength - at);
    const staging = await memory.reserve('read', bytes);
    const encoder = gpu.device.createCommandEncoder();
    encoder.copyBufferToBuffer(buffer, from + at, staging, 0, bytes);
    gpu.device.queue.submit([encoder.finish()]);
    await gpu.guard(staging.mapAsync(read, 0, bytes));
    into.set(new Uint32Array(staging.getMappedRange(0, bytes)), at / 4);
    staging.unmap();
  }
}
