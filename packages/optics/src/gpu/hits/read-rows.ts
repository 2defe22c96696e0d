import { bufferUsage, largestBuffer } from '../gpu-buffer.ts';
import type { OpenedGpu } from '../open-gpu.ts';
import type { GpuMemory } from './gpu-memory.ts';
import type { HitKernels } from './hit-kernels.ts';
import { HitPass } from './hit-pass.ts';

/** What is read at once: rows beyond come in further parts. */
const partBytes = 2 ** 24;

/** Reads from the GPU, and counts the bytes. */
export class HitReader {
  readonly #gpu: OpenedGpu;
  readonly #kernels: HitKernels;
  readonly #memory: GpuMemory;
  readonly #partBytes: number;
  /** Bytes read so far. */
  bytes = 0;

  /** @param most bytes of a part; default 16 MiB */
  constructor(gpu: OpenedGpu, kernels: HitKernels, memory: GpuMemory, most: number = partBytes) {
    this.#gpu = gpu;
    this.#kernels = kernels;
    this.#memory = memory;
    this.#partBytes = Math.min(most, largestBuffer(gpu.device, bufferUsage.storage));
  }

  /**
   * Reads rows part after part.
   *
   * @param words of a row
   * @param write tells the GPU to write `count` rows from the one of number `first` on into a buffer
   */
  async rows(
    words: number,
    count: number,
    write: (pass: HitPass, first: number, count: number, into: GPUBuffer) => void,
  ): Promise<Uint32Array<ArrayBuffer>> {
    const all = new Uint32Array(words * count);
    const most = Math.max(1, Math.floor(this.#partBytes / (4 * words)));
    const bytes = 4 * words * Math.min(most, count);
    if (count === 0) return all;
    const part = await this.#memory.reserve('part that is read', bytes);
    for (let first = 0; first < count; first += most) {
      const rows = Math.min(most, count - first);
      const pass = new HitPass(this.#gpu, this.#kernels);
      write(pass, first, rows, part);
      all.set(await this.#take(pass, part, 4 * words * rows), words * first);
    }
    return all;
  }

  /** Bytes of a buffer of the memory, as what is submitted before leaves them; of each buffer once at a time. */
  buffer(name: string, bytes: number, at = 0): Promise<Uint32Array<ArrayBuffer>> {
    const pass = new HitPass(this.#gpu, this.#kernels);
    return this.#take(pass, this.#memory.get(name), bytes, at, `copy of the ${name}`);
  }

  /** Bytes of a buffer as they are, part after part. */
  async raw(source: GPUBuffer, bytes: number): Promise<Uint32Array<ArrayBuffer>> {
    const all = new Uint32Array(bytes / 4);
    for (let at = 0; at < bytes; at += this.#partBytes) {
      const pass = new HitPass(this.#gpu, this.#kernels);
      const size = Math.min(this.#partBytes, bytes - at);
      all.set(await this.#take(pass, source, size, at), at / 4);
    }
    return all;
  }

  async #take(
    pass: HitPass,
    source: GPUBuffer,
    bytes: number,
    at = 0,
    name = 'part for the host',
  ): Promise<Uint32Array<ArrayBuffer>> {
    const staging = await this.#memory.reserve(name, bytes, bufferUsage.mapRead);
    pass.copy(source, at, staging, 0, bytes);
    pass.submit();
    await this.#gpu.guard(staging.mapAsync(1, 0, bytes));
    const words = new Uint32Array(staging.getMappedRange(0, bytes).slice(0));
    staging.unmap();
    this.bytes += bytes;
    return words;
  }
}
