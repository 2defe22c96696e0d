import type { BatchResult, BatchSettings, Stray } from '../batches/batch-result.ts';
import { SpareBuffers } from '../batches/spare-buffers.ts';
import { OpticsError } from '../errors.ts';
import { genstepWords } from '../genstep-layout.ts';
import { type EventCuts, oneEvent, shapeHits } from '../hits/shape-hits.ts';
import { photonBytes, photonWords, tallyFields } from '../photon-layout.ts';
import type { SourceBatch } from '../sources/photon-source.ts';
import { readTally, type Tally } from '../tally.ts';
import { readChildren } from './child-slots.ts';

/** What the WebAssembly kernel exports (kernel/wasm/index.ts). Addresses are bytes in `memory`. */
export interface KernelExports {
  readonly memory: WebAssembly.Memory;
  heapStart(): number;
  bindScene(base: number): void;
  configure(
    seedLow: number,
    seedHigh: number,
    maxBounces: number,
    maxTime: number,
    recordSteps: number,
    tally: number,
    recordBase: number,
    childrenStart: number,
    childrenEnd: number,
  ): void;
  childCount(): number;
  readonly childrenLost: WebAssembly.Global;
  setLightSpectrum(address: number, knots: number): void;
  generate(
    steps: number,
    stepCount: number,
    skip: number,
    firstIndex: bigint,
    count: number,
    out: number,
  ): void;
  propagate(photons: number, count: number, firstIndex: bigint, hits: number): number;
}

const pageBytes = 65_536;
/** What the children of one batch may take: more is light that multiplies without end, or a batch too large. */
const mostChildBytes = 2 ** 30;
/** Addresses beyond are not for children: 32 bits have to hold the end of the last slot, too. */
const lastAddress = 2 ** 32 - 2 ** 28;
const traceBytes = 8;
/** Photons, records and traces of two batches. */
const mostSpare = 6;

/** Where a batch stands in memory. */
interface Place {
  readonly first: number;
  readonly count: number;
  readonly photons: number;
  readonly steps: number;
}

/** The kernel with one scene in its memory: scene, spectrum and tally, then the working space of a batch. */
export class Kernel {
  readonly #exports: KernelExports;
  readonly #settings: BatchSettings;
  readonly #tally: number;
  readonly #space: number;
  readonly #spare = new SpareBuffers(mostSpare);

  constructor(module: WebAssembly.Module, scene: ArrayBufferLike, settings: BatchSettings) {
    this.#exports = instantiate(module);
    this.#settings = settings;
    const sceneStart = align(this.#exports.heapStart());
    const spectrum = settings.lightSpectrum ?? new Float64Array(0);
    const spectrumStart = align(sceneStart + scene.byteLength);
    this.#tally = align(spectrumStart + spectrum.byteLength);
    this.#space = align(this.#tally + 8 * tallyFields.length);
    this.#reserve(this.#space, 'the scene');
    this.#bytes().set(new Uint8Array(scene), sceneStart);
    this.#exports.bindScene(sceneStart);
    if (spectrum.length > 0) {
      new Float64Array(this.#memory(), spectrumStart, spectrum.length).set(spectrum);
      this.#exports.setLightSpectrum(spectrumStart, spectrum.length / 2);
    }
  }

  /**
   * Propagates `count` photons, the first of which has the number `first`.
   *
   * @param cuts where events begin, when hits are merged event by event
   * @param spare buffers that nobody needs any more, for this result or a later one
   * @throws OpticsError when the memory does not suffice
   */
  propagate(
    first: number,
    count: number,
    input: SourceBatch,
    cuts: EventCuts = oneEvent,
    spare: readonly ArrayBuffer[] = [],
  ): BatchResult {
    this.#spare.add(spare);
    const { recordSteps, keepPhotons, seed, maxBounces, maxTime } = this.#settings;
    const photons = this.#space;
    const hits = photons + count * photonBytes;
    const records = hits + count * photonBytes;
    const traces = records + count * recordSteps * photonBytes;
    const steps = traces + count * recordSteps * traceBytes;
    const stepWords = input.kind === 'gensteps' ? input.steps.length : 0;
    const begin = performance.now();
    const children = align(steps + 4 * stepWords);
    this.#reserve(children, `a batch of ${count} photons`);
    this.#bytes().fill(0, this.#tally, this.#space);
    this.#bytes().fill(0, records, steps);
    const seedLow = Number(BigInt.asUintN(32, seed));
    const seedHigh = Number(BigInt.asUintN(32, seed >> 32n));
    this.#exports.configure(
      seedLow,
      seedHigh,
      maxBounces,
      maxTime,
      recordSteps,
      this.#tally,
      records,
      children,
      Math.max(children, Math.min(lastAddress, children + mostChildBytes)),
    );
    const place = { first, count, photons, steps };
    this.#load(input, place);
    const generated = performance.now();
    const hitCount = this.#exports.propagate(photons, count, BigInt(first), hits);
    const propagated = performance.now();
    const tally = readTally(new BigUint64Array(this.#memory(), this.#tally, tallyFields.length));
    const result = {
      tally,
      ...shapeHits(
        new Uint32Array(this.#memory(), hits, hitCount * photonWords),
        this.#settings.hitShape,
        cuts,
      ),
      photons: keepPhotons ? this.#copy(photons, count * photonWords) : undefined,
      records: recordSteps > 0 ? this.#copy(records, count * recordSteps * photonWords) : undefined,
      traces:
        recordSteps > 0
          ? new Int32Array(this.#copy(traces, count * recordSteps * 2).buffer)
          : undefined,
      ...this.#children(children, tally, first, cuts),
      stray: tally.firstOutside > 0n ? this.#stray(tally, input, place) : undefined,
    };
    return {
      ...result,
      seconds: {
        generate: (generated - begin) / 1000,
        propagate: (propagated - generated) / 1000,
        deliver: (performance.now() - propagated) / 1000,
      },
    };
  }

  #children(
    at: number,
    tally: Tally,
    first: number,
    cuts: EventCuts,
  ): Pick<BatchResult, 'children' | 'tooMany'> {
    const lost = this.#exports.childrenLost.value as number;
    if (lost !== 0) {
      const photon = first + Number(tally.photons - tally.children) - 1;
      return {
        tooMany: { photon, descendants: lost === 1 ? this.#exports.childCount() : undefined },
      };
    }
    const count = this.#exports.childCount();
    if (count === 0) return {};
    const { recordSteps, keepPhotons, hitShape } = this.#settings;
    const kept = { recordSteps, keepPhotons, hitShape, cuts };
    const slots = { memory: this.#memory(), at, count, ...kept };
    return { children: readChildren(slots) };
  }

  /** The kernel has written over the photon; where it started is seen by loading the batch again. */
  #stray({ firstOutside }: Tally, input: SourceBatch, place: Place): Stray {
    const photon = Number(firstOutside) - 1;
    this.#load(input, place);
    const row = place.photons + (photon - place.first) * photonBytes;
    const [x = 0, y = 0, z = 0] = new Float32Array(this.#memory(), row, 3);
    return { photon, position: [x, y, z] };
  }

  /** Brings the photons of a batch to the address `photons`: as they are, or made from generation steps. */
  #load(input: SourceBatch, at: Place): void {
    if (input.kind === 'photons') {
      new Float32Array(this.#memory(), at.photons, at.count * photonWords).set(input.photons);
      return;
    }
    new Float32Array(this.#memory(), at.steps, input.steps.length).set(input.steps);
    const stepCount = input.steps.length / genstepWords;
    this.#exports.generate(at.steps, stepCount, input.skip, BigInt(at.first), at.count, at.photons);
  }

  /** Views of the memory are made anew each time: growing it detaches those before. */
  #memory(): ArrayBuffer {
    return this.#exports.memory.buffer as ArrayBuffer;
  }

  #bytes(): Uint8Array {
    return new Uint8Array(this.#memory());
  }

  #copy(address: number, words: number): Float32Array<ArrayBuffer> {
    const copy = new Uint32Array(this.#spare.take(4 * words));
    copy.set(new Uint32Array(this.#memory(), address, words));
    return new Float32Array(copy.buffer);
  }

  #reserve(end: number, what: string): void {
    const { memory } = this.#exports;
    const missing = Math.ceil((end - memory.buffer.byteLength) / pageBytes);
    if (missing <= 0) return;
    try {
      memory.grow(missing);
    } catch (cause) {
      throw new OpticsError({
        what: `not enough memory for ${what} in a worker of the CPU engine`,
        given: `a need of ${Math.ceil(end / 2 ** 20)} MiB`,
        expected: 'less than the memory of this machine and than 4096 MiB for each worker',
        hint: 'fewer threads, fewer recorded steps, or smaller batches need less',
        cause,
      });
    }
  }
}

function instantiate(module: WebAssembly.Module): KernelExports {
  const imports = { env: { abort: kernelAborted } };
  return new WebAssembly.Instance(module, imports).exports as unknown as KernelExports;
}

function kernelAborted(_message: number, _file: number, line: number, column: number): never {
  throw new Error(`the kernel stopped at ${line}:${column}`);
}

function align(address: number): number {
  return Math.ceil(address / 16) * 16;
}
