import { bufferUsage, createBuffer, largestBuffer } from './gpu-buffer.ts';
import type { OpenedGpu } from './open-gpu.ts';

const { storage, copySource, copyTarget, uniform, mapRead } = bufferUsage;

/** What a buffer holds, and what it is used for. */
export type BufferKind = readonly [what: string, usage: number];

/** Name of a buffer of a stream. */
export type StreamBuffer =
  | 'settings'
  | 'source'
  | 'counters'
  | 'slots'
  | 'hits'
  | 'kept'
  | 'count'
  | 'read';
/** Name of a buffer of a batch whose photons are followed no more, or nearly so. */
export type BatchBuffer = 'hits' | 'kept' | 'read';

/** The buffers of a stream. */
export const streamBuffers: Readonly<Record<StreamBuffer, BufferKind>> = {
  settings: ['the settings of a launch', uniform | copyTarget],
  source: ['the light of the open batches', storage | copySource | copyTarget],
  counters: ['counters', storage | copySource | copyTarget],
  slots: ['photons on their way', storage | copyTarget],
  hits: ['the hits of the open batches', storage | copySource],
  kept: ['what is kept of the photons of the open batches', storage | copySource | copyTarget],
  count: ['counters that are read', mapRead | copyTarget],
  read: ['what is read back', mapRead | copyTarget],
};

/** The buffers of a batch. */
export const batchBuffers: Readonly<Record<BatchBuffer, BufferKind>> = {
  hits: ['the hits of a batch', storage | copySource | copyTarget],
  kept: ['what is kept of the photons of a batch', storage | copySource | copyTarget],
  read: ['what is read back', mapRead | copyTarget],
};

/** Sizes are rounded up to this, so that batches of nearly the same size share a buffer. */
const granule = 65_536;

/** Buffers that grow when more is asked of them, and are kept for the next use. */
export class NamedBuffers<Name extends string> {
  readonly #gpu: OpenedGpu;
  readonly #kinds: Readonly<Record<Name, BufferKind>>;
  readonly #buffers = new Map<Name, GPUBuffer>();

  constructor(gpu: OpenedGpu, kinds: Readonly<Record<Name, BufferKind>>) {
    this.#gpu = gpu;
    this.#kinds = kinds;
  }

  /**
   * Makes room for so many bytes; what was there is lost when the buffer has to grow, unless it is to be kept.
   *
   * @throws OpticsError where the device has none
   */
  async reserve(name: Name, bytes: number, keeps = false): Promise<GPUBuffer> {
    const found = this.#buffers.get(name);
    if (found && found.size >= bytes) return found;
    const [what, usage] = this.#kinds[name];
    const { device } = this.#gpu;
    const rounded = Math.ceil(Math.max(bytes, 16) / granule) * granule;
    const size = rounded > largestBuffer(device, usage) ? Math.ceil(bytes / 16) * 16 : rounded;
    if (!keeps) this.#free(name);
    const hint = 'smaller batches and fewer recorded steps need less';
    const buffer = await createBuffer(this.#gpu, { what, size, usage, hint });
    if (keeps && found) {
      const encoder = device.createCommandEncoder();
      encoder.copyBufferToBuffer(found, 0, buffer, 0, found.size);
      device.queue.submit([encoder.finish()]);
      this.#free(name);
    }
    this.#buffers.set(name, buffer);
    return buffer;
  }

  /** A buffer that there is room for. */
  get(name: Name): GPUBuffer {
    const found = this.#buffers.get(name);
    if (!found) throw new Error(`no room was made for ${name}`);
    return found;
  }

  /** Bytes of a buffer, 0 where there is none. */
  sizeOf(name: Name): number {
    return this.#buffers.get(name)?.size ?? 0;
  }

  /** Bytes of all buffers. */
  get bytes(): number {
    return [...this.#buffers.values()].reduce((sum, { size }) => sum + size, 0);
  }

  destroy(): void {
    for (const buffer of this.#buffers.values()) buffer.destroy();
    this.#buffers.clear();
  }

  #free(name: Name): void {
    this.#buffers.get(name)?.destroy();
    this.#buffers.delete(name);
  }
}

/** Buffers of a stream. */
export type StreamMemory = NamedBuffers<StreamBuffer>;
/** Buffers of a batch. */
export type BatchMemory = NamedBuffers<BatchBuffer>;
