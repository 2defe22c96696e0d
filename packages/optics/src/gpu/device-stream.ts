import { type KeptPlaces, keptPlaces } from './batch-places.ts';
import {
  batchCounters,
  counters,
  countersOf,
  countersOfBatch,
  mostOpen,
  nobody,
  slotWords,
} from './launch-layout.ts';
import { stampBytes } from './launch-stamps.ts';
import { type OpenBatch, placesOf, type StreamBatch, untaken } from './open-batch.ts';
import { runLaunch } from './run-launch.ts';
import { far } from './scene-image.ts';
import { type BatchPlaces, packSettings, type Settings, settingsBytes } from './settings-layout.ts';
import { StreamRooms } from './stream-rooms.ts';
import { type StreamSize, streamSize } from './stream-size.ts';
import type { StreamTools } from './stream-tools.ts';

const none = new Uint32Array(countersOfBatch);
none.fill(nobody, batchCounters.outside, batchCounters.faulty + 1);

/** A stream as the device has it: the open batches, and how far their photons are. */
export class DeviceStream {
  readonly #tools: StreamTools;
  /** In the order of the stream. */
  open: OpenBatch[] = [];
  /** Photons on their way. */
  living = 0;
  /** The counters after the last launch. */
  found: Uint32Array<ArrayBuffer> = new Uint32Array(0);
  /** What is kept of a batch, and how many children it has room for. */
  kept: KeptPlaces = keptPlaces({ count: 0, recordSteps: 0, keepPhotons: false, childSlots: 0 });
  childSlots = 0;
  /** Places in the stream: behind the photons of all batches, and of the next one that nobody has taken. */
  #end = 0;
  #next = 0;
  #half = 0;

  constructor(tools: StreamTools) {
    this.#tools = tools;
  }

  /** Whether there is something to follow. */
  get isBusy(): boolean {
    return this.living > 0 || this.#next !== this.#end;
  }

  /** How much of it there may be; learns how much is kept of a batch. */
  size(): StreamSize {
    const { kernels, settings, gpu, batchSize, photons, threads, open } = this.#tools;
    const { recordSteps, keepPhotons } = settings;
    this.childSlots = kernels.children.slots(batchSize, recordSteps);
    const wish = { count: batchSize, recordSteps, keepPhotons, childSlots: this.childSlots };
    this.kept = keptPlaces(wish);
    const { maxBufferSize, maxStorageBufferBindingSize } = gpu.device.limits;
    const size = streamSize({
      ...{ batchSize, threads, batches: Math.ceil(photons / batchSize) },
      keptBytes: 4 * this.kept.words,
      bufferBytes: Math.min(maxBufferSize, maxStorageBufferBindingSize),
    });
    if (open === undefined) return size;
    return { ...size, open: Math.min(size.open, open), fresh: Math.min(size.fresh, open) };
  }

  /**
   * Makes room on the device.
   *
   * @param before whose sources stay
   * @throws OpticsError where it has none
   */
  async prepare(before: StreamRooms | undefined): Promise<StreamRooms> {
    const { gpu, memory, batchSize, threads } = this.#tools;
    const size = this.size();
    const rooms = new StreamRooms(gpu, memory, size, batchSize, before);
    await memory.reserve('settings', settingsBytes);
    await memory.reserve('counters', 4 * countersOf(mostOpen));
    await memory.reserve('count', 4 * countersOf(mostOpen) + stampBytes);
    await memory.reserve('slots', 2 * 4 * slotWords * threads);
    await memory.reserve('hits', rooms.hitBytes);
    await memory.reserve('kept', 4 * size.open * this.kept.words);
    return rooms;
  }

  /** Adds a batch, whose source is there, to the end. */
  begin(batch: StreamBatch, { place, region }: Pick<OpenBatch, 'place' | 'region'>): void {
    const { gpu, memory, settings } = this.#tools;
    gpu.device.queue.writeBuffer(memory.get('counters'), 4 * countersOf(place), none);
    if (settings.recordSteps > 0) {
      const { words, recordsAt } = this.kept;
      const encoder = gpu.device.createCommandEncoder();
      const from = place * words + recordsAt;
      encoder.clearBuffer(memory.get('kept'), 4 * from, 4 * (words - recordsAt));
      gpu.device.queue.submit([encoder.finish()]);
    }
    this.open.push({ batch, place, region, startsAt: this.#end, isTaken: false });
    this.#end = (this.#end + batch.range.count) >>> 0;
  }

  /** Forgets all batches. */
  reset(): void {
    this.open = [];
    this.living = 0;
    this.#half = 0;
    this.#next = 0;
    this.#end = 0;
  }

  /**
   * One launch.
   *
   * @param hasMore whether it may end as soon as no photon is left to be taken, as there are more to come
   * @param keeping settings in place of those of the propagation
   * @throws OpticsError when the device is lost
   */
  async launch(hasMore: boolean, keeping: Partial<Settings> = {}): Promise<void> {
    const { memory, threads, work } = this.#tools;
    const kernel = this.open.at(-1)?.batch.kernel;
    if (!kernel) throw new Error('a launch without a batch');
    const fresh = this.open.filter((open) => untaken(open, this.#next) > 0);
    const table: BatchPlaces[] = [];
    for (const open of this.open) {
      const tally = fresh.indexOf(open);
      table[open.place] = placesOf(open, this.kept, tally < 0 ? undefined : tally);
    }
    const endsDry = fresh.length > 0 && hasMore;
    const shared = { ...this.#settings(), ...keeping, endsDry: endsDry ? 1 : 0 };
    const order = fresh.map(({ place }) => place);
    work.onDevice(
      this.open.reduce((sum, { batch }) => sum + batch.range.count, 0),
      memory.bytes + this.#tools.batchMemory.bytes,
    );
    const { found, seconds } = await runLaunch(this.#tools, memory, {
      ...{ kernel, group: this.#bindings(), living: this.living, next: this.#next },
      settings: (turns) =>
        packSettings({ ...shared, turns, freshBatches: fresh.length }, order, table),
      busy: Math.min(threads, this.living + ((this.#end - this.#next) >>> 0)),
      dryAt: endsDry ? this.#end : undefined,
      places: table.length,
    });
    this.#half = 1 - this.#half;
    this.#next = found[counters.next] ?? 0;
    this.living = found[counters.left] ?? 0;
    for (const open of this.open) {
      open.isTaken = untaken(open, this.#next) === 0;
      open.batch.seconds.propagate += seconds / this.open.length;
    }
    this.found = found;
  }

  #settings(): Settings {
    const { settings, kernels, refill, threads } = this.#tools;
    const { spectrumAt, spectrumKnots } = kernels.buffers;
    return {
      seedLow: Number(BigInt.asUintN(32, settings.seed)),
      seedHigh: Number(BigInt.asUintN(32, settings.seed >> 32n)),
      ...{ spectrumAt, spectrumKnots },
      maxBounces: settings.maxBounces,
      maxTime: Math.min(far, settings.maxTime),
      recordSteps: settings.recordSteps,
      keepPhotons: settings.keepPhotons ? 1 : 0,
      childSlots: this.childSlots,
      ...{ turns: 0, refill, half: this.#half, threads },
      ...{ streamEnd: this.#end, endsDry: 0, freshBatches: 0, zero: 0 },
    };
  }

  /** The buffers as the kernel finds them. */
  #bindings(): GPUBindGroup {
    const { gpu, kernels, memory } = this.#tools;
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
}
