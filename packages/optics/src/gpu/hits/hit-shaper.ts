import type { ChildRows } from '../../batches/child-rows.ts';
import { OpticsError } from '../../errors.ts';
import { hasLite, hasMerged } from '../../hits/hit-forms.ts';
import {
  type EventCuts,
  type HitShape,
  oneEvent,
  type ShapedHits,
  shapeHits,
} from '../../hits/shape-hits.ts';
import { photonBytes } from '../../photon-layout.ts';
import type { ArithmeticForm } from '../arithmetic-form.ts';
import { bufferUsage, largestBuffer } from '../gpu-buffer.ts';
import type { OpenedGpu } from '../open-gpu.ts';
import { type ChildSlots, childHits } from './child-hits.ts';
import { GpuMemory } from './gpu-memory.ts';
import { compileHitKernels } from './hit-kernels.ts';
import { HitPass } from './hit-pass.ts';
import type { HitWork } from './hit-work.ts';
import { makeForms, statusBytes } from './make-forms.ts';
import { framesFit, uploadFrames } from './make-lite.ts';
import { type HitRows, orderHits, reserveForOrder } from './order-hits.ts';
import { HitReader } from './read-rows.ts';
import { mostSorted } from './sort-keys.ts';
import { sortedRows } from './sorted-rows.ts';

/** What does not change the forms. */
export interface ShaperOptions {
  /** Form of arithmetic that the device was found to need. */
  readonly form: ArithmeticForm;
  /** Whether there may be children; default false. */
  readonly withChildren?: boolean | undefined;
  /** Most bytes that are read at once; default 16 MiB. */
  readonly partBytes?: number | undefined;
  /** Buffers of a shaper before, which has none then; default: new ones. */
  readonly memory?: GpuMemory | undefined;
}

/**
 * Makes the forms of hits on the GPU, the same as `shapeHits` does, so that nothing but what is asked for is read back.
 */
export class HitShaper {
  readonly #shape: HitShape;
  readonly #work: HitWork;
  /** The batch before is through, or has failed. */
  #last: Promise<unknown> = Promise.resolve();
  #isClosed = false;
  #hasFailed = false;

  private constructor(shape: HitShape, work: HitWork) {
    this.#shape = shape;
    this.#work = work;
  }

  /**
   * Compiles what the forms need, once for a device.
   *
   * @throws OpticsError for a kernel that the device refuses
   */
  static async create(gpu: OpenedGpu, shape: HitShape, options: ShaperOptions): Promise<HitShaper> {
    const { form, withChildren = false, partBytes, memory = new GpuMemory(gpu) } = options;
    const hasFrames = hasLite(shape.kinds) && framesFit(gpu.device, shape.frames);
    const sorts = withChildren || hasMerged(shape.kinds);
    const names = [
      ...(['prefix-sum', 'order', 'gather'] as const),
      ...(sorts ? (['plan-sort', 'radix-sort'] as const) : []),
      ...(withChildren ? (['children'] as const) : []),
      ...(hasMerged(shape.kinds) ? (['keys', 'merge'] as const) : []),
      ...(hasFrames ? (['lite'] as const) : []),
    ];
    const kernels = await compileHitKernels(gpu, names, form);
    if (hasFrames) await uploadFrames(memory, gpu.device.queue, shape.frames);
    const reader = new HitReader(gpu, kernels, memory, partBytes);
    return new HitShaper(shape, { gpu, kernels, memory, reader });
  }

  /** Bytes read from the GPU so far. */
  get bytesRead(): number {
    return this.#work.reader.bytes;
  }

  /** Bytes of all its buffers on the GPU. */
  get bufferBytes(): number {
    return this.#work.memory.bytes;
  }

  /**
   * The hits of a batch in the forms that are asked for; batches one after the other.
   *
   * @throws OpticsError when the GPU's memory does not suffice, or it is lost
   */
  shaped(hits: HitRows, cuts: EventCuts = oneEvent): Promise<ShapedHits> {
    return this.#next(() => this.#shaped(hits, cuts));
  }

  /**
   * The children of a batch and their hits in the forms that are asked for; undefined where the device has no room for that.
   *
   * @throws OpticsError as `shaped` does
   */
  children(slots: ChildSlots, cuts: EventCuts = oneEvent): Promise<ChildRows | undefined> {
    return this.#next(() => this.#children(slots, cuts));
  }

  /**
   * Takes no more hits, and gives its buffers away when the last are through: to another shaper, or to be destroyed. After an
   * error, which leaves them as they were then, it destroys them.
   */
  async close(): Promise<GpuMemory | undefined> {
    this.#isClosed = true;
    await this.#last;
    const { memory } = this.#work;
    if (!this.#hasFailed) return memory;
    memory.destroy();
    return undefined;
  }

  /** After all that came before. */
  #next<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(() => {
      if (this.#isClosed) throw new Error('hits for a shaper that is closed');
      return work();
    });
    this.#last = done.catch(() => {
      this.#hasFailed = true;
    });
    return done;
  }

  async #shaped(hits: HitRows, cuts: EventCuts): Promise<ShapedHits> {
    if (hits.count === 0) return shapeHits(new Uint32Array(0), this.#shape, cuts);
    if (!this.#fits(hits, cuts)) return await this.#onHost(hits, cuts);
    const { memory } = this.#work;
    await memory.restart();
    await reserveForOrder(memory, hits);
    const pass = await this.#firstPass();
    orderHits(pass, memory, hits);
    pass.submit();
    const { forms, faults } = await makeForms(this.#work, this.#shape, hits, cuts);
    if (faults > 0) throw wrongNumbers(faults, hits);
    return forms;
  }

  async #children(slots: ChildSlots, cuts: EventCuts): Promise<ChildRows | undefined> {
    if (!this.#fits(slots, cuts)) return undefined;
    await this.#work.memory.restart();
    const { parents, hits } = await childHits(this.#work, slots);
    if (hits.count === 0)
      return { count: slots.count, parents, ...shapeHits(new Uint32Array(0), this.#shape, cuts) };
    (await this.#firstPass()).submit();
    const { forms } = await makeForms(this.#work, this.#shape, hits, cuts);
    return { count: slots.count, parents, ...forms };
  }

  /** Begins counting. */
  async #firstPass(): Promise<HitPass> {
    const { gpu, kernels, memory } = this.#work;
    const status = await memory.reserve('status', statusBytes);
    const pass = new HitPass(gpu, kernels);
    pass.clear(status, statusBytes);
    return pass;
  }

  /** Whether the device can bind all that it takes; the largest are the rows themselves. */
  #fits({ buffer, count, photons }: HitRows | ChildSlots, cuts: EventCuts): boolean {
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
}

function wrongNumbers(faults: number, { first, photons }: HitRows): OpticsError {
  return new OpticsError({
    what: 'the GPU has given hits of photons that are not of its batch, or two of one photon',
    given: `${faults} of them among photons ${first} to ${first + photons - 1}`,
    hint: 'this is a fault of Lantern or of the driver; the CPU engine does without',
  });
}
