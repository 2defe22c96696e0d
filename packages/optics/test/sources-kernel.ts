import { readFileSync } from 'node:fs';
import type { Detector } from '@lantern/geometry';
import { packOptics } from '../../geometry/src/scene/pack-optics.ts';
import { createSections, joinSections } from '../../geometry/src/scene/section-writer.ts';
import { genstepWords } from '../src/genstep-layout.ts';
import { photonWords } from '../src/photon-layout.ts';
import type { SourceBatch } from '../src/sources/photon-source.ts';

interface Exports {
  readonly memory: WebAssembly.Memory;
  heapStart(): number;
  bindScene(base: number): void;
  configure(...settings: number[]): void;
  setLightSpectrum(address: number, knots: number): void;
  generate(
    steps: number,
    stepCount: number,
    skip: number,
    first: bigint,
    count: number,
    out: number,
  ): void;
}

/** A photon as a source made it. */
export interface MadePhoton {
  readonly at: readonly [number, number, number];
  readonly to: readonly [number, number, number];
  readonly polarisation: readonly [number, number, number];
  readonly time: number;
  readonly wavelength: number;
  readonly flag: number;
  readonly index: number;
  readonly mask: number;
}

const wasm = new WebAssembly.Module(readFileSync(new URL('../dist/kernel.wasm', import.meta.url)));

/** The sources of the kernel, with the materials of a detector (in the order of its map) bound. */
export class SourcesKernel {
  readonly #exports: Exports;
  readonly #free: number;

  constructor(
    detector: Detector,
    options: { readonly seed?: number; readonly spectrum?: Float64Array | undefined } = {},
  ) {
    const { seed = 1, spectrum = new Float64Array(0) } = options;
    const sections = createSections();
    packOptics(detector, [...detector.materials.keys()], [], sections);
    const scene = new Uint8Array(joinSections(sections));
    this.#exports = new WebAssembly.Instance(wasm, { env: { abort } }).exports as never;
    const base = align(this.#exports.heapStart());
    const spectrumAt = align(base + scene.length);
    this.#free = align(spectrumAt + spectrum.byteLength);
    this.#reserve(this.#free);
    new Uint8Array(this.#exports.memory.buffer).set(scene, base);
    new Float64Array(this.#exports.memory.buffer, spectrumAt, spectrum.length).set(spectrum);
    this.#exports.bindScene(base);
    this.#exports.setLightSpectrum(spectrumAt, spectrum.length / 2);
    this.#exports.configure(
      seed,
      0,
      0,
      Number.POSITIVE_INFINITY,
      0,
      this.#free,
      this.#free,
      this.#free,
      this.#free,
    );
  }

  /** Rows of the photons of a batch. */
  rows(batch: SourceBatch, first: number, count: number): Float32Array<ArrayBuffer> {
    if (batch.kind !== 'gensteps') throw new Error('a batch of photons, expected gensteps');
    const { steps, skip } = batch;
    const out = align(this.#free + steps.byteLength);
    this.#reserve(out + 4 * photonWords * count);
    const { memory } = this.#exports;
    new Float32Array(memory.buffer, this.#free, steps.length).set(steps);
    new Float32Array(memory.buffer, out, photonWords * count).fill(0);
    const stepCount = steps.length / genstepWords;
    this.#exports.generate(this.#free, stepCount, skip, BigInt(first), count, out);
    return new Float32Array(memory.buffer, out, photonWords * count).slice();
  }

  /** Photons of one or more generation steps. */
  photons(steps: Float32Array<ArrayBuffer>, count: number, first = 0): MadePhoton[] {
    return photonsOf(this.rows({ kind: 'gensteps', steps, skip: 0 }, first, count));
  }

  #reserve(end: number): void {
    const { memory } = this.#exports;
    const missing = end - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / 65_536));
  }
}

/** Photon rows as objects. */
export function photonsOf(rows: Float32Array<ArrayBuffer>): MadePhoton[] {
  const words = new Uint32Array(rows.buffer, rows.byteOffset, rows.length);
  return Array.from({ length: rows.length / photonWords }, (_, row): MadePhoton => {
    const f = (i: number): number => rows[row * photonWords + i] ?? Number.NaN;
    const w = (i: number): number => words[row * photonWords + i] ?? 0;
    return {
      at: [f(0), f(1), f(2)],
      time: f(3),
      to: [f(4), f(5), f(6)],
      polarisation: [f(8), f(9), f(10)],
      wavelength: f(11),
      flag: w(12) & 0xffff,
      index: w(14),
      mask: w(15),
    };
  });
}

function align(address: number): number {
  return Math.ceil(address / 16) * 16;
}

function abort(): never {
  throw new Error('the kernel aborted');
}
