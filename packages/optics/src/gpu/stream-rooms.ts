import { photonBytes } from '../photon-layout.ts';
import { BufferRoom } from './buffer-room.ts';
import { bufferUsage, largestBuffer } from './gpu-buffer.ts';
import type { StreamMemory } from './named-buffers.ts';
import type { HitRegion, OpenBatch, StreamBatch } from './open-batch.ts';
import type { OpenedGpu } from './open-gpu.ts';
import type { StreamSize } from './stream-size.ts';

/** Which parts of a stream's buffers are free. */
export class StreamRooms {
  readonly size: StreamSize;
  readonly #gpu: OpenedGpu;
  readonly #memory: StreamMemory;
  readonly #regionRows: number;
  readonly #places: BufferRoom;
  readonly #fresh: BufferRoom;
  readonly #late: BufferRoom;
  readonly #source: BufferRoom;
  #sourceWords: number;

  /**
   * @param regionRows of a batch's hits
   * @param before whose sources stay where they are
   */
  constructor(
    gpu: OpenedGpu,
    memory: StreamMemory,
    size: StreamSize,
    regionRows: number,
    before?: StreamRooms,
  ) {
    this.size = size;
    this.#gpu = gpu;
    this.#memory = memory;
    this.#regionRows = regionRows;
    this.#places = new BufferRoom(0, size.open);
    this.#fresh = new BufferRoom(0, size.fresh);
    this.#late = new BufferRoom(size.fresh * regionRows, size.lateRows);
    this.#sourceWords = Math.floor(memory.sizeOf('source') / 4);
    this.#source = before ? before.#source : new BufferRoom(0, this.#sourceWords);
  }

  /** Rows of `hits`. */
  get hitRows(): number {
    return this.size.fresh * this.#regionRows + this.size.lateRows;
  }

  /** Takes what an open batch needs beside its source; undefined where there is none. */
  takePlace(): { readonly place: number; readonly region: HitRegion } | undefined {
    const fresh = this.#fresh.take(1);
    if (fresh === undefined) return undefined;
    const place = this.#places.take(1);
    if (place !== undefined)
      return {
        place,
        region: { at: fresh * this.#regionRows, rows: this.#regionRows, isFresh: true },
      };
    this.#fresh.give(fresh, 1);
    return undefined;
  }

  /** Gives back all that an open batch has. */
  give({ place, region, batch }: Pick<OpenBatch, 'place' | 'region' | 'batch'>): void {
    this.#places.give(place, 1);
    this.giveRegion(region);
    this.giveSource(batch);
  }

  /** Room for the hits of so many photons that are still on their way. */
  takeLate(rows: number): HitRegion | undefined {
    const at = this.#late.take(rows);
    return at === undefined ? undefined : { at, rows, isFresh: false };
  }

  giveRegion({ at, rows, isFresh }: HitRegion): void {
    if (isFresh) this.#fresh.give(at / this.#regionRows, 1);
    else this.#late.give(at, rows);
  }

  /**
   * Takes room in `source`, which grows where that is needed and the device allows it.
   *
   * @param isAlone whether nothing else is in it
   * @returns undefined where there is none until another batch gives up its own
   * @throws OpticsError where the device has no room
   */
  async takeSource(words: number, isAlone: boolean): Promise<number | undefined> {
    const found = this.#source.take(words);
    if (found !== undefined) return found;
    const most = Math.floor(largestBuffer(this.#gpu.device, bufferUsage.storage) / 4);
    const larger = Math.min(most, Math.max(2 * this.#sourceWords, this.#sourceWords + words));
    if (larger < this.#sourceWords + words && !isAlone) return undefined;
    const buffer = await this.#memory.reserve('source', 4 * Math.max(words, larger), true);
    const grown = Math.floor(buffer.size / 4);
    this.#source.give(this.#sourceWords, grown - this.#sourceWords);
    this.#sourceWords = grown;
    return this.#source.take(words);
  }

  giveSource(batch: StreamBatch): void {
    if (batch.sourceAt !== undefined) this.#source.give(batch.sourceAt, batch.source.words.length);
    batch.sourceAt = undefined;
  }

  /** Bytes of `hits`. */
  get hitBytes(): number {
    return this.hitRows * photonBytes;
  }
}
