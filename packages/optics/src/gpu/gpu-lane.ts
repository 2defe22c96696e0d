import type { BatchRange } from '../batches/batch-plan.ts';
import type { BatchResult, BatchSettings, Stray } from '../batches/batch-result.ts';
import { childRows } from '../batches/child-rows.ts';
import { OpticsError } from '../errors.ts';
import type { EventCuts } from '../hits/shape-hits.ts';
import { photonBytes, photonWords, tallyFields } from '../photon-layout.ts';
import type { SourceBatch } from '../sources/photon-source.ts';
import { readTally, type Tally } from '../tally.ts';
import { childSlotWords, type KeptPlaces, keptPlaces } from './batch-places.ts';
import { type BatchSource, batchSource } from './batch-source.ts';
import { orderedChildren } from './gpu-children.ts';
import type { GpuKernel } from './gpu-kernel.ts';
import type { ChildSlots } from './hits/child-hits.ts';
import type { HitShaper } from './hits/hit-shaper.ts';
import type { LaneMemory } from './lane-memory.ts';
import { counters, nobody, slotWords } from './launch-layout.ts';
import { stampBytes } from './launch-stamps.ts';
import { readBuffer } from './read-buffer.ts';
import { counterWords, type LaunchTools, runLaunches } from './run-launches.ts';
import { far } from './scene-image.ts';
import { type Settings, settingsBytes } from './settings-layout.ts';
import type { WorkDone } from './work-done.ts';

/** What lanes of a propagation share. */
export interface LaneTools extends LaunchTools {
  readonly settings: BatchSettings;
  readonly hits: HitShaper;
  /** Threads without a photon take one in every so many turns. */
  readonly refill: number;
  /** A spare array of so many bytes, with anything in it. */
  readonly take: (bytes: number) => ArrayBuffer;
  /** A kernel is ready. */
  readonly onReady: () => void;
  readonly work: WorkDone;
}

/** A batch on the GPU. */
interface Loaded {
  readonly range: BatchRange;
  readonly source: BatchSource;
  readonly kernel: GpuKernel;
}

/** Follows one batch at a time on the GPU, with buffers of its own; several lanes keep the GPU busy. */
export class GpuLane {
  readonly #tools: LaneTools;
  readonly #memory: LaneMemory;

  constructor(tools: LaneTools, memory: LaneMemory) {
    this.#tools = tools;
    this.#memory = memory;
  }

  /**
   * Propagates a batch.
   *
   * @throws OpticsError when the GPU's memory does not suffice, it is lost, or something went wrong in the kernel
   */
  async follow(range: BatchRange, input: SourceBatch, cuts: EventCuts): Promise<BatchResult> {
    const begin = performance.now();
    const source = batchSource(input);
    const kernel = await this.#tools.kernels.kernel(input);
    this.#tools.onReady();
    const batch = { range, source, kernel };
    await this.#load(source);
    const { recordSteps, keepPhotons } = this.#tools.settings;
    let seconds = { generate: (performance.now() - begin) / 1000, propagate: 0, deliver: 0 };
    for (;;) {
      const start = performance.now();
      const childSlots = this.#tools.kernels.children.slots(range.count, recordSteps);
      const places = keptPlaces({ count: range.count, recordSteps, keepPhotons, childSlots });
      const found = await this.#run(batch, places, { keepPhotons, childSlots });
      seconds = { ...seconds, propagate: seconds.propagate + (performance.now() - start) / 1000 };
      const tally = tallyOf(found, range.first);
      const photon = (counter: number): number => range.first + (found[counter] ?? 0);
      const nothing = { tally, seconds, hits: new Float32Array(0) };
      if (found[counters.faulty] !== nobody)
        throw wrong(kernel, found[counters.fault] ?? 0, photon(counters.faulty));
      if (found[counters.endless] !== nobody)
        return { ...nothing, tooMany: { photon: photon(counters.endless), descendants: 1e6 } };
      if (found[counters.crowded] !== nobody) {
        if (this.#tools.kernels.children.grow(range.count, recordSteps)) continue;
        return { ...nothing, tooMany: { photon: photon(counters.crowded) } };
      }
      if (found[counters.outside] !== nobody)
        return { ...nothing, stray: await this.#stray(batch, found[counters.outside] ?? 0) };
      const end = performance.now();
      const delivered = await this.#deliver(range, places, found, cuts);
      this.#tools.work.batch(range.count, this.#memory.bytes);
      const deliver = (performance.now() - end) / 1000;
      return { tally, ...delivered, seconds: { ...seconds, deliver } };
    }
  }

  async #load({ words }: BatchSource): Promise<void> {
    const buffer = await this.#memory.reserve('source', words.byteLength);
    this.#tools.gpu.device.queue.writeBuffer(buffer, 0, words);
    this.#tools.work.sentBytes += words.byteLength;
  }

  async #run(
    { range, source, kernel }: Loaded,
    places: KeptPlaces,
    { keepPhotons, childSlots }: { keepPhotons: boolean; childSlots: number },
  ): Promise<Uint32Array<ArrayBuffer>> {
    const { settings, kernels, threads, refill, gpu } = this.#tools;
    const { spectrumAt, spectrumKnots } = kernels.buffers;
    const { first, count } = range;
    const memory = this.#memory;
    await memory.reserve('settings', settingsBytes);
    await memory.reserve('counters', 4 * counterWords);
    await memory.reserve('count', 4 * counterWords + stampBytes);
    await memory.reserve('slots', 2 * 4 * slotWords * threads);
    await memory.reserve('hits', count * photonBytes);
    const kept = await memory.reserve('kept', 4 * places.words);
    if (settings.recordSteps > 0) {
      const encoder = gpu.device.createCommandEncoder();
      encoder.clearBuffer(kept, 4 * places.recordsAt, 4 * (places.words - places.recordsAt));
      gpu.device.queue.submit([encoder.finish()]);
    }
    const values: Settings = {
      seedLow: Number(BigInt.asUintN(32, settings.seed)),
      seedHigh: Number(BigInt.asUintN(32, settings.seed >> 32n)),
      firstLow: first % 2 ** 32,
      firstHigh: Math.floor(first / 2 ** 32),
      count,
      ...{ sourceKind: source.sourceKind, stepCount: source.stepCount },
      ...{ skip: source.skip, firstsAt: source.firstsAt },
      ...{ spectrumAt, spectrumKnots },
      maxBounces: settings.maxBounces,
      maxTime: Math.min(far, settings.maxTime),
      recordSteps: settings.recordSteps,
      keepPhotons: keepPhotons ? 1 : 0,
      ...{ photonsAt: places.photonsAt, recordsAt: places.recordsAt },
      ...{ tracesAt: places.tracesAt, childrenAt: places.childrenAt },
      childSlots,
      hitCapacity: count,
      ...{ turns: 0, half: 0, refill, threads, zero: 0 },
    };
    return await runLaunches(this.#tools, kernel, memory, this.#bindings(), values);
  }

  /** The buffers as the kernel finds them. */
  #bindings(): GPUBindGroup {
    const { gpu, kernels } = this.#tools;
    const memory = this.#memory;
    const names = ['source', 'counters', 'slots', 'hits', 'kept'] as const;
    const { image, sections, layout } = kernels.buffers;
    const buffers = [image, image, image, sections, memory.get('settings')];
    return gpu.device.createBindGroup({
      layout,
      entries: [...buffers, ...names.map((name) => memory.get(name))].map((buffer, binding) => ({
        binding,
        resource: { buffer },
      })),
    });
  }

  async #deliver(
    { first, count }: BatchRange,
    places: KeptPlaces,
    found: Uint32Array,
    cuts: EventCuts,
  ): Promise<Omit<BatchResult, 'tally' | 'seconds'>> {
    const { hits, settings } = this.#tools;
    const { keepPhotons, recordSteps } = settings;
    const of = { first, photons: count };
    const rows = { buffer: this.#memory.get('hits'), count: found[counters.hits] ?? 0, ...of };
    const shaped = await hits.shaped(rows, cuts);
    const ends = keepPhotons ? await this.#kept(places.photonsAt, count * photonWords) : undefined;
    const steps = count * recordSteps;
    const records = steps > 0 ? await this.#kept(places.recordsAt, steps * photonWords) : undefined;
    const traces = steps > 0 ? await this.#kept(places.tracesAt, steps * 2) : undefined;
    return {
      ...shaped,
      photons: ends && new Float32Array(ends.buffer),
      records: records && new Float32Array(records.buffer),
      traces: traces && new Int32Array(traces.buffer),
      children: await this.#children(
        {
          ...{ buffer: this.#memory.get('kept'), count: found[counters.children] ?? 0 },
          ...{ at: places.childrenAt, slotWords: childSlotWords(recordSteps), ...of },
        },
        cuts,
      ),
    };
  }

  /** Their hits alone, unless all their rows are asked for. */
  async #children(children: ChildSlots, cuts: EventCuts): Promise<BatchResult['children']> {
    const { count, at, slotWords } = children;
    if (count === 0) return undefined;
    const { hits, settings } = this.#tools;
    const { recordSteps, keepPhotons, hitShape } = settings;
    const isKept = keepPhotons || recordSteps > 0;
    const rows = isKept ? undefined : await hits.children(children, cuts);
    if (rows) return rows;
    const slots = new Uint32Array(count * slotWords);
    await this.#read('kept', at, slots);
    const ordered = orderedChildren({ slots, count, recordSteps });
    return childRows({ ...ordered, recordSteps, keepPhotons, hitShape, cuts });
  }

  async #kept(at: number, words: number): Promise<Uint32Array<ArrayBuffer>> {
    const rows = new Uint32Array(this.#tools.take(4 * words));
    await this.#read('kept', at, rows);
    return rows;
  }

  #read(name: 'kept', at: number, into: Uint32Array<ArrayBuffer>): Promise<void> {
    this.#tools.work.fetchedBytes += into.byteLength;
    return readBuffer(this.#tools.gpu, this.#memory, this.#memory.get(name), 4 * at, into);
  }

  /** Where a photon starts is where it ends, outside the world: it is followed again, alone. */
  async #stray({ range, source, kernel }: Loaded, place: number): Promise<Stray> {
    const { first } = range;
    const isStep = source.stepCount > 0;
    const alone = { ...source, skip: source.skip + place };
    const words = source.words.subarray(place * photonWords, (place + 1) * photonWords);
    if (!isStep) await this.#load({ ...source, words });
    const places = keptPlaces({ count: 1, recordSteps: 0, keepPhotons: true, childSlots: 0 });
    const one = { range: { index: 0, first: first + place, count: 1 }, source: alone, kernel };
    await this.#run(one, places, { keepPhotons: true, childSlots: 0 });
    const row = new Uint32Array(photonWords);
    await this.#read('kept', places.photonsAt, row);
    const [x = 0, y = 0, z = 0] = new Float32Array(row.buffer);
    return { photon: first + place, position: [x, y, z] };
  }
}

function wrong(kernel: GpuKernel, fault: number, photon: number): OpticsError {
  return new OpticsError({
    what: `the GPU cannot follow photon ${photon}: ${kernel.faultInWords(fault)}`,
    hint: 'this is a fault of Lantern; the CPU engine does without',
  });
}

function tallyOf(found: Uint32Array<ArrayBuffer>, first: number): Tally {
  const words = found.slice(counters.tally, counters.tally + 2 * tallyFields.length);
  const tally = readTally(new BigUint64Array(words.buffer));
  const outside = found[counters.outside] ?? nobody;
  return { ...tally, firstOutside: outside === nobody ? 0n : BigInt(first + outside + 1) };
}
