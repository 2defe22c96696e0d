import { genstepBytes, genstepOffsets } from '../genstep-layout.ts';

/** A word of a step: its byte offset, the value, and whether it is an integer bit-cast into the slot. */
type Slot = readonly [offset: number, value: number, integer?: 'integer'];

/** Generation steps that grow as they are written, 96 bytes each. */
export class GenstepWriter {
  #buffer = new ArrayBuffer(64 * genstepBytes);
  #view = new DataView(this.#buffer);
  #count = 0;
  #photons = 0;

  /** Steps so far. */
  get count(): number {
    return this.#count;
  }

  /** Photons of the steps so far. */
  get photons(): number {
    return this.#photons;
  }

  /** Appends a step; slots not given are 0. */
  append(kind: number, photons: number, slots: readonly Slot[]): void {
    if ((this.#count + 1) * genstepBytes > this.#buffer.byteLength) this.#grow();
    const start = this.#count * genstepBytes;
    this.#view.setUint32(start + genstepOffsets.kind, kind, true);
    this.#view.setUint32(start + genstepOffsets.photons, photons, true);
    for (const [offset, value, integer] of slots) {
      if (integer) this.#view.setInt32(start + offset, value, true);
      else this.#view.setFloat32(start + offset, value, true);
    }
    this.#count++;
    this.#photons += photons;
  }

  /** The steps: rows of 24 words. */
  finish(): Float32Array<ArrayBuffer> {
    return new Float32Array(this.#buffer.slice(0, this.#count * genstepBytes));
  }

  #grow(): void {
    const larger = new ArrayBuffer(2 * this.#buffer.byteLength);
    new Uint8Array(larger).set(new Uint8Array(this.#buffer));
    this.#buffer = larger;
    this.#view = new DataView(larger);
  }
}
