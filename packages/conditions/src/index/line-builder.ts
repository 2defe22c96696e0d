import { ConditionsError } from '../errors.ts';
import type { TagEntry } from '../model/tag.ts';
import { always, forever, type Position } from '../model/validity.ts';
import { hexToBytes } from './hex.ts';
import { LineIndex, wordsPerCell } from './line-index.ts';
import { splitPosition, upperWord, type Words } from './words.ts';

/** Entries as columns: as blocks of tags have them. */
export interface EntryColumns {
  readonly begins: BigInt64Array;
  readonly ends: BigInt64Array;
  readonly serNos: ArrayLike<number>;
  /** SHA-256, 32 bytes for each entry, zeros where it has no payload. */
  readonly payloads: Uint8Array;
}

const hashBytes = 32;
const largestSerNo = 2 ** 32 - 1;

/**
 * Makes the index of a condition from its entries, given in order, block by block or all at once. It takes 16 bytes for an
 * entry, as many for each gap before one, and 32 for each payload that is not the payload of the entry before.
 */
export class LineBuilder {
  readonly #where: string | undefined;
  readonly #begin: Words = { upper: 0, lower: 0 };
  readonly #hash = new Uint8Array(hashBytes);
  #words = new Int32Array(16 * wordsPerCell);
  #hashes = new Uint8Array(16 * hashBytes);
  #cells = 0;
  #places = 1;
  /** Where the last entry ends. */
  #end = always;

  /** @param where the tag and the condition, for errors */
  constructor(where?: string) {
    this.#where = where;
  }

  /** @throws ConditionsError `corrupt` for entries that are empty, overlap, are out of order, or whose hash is none */
  add({ begin, end, serNo, payload }: TagEntry): void {
    if (payload === '') this.#hash.fill(0);
    else if (!hexToBytes(payload, this.#hash, 0, hashBytes)) {
      throw this.#error('no SHA-256 of a payload', `'${payload.slice(0, 80)}'`);
    }
    this.#add(begin, end, serNo, this.#hash, 0);
  }

  /** {@link add} for many. */
  addColumns({ begins, ends, serNos, payloads }: EntryColumns): void {
    const [words, hashes] = [
      (this.#cells + 2 * begins.length + 2) * wordsPerCell,
      (this.#places + begins.length) * hashBytes,
    ];
    if (words > this.#words.length) this.#words = longer(this.#words, words);
    if (hashes > this.#hashes.length) this.#hashes = longer(this.#hashes, hashes);
    for (let i = 0; i < begins.length; i++) {
      this.#add(begins[i]!, ends[i]!, serNos[i]!, payloads, hashBytes * i);
    }
  }

  /** The index of all that was added; the builder is of no use afterwards. */
  build(): LineIndex {
    if (this.#end < forever) this.#append(this.#end, 0, 0);
    this.#append(forever, 0, 0);
    const columns = {
      cells: this.#words.slice(0, wordsPerCell * this.#cells),
      hashes: this.#hashes.slice(0, hashBytes * this.#places),
    };
    return new LineIndex(columns, this.#where);
  }

  #add(begin: Position, end: Position, serNo: number, hashes: Uint8Array, at: number): void {
    if (begin < this.#end) {
      const given = `[${begin}, ${end}) of ${serNo}`;
      throw this.#error('an entry begins before the one before it ends', given);
    }
    if (end <= begin || end > forever) {
      throw this.#error('an entry without extent', `[${begin}, ${end}) of ${serNo}`);
    }
    if (!Number.isInteger(serNo) || serNo < 1 || serNo > largestSerNo) {
      throw this.#error('no serial number', String(serNo));
    }
    if (begin > this.#end) this.#append(this.#end, 0, 0);
    this.#append(begin, serNo, this.#placeOf(hashes, at));
    this.#end = end;
  }

  #append(begin: Position, serNo: number, place: number): void {
    const at = wordsPerCell * this.#cells++;
    if (at === this.#words.length) this.#words = longer(this.#words, 2 * at);
    splitPosition(begin, this.#begin);
    this.#words[at + upperWord] = this.#begin.upper;
    this.#words[at + 1 - upperWord] = this.#begin.lower;
    this.#words[at + 2] = serNo;
    this.#words[at + 3] = place;
  }

  #placeOf(hashes: Uint8Array, at: number): number {
    if (isZero(hashes, at)) return 0;
    const last = hashBytes * (this.#places - 1);
    if (isEqual(hashes, at, this.#hashes, last)) return this.#places - 1;
    const next = last + hashBytes;
    if (next === this.#hashes.length) this.#hashes = longer(this.#hashes, 2 * next);
    for (let i = 0; i < hashBytes; i++) this.#hashes[next + i] = hashes[at + i]!;
    return this.#places++;
  }

  #error(what: string, given: string): ConditionsError {
    return new ConditionsError('corrupt', { what, where: this.#where, given });
  }
}

/** The index of a condition whose entries are all at hand. */
export function indexLine(entries: Iterable<TagEntry>, where?: string): LineIndex {
  const builder = new LineBuilder(where);
  for (const entry of entries) builder.add(entry);
  return builder.build();
}

function longer<T extends Int32Array | Uint8Array>(array: T, length: number): T {
  const copy = new (array.constructor as new (length: number) => T)(length);
  copy.set(array);
  return copy;
}

function isZero(hashes: Uint8Array, at: number): boolean {
  for (let i = at; i < at + hashBytes; i++) if (hashes[i] !== 0) return false;
  return true;
}

function isEqual(a: Uint8Array, atA: number, b: Uint8Array, atB: number): boolean {
  for (let i = 0; i < hashBytes; i++) if (a[atA + i] !== b[atB + i]) return false;
  return true;
}
