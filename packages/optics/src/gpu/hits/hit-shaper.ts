import { OpticsError } from '../../errors.ts';
import { hasLite, hasMerged } from '../../hits/hit-forms.ts';
import { type HitLayout, wholeHit } from '../../hits/hit-layout.ts';
import {
  type EventCuts,
  type HitShape,
  type MergedPart,
  oneEvent,
  type ShapedHits,
  shapeHits,
} from '../../hits/shape-hits.ts';
import { photonBytes } from '../../photon-layout.ts';
import { bufferUsage, largestBuffer } from '../gpu-buffer.ts';
import type { OpenedGpu } from '../open-gpu.ts';
import { GpuMemory } from './gpu-memory.ts';
import { type ArithmeticForm, compileHitKernels } from './hit-kernels.ts';
import { HitPass } from './hit-pass.ts';
import { framesFit, makeLite, reserveForLite, uploadFrames } from './make-lite.ts';
import { type HitWork, mergeRows } from './merge-rows.ts';
import { type HitRows, orderHits, reserveForOrder } from './order-hits.ts';
import { HitReader } from './read-rows.ts';
import { mostSorted } from './sort-keys.ts';
import { sortedRows } from './sorted-rows.ts';

/**
 * Makes the forms of hits on the GPU, the same as `shapeHits` does, so that nothing but what is asked for is read back.
 */
export class HitShaper {
  readonly #shape: HitShape;
  readonly #work: HitWork;
  /** The batch before is through, or has failed. */
  #last: Promise<unknown> = Promise.resolve();

  private constructor(shape: HitShape, work: HitWork) {
    this.#shape = shape;
    this.#work = work;
  }

  /**
   * Compiles what the forms need.
   *
   * @param form of arithmetic that the device was found to need
   * @param partBytes most bytes that are read at once; default 16 MiB
   * @throws OpticsError for a kernel that the device refuses
   */
  static async create(
    gpu: OpenedGpu,
    shape: HitShape,
    form: ArithmeticForm,
    partBytes?: number,
  ): Promise<HitShaper> {
    const merging = ['keys', 'plan-sort', 'radix-sort', 'merge'] as const;
    const lite =
      hasLite(shape.kinds) && framesFit(gpu.device, shape.frames) ? (['lite'] as const) : [];
    const kernels = await compileHitKernels(
      gpu,
      [
        ...(['prefix-sum', 'order', 'gather'] as const),
        ...(hasMerged(shape.kinds) ? merging : []),
        ...lite,
      ],
      form,
    );
    const memory = new GpuMemory(gpu);
    if (lite.length > 0) await uploadFrames(memory, gpu.device.queue, shape.frames);
    const reader = new HitReader(gpu, kernels, memory, partBytes);
    return new HitShaper(shape, { gpu, kernels, memory, reader });
  }

  /** Bytes read from the GPU so far. */
  get bytesRead(): number {
    return this.#work.reader.bytes;
  }

  /**
   * The hits of a batch in the forms that are asked for; batches one after the other.
   *
   * @throws OpticsError when the GPU's memory does not suffice, or it is lost
   */
  shaped(hits: HitRows, cuts: EventCuts = oneEvent): Promise<ShapedHits> {
    const shaped = this.#last.then(() => this.#shaped(hits, cuts));
    this.#last = shaped.catch(() => {});
    return shaped;
  }

  async #shaped(hits: HitRows, cuts: EventCuts): Promise<ShapedHits> {
    if (hits.count === 0) return shapeHits(new Uint32Array(0), this.#shape, cuts);
    if (!this.#fits(hits, cuts)) return await this.#onHost(hits, cuts);
    const { gpu, kernels, memory, reader } = this.#work;
    await memory.restart();
    await memory.reserve('status', statusBytes);
    await reserveForOrder(memory, hits);
    const pass = new HitPass(gpu, kernels);
    pass.clear(memory.get('status'), statusBytes);
    orderHits(pass, memory, hits);
    if (hasLite(this.#shape.kinds)) await this.#makeLite(pass, hits);
    pass.submit();
    const [[faults = 0, behind = 0], forms] = await Promise.all([
      reader.buffer('status', statusBytes),
      this.#forms(hits, cuts),
    ]);
    if (faults > 0) throw wrongNumbers(faults, hits);
    return hasLite(this.#shape.kinds) ? { ...forms, behind } : forms;
  }

  async #makeLite(pass: HitPass, hits: HitRows): Promise<void> {
    const { lite, frames } = this.#shape;
    const { memory } = this.#work;
    await reserveForLite(memory, hits);
    makeLite(pass, memory, hits, frames.length / 12, lite);
  }

  /** The forms one after the other: they share their memory. */
  async #forms(hits: HitRows, cuts: EventCuts): Promise<ShapedHits> {
    const { kinds, lite, window } = this.#shape;
    const { memory } = this.#work;
    const merged = (rows: GPUBuffer, layout: HitLayout): Promise<MergedPart[]> =>
      mergeRows(this.#work, { hits, rows, layout, cuts, window });
    const whole = kinds.includes('hits')
      ? await this.#inOrder(hits.buffer, wholeHit, hits.count)
      : new Uint32Array(0);
    return {
      hits: new Float32Array(whole.buffer),
      lite: kinds.includes('hits-lite')
        ? await this.#inOrder(memory.get('lite'), lite, hits.count)
        : undefined,
      merged: kinds.includes('hits-merged') ? await merged(hits.buffer, wholeHit) : undefined,
      liteMerged: kinds.includes('hits-lite-merged')
        ? await merged(memory.get('lite'), lite)
        : undefined,
    };
  }

  /** Rows in the order of their photons. */
  #inOrder(
    rows: GPUBuffer,
    { words }: HitLayout,
    count: number,
  ): Promise<Uint32Array<ArrayBuffer>> {
    const { memory, reader } = this.#work;
    return reader.rows(words, count, (pass, first, n, into) => {
      const part = memory.parameters([first, n, words / 4]);
      const bindings = { 0: part, 1: rows, 2: memory.get('places'), 3: into };
      pass.run('gather', bindings, (n * words) / 4);
    });
  }

  /** Whether the device can bind all that it takes; the largest are the rows themselves. */
  #fits({ buffer, count, photons }: HitRows, cuts: EventCuts): boolean {
    const { device } = this.#work.gpu;
    const largest = largestBuffer(device, bufferUsage.storage);
    const sizes = [buffer.size, photonBytes * count, photons / 8, 4 * cuts.starts.length];
    if (hasLite(this.#shape.kinds) && !framesFit(device, this.#shape.frames)) return false;
    return (
      sizes.every((size) => size <= largest) && count <= mostSorted(device) && photons < 2 ** 32
    );
  }

  /** By the host, from all rows: of more hits than a buffer of this device holds. */
  async #onHost({ buffer, count }: HitRows, cuts: EventCuts): Promise<ShapedHits> {
    const rows = await this.#work.reader.raw(buffer, photonBytes * count);
    return shapeHits(sortedRows(rows), this.#shape, cuts);
  }

  /** Frees what it has on the GPU. */
  destroy(): void {
    this.#work.memory.destroy();
  }
}

const statusBytes = 16;

function wrongNumbers(faults: number, { first, photons }: HitRows): OpticsError {
  return new OpticsError({
    what: 'the GPU has given hits of photons that are not of its batch, or two of one photon',
    given: `${faults} of them among photons ${first} to ${first + photons - 1}`,
    hint: 'this is a fault of Lantern or of the driver; the CPU engine does without',
  });
}
