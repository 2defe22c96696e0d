import type { ArithmeticForm } from '../src/gpu/arithmetic-form.ts';
import { arithmeticOf } from '../src/gpu/arithmetic-probe.ts';
import { bufferUsage } from '../src/gpu/gpu-buffer.ts';
import { HitShaper } from '../src/gpu/hits/hit-shaper.ts';
import type { OpenedGpu } from '../src/gpu/open-gpu.ts';
import type { EventCuts, HitShape, ShapedHits } from '../src/hits/shape-hits.ts';
import { photonWords } from '../src/photon-layout.ts';
import { openSoftwareGpu } from './software-gpu.ts';

/** A hit of a photon, as far as forms of hits look at it. */
export interface TestHit {
  readonly photon: number;
  readonly identity: number;
  readonly time: number;
  readonly count: number;
  readonly mask: number;
  readonly position: readonly [number, number, number];
}

/** Rows of 16 words, in the order given. */
export function hitRows(hits: readonly TestHit[]): Uint32Array<ArrayBuffer> {
  const words = new Uint32Array(hits.length * photonWords);
  const values = new Float32Array(words.buffer);
  hits.forEach(({ photon, identity, time, count, mask, position }, i) => {
    const row = i * photonWords;
    values.set(position, row);
    values[row + 3] = time;
    words[row + 7] = count * 2 ** 16 + (photon % 5);
    words[row + 12] = (photon * 7919) % 3;
    words[row + 13] = identity + Math.floor(photon / 2 ** 32) * 2 ** 24;
    words[row + 14] = photon % 2 ** 32;
    words[row + 15] = mask;
  });
  return words;
}

/** Frames of sensors that stand here and there, turned this way and that. */
export function turnedFrames(sensors: number): Float64Array {
  return Float64Array.from({ length: sensors }, (_, i) => i).reduce(
    (frames, _, i) => {
      const [u, v] = [i * 0.7, i * 1.3];
      const [a, b, c, d] = [Math.cos(u), Math.sin(u), Math.cos(v), Math.sin(v)];
      frames.set([a, -b * c, b * d, b, a * c, -a * d, 0, d, c], 12 * i);
      frames.set([(i % 7) * 100.1, (i % 11) * -300.3, i / 9], 12 * i + 9);
      return frames;
    },
    new Float64Array(12 * sensors),
  );
}

/** Shapes rows on the software GPU. */
export class GpuHits {
  readonly gpu: OpenedGpu;
  readonly #form: ArithmeticForm;

  private constructor(gpu: OpenedGpu, form: ArithmeticForm) {
    this.gpu = gpu;
    this.#form = form;
  }

  static async open(): Promise<GpuHits> {
    const gpu = await openSoftwareGpu();
    return new GpuHits(gpu, await arithmeticOf(gpu));
  }

  shaper(shape: HitShape, partBytes?: number): Promise<HitShaper> {
    const options = { form: this.#form, partBytes, withChildren: true };
    return HitShaper.create(this.gpu, shape, options);
  }

  upload(words: Uint32Array<ArrayBuffer>): GPUBuffer {
    const { device } = this.gpu;
    const { storage, copyTarget, copySource } = bufferUsage;
    const usage = storage | copyTarget | copySource;
    const buffer = device.createBuffer({ size: Math.max(64, words.byteLength), usage });
    device.queue.writeBuffer(buffer, 0, words);
    return buffer;
  }

  /** @param rows in any order, of photons from `first` on */
  async shaped(
    shaper: HitShaper,
    rows: Uint32Array<ArrayBuffer>,
    [first, photons]: readonly [number, number],
    cuts?: EventCuts,
  ): Promise<ShapedHits> {
    const buffer = this.upload(rows);
    const hits = { buffer, count: rows.length / photonWords, first, photons };
    try {
      return await shaper.shaped(hits, cuts);
    } finally {
      buffer.destroy();
    }
  }
}
