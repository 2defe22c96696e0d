import { bufferUsage, createBuffer, largestBuffer } from '../gpu-buffer.ts';
import type { OpenedGpu } from '../open-gpu.ts';

/** Where parameters of a kernel may begin in a buffer, on every device. */
const alignment = 256;
const granule = 4096;
const parameterBytes = 256 * 1024;
const { storage, copySource, copyTarget, uniform } = bufferUsage;

/** Buffers that grow as they are needed and are used again, and parameters of kernels. */
export class GpuMemory {
  readonly #gpu: OpenedGpu;
  readonly #buffers = new Map<string, GPUBuffer>();
  readonly #parameters = new Uint32Array(parameterBytes / 4);
  #used = 0;

  constructor(gpu: OpenedGpu) {
    this.#gpu = gpu;
  }

  /**
   * Makes sure that the buffer of a name has so many bytes; what it held is gone when it has to grow.
   *
   * @param usage beside storage and copying
   * @throws OpticsError when it is too large for the device
   */
  async reserve(name: string, bytes: number, usage = 0): Promise<GPUBuffer> {
    const present = this.#buffers.get(name);
    if (present && present.size >= bytes) return present;
    const all = usage & bufferUsage.mapRead ? usage | copyTarget : usage | shared;
    const largest = largestBuffer(this.#gpu.device, all);
    const size = Math.max(bytes, Math.min(largest, withSpare(bytes)));
    present?.destroy();
    this.#buffers.delete(name);
    const wish = { what: `the ${name} of hits`, size, usage: all };
    const buffer = await createBuffer(this.#gpu, wish);
    this.#buffers.set(name, buffer);
    return buffer;
  }

  /** A buffer that is reserved. */
  get(name: string): GPUBuffer {
    const buffer = this.#buffers.get(name);
    if (!buffer) throw new Error(`no buffer ${name}`);
    return buffer;
  }

  /** Parameters of a kernel, as its uniform binding. They hold until `restart`. */
  parameters(words: readonly number[]): GPUBufferBinding {
    const offset = this.#used;
    this.#parameters.set(words, offset / 4);
    const size = 16 * Math.ceil(words.length / 4);
    this.#used += alignment * Math.ceil(size / alignment);
    if (this.#used > parameterBytes) throw new Error('more parameters than there is room for');
    const buffer = this.get('parameters');
    // In the order of the queue: before what is submitted after this.
    this.#gpu.device.queue.writeBuffer(buffer, offset, this.#parameters, offset / 4, size / 4);
    return { buffer, offset, size };
  }

  /** Forgets all parameters: when nothing runs any more that reads them. */
  async restart(): Promise<void> {
    this.#used = 0;
    await this.reserve('parameters', parameterBytes, uniform);
  }

  /** Bytes of all buffers. */
  get bytes(): number {
    return [...this.#buffers.values()].reduce((sum, { size }) => sum + size, 0);
  }

  /** Frees all of it. */
  destroy(): void {
    for (const buffer of this.#buffers.values()) buffer.destroy();
    this.#buffers.clear();
  }
}

const shared = storage | copySource | copyTarget;

/** With a quarter to spare: batches have about as many hits as those before. */
function withSpare(bytes: number): number {
  return granule * Math.ceil((1.25 * bytes) / granule);
}
