import { bufferUsage, createBuffer } from './gpu-buffer.ts';
import type { OpenedGpu } from './open-gpu.ts';

const { storage, copySource, copyTarget, uniform, mapRead } = bufferUsage;

/** Name of a buffer of a lane. */
export type LaneBuffer =
  | 'settings'
  | 'source'
  | 'counters'
  | 'slots'
  | 'hits'
  | 'kept'
  | 'count'
  | 'read';

/** What each holds, and what it is used for. */
const kinds: Readonly<Record<LaneBuffer, readonly [what: string, usage: number]>> = {
  settings: ['the settings of a launch', uniform | copyTarget],
  source: ['the light of a batch', storage | copyTarget],
  counters: ['counters', storage | copySource | copyTarget],
  slots: ['photons on their way', storage | copyTarget],
  hits: ['the hits of a batch', storage | copySource],
  kept: ['what is kept of the photons of a batch', storage | copySource | copyTarget],
  count: ['counters that are read', mapRead | copyTarget],
  read: ['what is read back', mapRead | copyTarget],
};

/** Sizes are rounded up to this, so that batches of nearly the same size share a buffer. */
const granule = 65_536;

/** Buffers that grow when more is asked of them, and are kept from batch to batch. */
export class LaneMemory {
  readonly #gpu: OpenedGpu;
  readonly #buffers = new Map<LaneBuffer, GPUBuffer>();

  constructor(gpu: OpenedGpu) {
    this.#gpu = gpu;
  }

  /**
   * Makes room for so many bytes; what was there is lost when the buffer has to grow.
   *
   * @throws OpticsError where the device has none
   */
  async reserve(name: LaneBuffer, bytes: number): Promise<GPUBuffer> {
    const found = this.#buffers.get(name);
    if (found && found.size >= bytes) return found;
    this.#buffers.delete(name);
    found?.destroy();
    const [what, usage] = kinds[name];
    const { maxBufferSize, maxStorageBufferBindingSize } = this.#gpu.device.limits;
    const rounded = Math.ceil(Math.max(bytes, 16) / granule) * granule;
    const most = Math.min(maxBufferSize, maxStorageBufferBindingSize);
    const size = name === 'settings' || rounded > most ? Math.ceil(bytes / 16) * 16 : rounded;
    const hint = 'smaller batches and fewer recorded steps need less';
    const buffer = await createBuffer(this.#gpu, { what, size, usage, hint });
    this.#buffers.set(name, buffer);
    return buffer;
  }

  /** A buffer that there is room for. */
  get(name: LaneBuffer): GPUBuffer {
    const found = this.#buffers.get(name);
    if (!found) throw new Error(`no room was made for ${name}`);
    return found;
  }

  /** Bytes of all buffers. */
  get bytes(): number {
    return [...this.#buffers.values()].reduce((sum, { size }) => sum + size, 0);
  }

  destroy(): void {
    for (const buffer of this.#buffers.values()) buffer.destroy();
    this.#buffers.clear();
  }
}
