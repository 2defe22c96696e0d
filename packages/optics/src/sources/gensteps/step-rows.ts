import type { Vector3 } from '@lantern/units';
import { genstepBytes, genstepOffsets, genstepWords } from '../../genstep-layout.ts';

/** A place among rows of generation steps of 24 words; `index` says which one its fields are of. */
export class StepRows {
  readonly count: number;
  /** Number in the file of row 0. */
  readonly first: number;
  index = 0;
  readonly #floats: Float32Array<ArrayBuffer>;
  readonly #words: Uint32Array<ArrayBuffer>;

  constructor(rows: Float32Array<ArrayBuffer>, first: number) {
    this.count = Math.floor(rows.length / genstepWords);
    this.first = first;
    this.#floats = rows;
    this.#words = new Uint32Array(rows.buffer, rows.byteOffset, rows.length);
  }

  /** Number of this step in its file. */
  get number(): number {
    return this.first + this.index;
  }

  get photons(): number {
    return this.word(genstepOffsets.photons);
  }

  /** The number at a byte offset. */
  float(offset: number): number {
    return this.#floats[(this.index * genstepBytes + offset) / 4] ?? Number.NaN;
  }

  /** Three numbers from a byte offset on. */
  vector(offset: number): Vector3 {
    return [this.float(offset), this.float(offset + 4), this.float(offset + 8)];
  }

  /** The unsigned integer at a byte offset. */
  word(offset: number): number {
    return this.#words[(this.index * genstepBytes + offset) / 4] ?? 0;
  }

  setWord(offset: number, value: number): void {
    this.#words[(this.index * genstepBytes + offset) / 4] = value;
  }
}
