import { ConditionsError } from '../errors.ts';
import type { TagEntry } from '../model/tag.ts';
import { always, forever, type Position } from '../model/validity.ts';
import { hexToBytes } from './hex.ts';
import { LineIndex, wordsPerCell } from './line-index.ts';
import { isBeforeWords, splitPosition, upperWord, type Words, wordsOf } from './words.ts';

/** Entries as columns: as blocks of tags have them. */
export interface EntryColumns {
  readonly begins: BigInt64Array;
  readonly ends: BigInt64Array;
  readonly serNos: ArrayLike<number>;
  /** SHA-256, 32 bytes for each entry, zeros where it has no payload. */
  readonly payloads: Uint8Array;
}

const hashBytes = 32;
const hashWords = hashBytes / 4;
const largestSerNo = 2 ** 32 - 1;

/**
 * Makes the index of a condition from its entries, given in order, block by block or all at once. It takes 16 bytes for an
 * entry, as many for each gap before one, and 32 for each payload that is not the payload of the entry before.
 */
export class LineBuilder {
  readonly #where: string | undefined;
  readonly #begin: Words = { upper: 0, lower: 0 };
  readonly #hash = new Int32Array(hashWords);
  #words: Int32Array<ArrayBuffer>;
  #hashes: Int32Array<ArrayBuffer>;
  #cells = 0;
  #places = 1;
  /** Where the last entry ends. */
  #end = always;

  /**
   * @param where the tag and the condition, for errors
   * @param expected how many entries there will be, about: right, they are written where they stay
   */
  constructor(where?: string, expected: number = 16) {
    this.#where = where;
    this.#words = new Int32Array((expected + 3) * wordsPerCell);
    this.#hashes = new Int32Array((expected + 1) * hashWords);
  }

  /** @throws ConditionsError `corrupt` for entries that are empty, overlap, are out of order, or whose hash is none */
  add({ begin, end, serNo, payload }: TagEntry): void {
    if (payload === '') this.#hash.fill(0);
    else if (!hexToBytes(payload, new Uint8Array(this.#hash.buffer), 0, hashBytes)) {
      throw this.#error('no SHA-256 of a payload', `'${payload.slice(0, 80)}'`);
    }
    this.#add(begin, end, serNo, this.#hash, 0);
  }

  /** {@link add} for many: ten times as fast, by words. */
  addColumns({ begins, ends, serNos, payloads }: EntryColumns): void {
    const count = begins.length;
    if (count === 0) return;
    this.#words = room(this.#words, (this.#cells + count + 2) * wordsPerCell);
    this.#hashes = room(this.#hashes, (this.#places + count) * hashWords);
    const [beginWords, endWords] = [wordsOf(begins), wordsOf(ends)];
    const hashes = wordsOfHashes(payloads);
    splitPosition(this.#end, this.#begin);
    let { upper: endUpper, lower: endLower } = this.#begin;
    for (let i = 0; i < count; i++) {
      const upper = beginWords[2 * i + upperWord]!;
      const lower = beginWords[2 * i + 1 - upperWord]! >>> 0;
      const isGap = endUpper < upper || (endUpper === upper && endLower < lower);
      const isNext = endUpper === upper && endLower === lower;
      const serNo = serNos[i]!;
      const isRight =
        (isGap || isNext) && isBeforeWords(beginWords, i, endWords, i) && isSerNo(serNo);
      if (!isRight) {
        // It says what is wrong.
        this.#end = i > 0 ? ends[i - 1]! : this.#end;
        this.#add(begins[i]!, ends[i]!, serNo, hashes, hashWords * i);
      }
      if (isGap) this.#append(endUpper, endLower, 0, 0);
      this.#append(upper, lower, serNo, this.#placeOf(hashes, hashWords * i));
      endUpper = endWords[2 * i + upperWord]!;
      endLower = endWords[2 * i + 1 - upperWord]! >>> 0;
    }
    this.#end = ends[count - 1]!;
  }

  /** The index of all that was added; the builder is of no use afterwards. */
  build(): LineIndex {
    if (this.#end < forever) this.#appendAt(this.#end, 0, 0);
    this.#appendAt(forever, 0, 0);
    const hashes = fitted(this.#hashes, hashWords * this.#places);
    const columns = {
      cells: fitted(this.#words, wordsPerCell * this.#cells),
      hashes: new Uint8Array(hashes.buffer, hashes.byteOffset, hashes.byteLength),
    };
    return new LineIndex(columns, this.#where);
  }

  #add(begin: Position, end: Position, serNo: number, hashes: Int32Array, at: number): void {
    if (begin < this.#end) {
      const given = `[${begin}, ${end}) of ${serNo}`;
      throw this.#error('an entry begins before the one before it ends', given);
    }
    if (end <= begin || end > forever) {
      throw this.#error('an entry without extent', `[${begin}, ${end}) of ${serNo}`);
    }
    if (!isSerNo(serNo)) {
      throw this.#error('no serial number', String(serNo));
    }
    if (begin > this.#end) this.#appendAt(this.#end, 0, 0);
    this.#appendAt(begin, serNo, this.#placeOf(hashes, at));
    this.#end = end;
  }

  #appendAt(begin: Position, serNo: number, place: number): void {
    splitPosition(begin, this.#begin);
    this.#append(this.#begin.upper, this.#begin.lower, serNo, place);
  }

  #append(upper: number, lower: number, serNo: number, place: number): void {
    const at = wordsPerCell * this.#cells++;
    this.#words = room(this.#words, at + wordsPerCell);
    this.#words[at + upperWord] = upper;
    this.#words[at + 1 - upperWord] = lower;
    this.#words[at + 2] = serNo;
    this.#words[at + 3] = place;
  }

  #placeOf(hashes: Int32Array, at: number): number {
    if (isZero(hashes, at)) return 0;
    const last = hashWords * (this.#places - 1);
    if (isEqual(hashes, at, this.#hashes, last)) return this.#places - 1;
    const next = last + hashWords;
    this.#hashes = room(this.#hashes, next + hashWords);
    for (let i = 0; i < hashWords; i++) this.#hashes[next + i] = hashes[at + i]!;
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

/** The array, or a copy that is twice as long, where it would not hold so many. */
function room(array: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer> {
  if (length <= array.length) return array;
  const copy = new Int32Array(Math.max(length, 2 * array.length));
  copy.set(array);
  return copy;
}

/** The beginning of an array; a copy where too much would be left over. */
function fitted(array: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer> {
  return array.length - length > 64 + length / 16
    ? array.slice(0, length)
    : array.subarray(0, length);
}

function wordsOfHashes(payloads: Uint8Array): Int32Array {
  const { buffer, byteOffset, length } =
    payloads.byteOffset % 4 === 0 ? payloads : payloads.slice();
  return new Int32Array(buffer, byteOffset, length / 4);
}

function isSerNo(serNo: number): boolean {
  return Number.isInteger(serNo) && serNo >= 1 && serNo <= largestSerNo;
}

function isZero(hashes: Int32Array, at: number): boolean {
  for (let i = at; i < at + hashWords; i++) if (hashes[i] !== 0) return false;
  return true;
}

function isEqual(a: Int32Array, atA: number, b: Int32Array, atB: number): boolean {
  for (let i = 0; i < hashWords; i++) if (a[atA + i] !== b[atB + i]) return false;
  return true;
}
