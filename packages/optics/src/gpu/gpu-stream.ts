import type { BatchRange } from '../batches/batch-plan.ts';
import { OpticsError } from '../errors.ts';
import type { SourceBatch } from '../sources/photon-source.ts';
import { putAside, toOwnBuffers } from './batch-moves.ts';
import { batchSource } from './batch-source.ts';
import { DeviceStream } from './device-stream.ts';
import { followStray } from './follow-stray.ts';
import type { GpuKernel } from './gpu-kernel.ts';
import { batchCounters, counters, countersOf, nobody } from './launch-layout.ts';
import type { FollowedBatch, GivenUp, OpenBatch, StreamBatch } from './open-batch.ts';
import type { StreamRooms } from './stream-rooms.ts';
import type { StreamTools } from './stream-tools.ts';

/** Batches that are through and wait to be brought to the host, at most: for each there is room beside the open ones. */
const mostThrough = 12;

/**
 * Follows batches on the GPU as one stream of photons: threads take the next photon of whichever batch has one, while the
 * last ones of earlier batches are still on their way.
 */
export class GpuStream {
  readonly #tools: StreamTools;
  readonly #waiting: StreamBatch[] = [];
  readonly #device: DeviceStream;
  /** Batches that were let in and have not come yet; photons of those that have. */
  #letIn = 0;
  #come = 0;
  #rooms: StreamRooms | undefined;
  /** Batches that are through and not yet brought to the host. */
  #through = 0;
  #running: Promise<void> | undefined;
  #isClosed = false;
  #changed: (() => void)[] = [];

  constructor(tools: StreamTools) {
    this.#tools = tools;
    this.#device = new DeviceStream(tools);
  }

  /** Takes leave to bring another batch; false: not yet, see `changed`. */
  letIn(): boolean {
    const { fresh } = this.#rooms?.size ?? this.#device.size();
    if (this.#letIn + this.#waiting.length >= fresh) return false;
    this.#letIn++;
    return true;
  }

  /** Resolves when something is another way than it was. */
  changed(): Promise<void> {
    return new Promise((resolve) => this.#changed.push(resolve));
  }

  /**
   * Follows a batch that was let in.
   *
   * @throws OpticsError when the GPU's memory does not suffice, it is lost, or something went wrong in the kernel
   */
  async follow(range: BatchRange, input: SourceBatch): Promise<FollowedBatch | GivenUp> {
    const begin = performance.now();
    const kernel = await this.#tools.kernels.kernel(input);
    this.#tools.onReady();
    const source = batchSource(input);
    const seconds = { generate: (performance.now() - begin) / 1000, propagate: 0 };
    return await new Promise((resolve, reject) => {
      const batch = { ...{ range, source, kernel, resolve, reject, seconds }, sourceAt: undefined };
      this.#waiting.push({ ...batch, aside: undefined });
      this.#letIn--;
      this.#come += range.count;
      this.#change();
      this.#running ??= this.#run();
    });
  }

  /** A batch that was through is on the host. */
  brought({ memory }: FollowedBatch): void {
    this.#tools.batchMemory.give(memory);
    this.#through--;
    this.#change();
  }

  /** Ends after the launch in progress; batches that are not through never will be. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#change();
    await this.#running;
    for (const { batch } of this.#device.open)
      if (batch.aside) this.#tools.batchMemory.give(batch.aside.memory);
  }

  #change(): void {
    const waiting = this.#changed;
    this.#changed = [];
    for (const resolve of waiting) resolve();
  }

  /** Never rejects: what goes wrong goes to the batches. */
  async #run(): Promise<void> {
    try {
      while (!this.#isClosed && this.#waiting.length + this.#device.open.length > 0) {
        this.#tools.signal.throwIfAborted();
        this.#tools.gpu.throwIfFailed();
        await this.#load();
        const { isBusy } = this.#device;
        const change = isBusy ? undefined : this.changed();
        // What the next launch is to have is sent during this one.
        if (isBusy) await Promise.all([this.#device.launch(this.#hasMore), this.#loadSources()]);
        if (!(await this.#sortOut())) await change;
      }
    } catch (reason) {
      this.#isClosed = true;
      for (const { batch } of this.#device.open) batch.reject(reason);
      for (const batch of this.#waiting) batch.reject(reason);
    }
    this.#running = undefined;
  }

  /** Opens as many of the waiting batches as there is room for. */
  async #load(): Promise<void> {
    this.#rooms ??= await this.#device.prepare(undefined);
    for (let batch = this.#waiting[0]; batch; batch = this.#waiting[0]) {
      if (!(await this.#loaded(this.#rooms, batch))) return;
      this.#waiting.shift();
      this.#change();
    }
  }

  async #loaded(rooms: StreamRooms, batch: StreamBatch): Promise<boolean> {
    const found = rooms.takePlace();
    if (!found) return false;
    if (!(await this.#loadSource(rooms, batch))) {
      rooms.give({ ...found, batch });
      return false;
    }
    this.#device.begin(batch, found);
    return true;
  }

  /** Of those that wait. */
  async #loadSources(): Promise<void> {
    if (!this.#rooms) return;
    for (const batch of this.#waiting.slice())
      if (!(await this.#loadSource(this.#rooms, batch))) return;
  }

  async #loadSource(rooms: StreamRooms, batch: StreamBatch): Promise<boolean> {
    if (batch.sourceAt !== undefined) return true;
    const { gpu, memory, work } = this.#tools;
    const { words } = batch.source;
    const isFirst = this.#device.open.every((open) => open.batch.sourceAt === undefined);
    batch.sourceAt = await rooms.takeSource(words.length, false);
    if (batch.sourceAt === undefined && isFirst && batch === this.#waiting[0]) {
      // Those behind it must not keep it from beginning.
      for (const other of this.#waiting) rooms.giveSource(other);
      batch.sourceAt = await rooms.takeSource(words.length, true);
    }
    if (batch.sourceAt === undefined) return false;
    gpu.device.queue.writeBuffer(memory.get('source'), 4 * batch.sourceAt, words);
    work.sentBytes += words.byteLength;
    return true;
  }

  /** Whether there are batches to come. */
  get #hasMore(): boolean {
    return this.#waiting.length > 0 || this.#come < this.#tools.photons;
  }

  /** What became of the open batches in the last launch; whether any is not open any more. */
  async #sortOut(): Promise<boolean> {
    const before = this.#device.open.length;
    let crowded: OpenBatch | undefined;
    for (const open of this.#device.open.slice()) {
      const { batch, place } = open;
      const counted = this.#device.found.slice(countersOf(place), countersOf(place + 1));
      const at = (counter: number): number => counted[counter] ?? nobody;
      const photon = (counter: number): number => batch.range.first + at(counter);
      const left = this.#device.found[counters.leftOf + place] ?? 0;
      if (at(batchCounters.faulty) !== nobody)
        throw wrong(batch.kernel, at(batchCounters.fault), photon(batchCounters.faulty));
      if (at(batchCounters.endless) !== nobody) {
        const tooMany = { photon: photon(batchCounters.endless), descendants: 1e6 };
        this.#giveUp(batch, { counted, tooMany });
      } else if (at(batchCounters.crowded) !== nobody) {
        crowded ??= open;
      } else if (open.isTaken && left === 0) {
        if (at(batchCounters.outside) !== nobody)
          this.#giveUp(batch, {
            counted,
            stray: await followStray(this.#tools, this.#device, batch, at(batchCounters.outside)),
          });
        else if (this.#through < mostThrough) await this.#finish(open, counted);
      } else if (open.isTaken && this.#hasMore) {
        this.#rooms?.giveSource(batch);
        await this.#makeRoom(open, at(batchCounters.hits), left);
      }
      if (this.#isClosed) return true;
    }
    if (crowded) await this.#beginAgain(crowded);
    return this.#device.open.length < before;
  }

  /** The stream ends with it: the host will not have more. */
  #giveUp(batch: StreamBatch, end: GivenUp): void {
    this.#isClosed = true;
    batch.resolve(end);
  }

  /** What a batch has is the host's to fetch, and its places are free. */
  async #finish(open: OpenBatch, counted: Uint32Array<ArrayBuffer>): Promise<void> {
    const followed = await toOwnBuffers(this.#tools, this.#device, open, counted);
    this.#rooms?.give(open);
    this.#device.open = this.#device.open.filter((other) => other !== open);
    this.#through++;
    open.batch.resolve(followed);
  }

  async #makeRoom(open: OpenBatch, hits: number, left: number): Promise<void> {
    const rooms = this.#rooms;
    if (!rooms) return;
    const aside = this.#device.open.reduce(
      (sum, { batch }) => sum + (batch.aside?.memory.sizeOf('hits') ?? 0),
      0,
    );
    await putAside(this.#tools, rooms, open, {
      ...{ hits, left, mostBytes: rooms.size.asideBytes - aside },
    });
  }

  /** There was no room for a child: all open batches begin again with more. */
  async #beginAgain({ batch }: OpenBatch): Promise<void> {
    const { kernels, settings, batchMemory, batchSize } = this.#tools;
    const place = this.#device.open.find((open) => open.batch === batch)?.place ?? 0;
    const counted = this.#device.found.slice(countersOf(place), countersOf(place + 1));
    if (!kernels.children.grow(batchSize, settings.recordSteps)) {
      const photon = batch.range.first + (counted[batchCounters.crowded] ?? 0);
      this.#giveUp(batch, { counted, tooMany: { photon } });
      return;
    }
    for (const open of this.#device.open) {
      if (open.batch.aside) batchMemory.give(open.batch.aside.memory);
      open.batch.aside = undefined;
    }
    this.#waiting.unshift(...this.#device.open.map((open) => open.batch));
    this.#device.reset();
    this.#rooms = await this.#device.prepare(this.#rooms);
  }
}

function wrong(kernel: GpuKernel, fault: number, photon: number): OpticsError {
  return new OpticsError({
    what: `the GPU cannot follow photon ${photon}: ${kernel.faultInWords(fault)}`,
    hint: 'this is a fault of Lantern; the CPU engine does without',
  });
}
