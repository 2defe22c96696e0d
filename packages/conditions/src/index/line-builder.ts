import { ConditionsError } from '../errors.ts';
import type { TagEntry } from '../model/tag.ts';
import { always, forever } from '../model/validity.ts';
import { hexToBytes } from './hex.ts';
import { LineIndex, wordsPerCell } from './line-index.ts';
import { splitPosition, upperWord, type Words } from './words.ts';

const largestSerNo = 2 ** 32 - 1;

/**
 * Makes the index of a condition from its entries, given in order, block by block or all at once. It takes 16 bytes for an
 * entry, as many for each gap before one, and 32 for each payload that is not the payload of an earlier entry.
 */
export class LineBuilder {
  readonly #where: string | undefined;
  readonly #places = new Map<string, number>();
  #words = new Int32Array(16 * wordsPerCell);
  readonly #begin: Words = { upper: 0, lower: 0 };
  #hashes = new Uint8Array(16 * 32);
  #cells = 0;
  /** Where the last entry ends. */
  #end = always;

  /** @param where the tag and the condition, for errors */
  constructor(where?: string) {
    this.#where = where;
  }

  /** @throws ConditionsError `corrupt` for entries that are empty, overlap, are out of order, or whose hash is none */
  add({ begin, end, serNo, payload }: TagEntry): void {
    const entry = `[${begin}, ${end}) of ${serNo}`;
    if (begin < this.#end)
      throw this.#error('an entry begins before the one before it ends', entry);
    if (end <= begin || end > forever) throw this.#error('an entry without extent', entry);
    if (!Number.isInteger(serNo) || serNo < 1 || serNo > largestSerNo) {
      throw this.#error('no serial number', String(serNo));
    }
    if (begin > this.#end) this.#append(this.#end, 0, 0);
    this.#append(begin, serNo, payload === '' ? 0 : this.#placeOf(payload));
    this.#end = end;
  }

  /** The index of all that was added; the builder is of no use afterwards. */
  build(): LineIndex {
    if (this.#end < forever) this.#append(this.#end, 0, 0);
    this.#append(forever, 0, 0);
    const columns = {
      cells: this.#words.slice(0, wordsPerCell * this.#cells),
      hashes: this.#hashes.slice(0, 32 * (this.#places.size + 1)),
    };
    return new LineIndex(columns, this.#where);
  }

  #append(begin: bigint, serNo: number, place: number): void {
    const at = wordsPerCell * this.#cells++;
    if (at === this.#words.length) {
      const longer = new Int32Array(2 * at);
      longer.set(this.#words);
      this.#words = longer;
    }
    splitPosition(begin, this.#begin);
    this.#words[at + upperWord] = this.#begin.upper;
    this.#words[at + 1 - upperWord] = this.#begin.lower;
    this.#words[at + 2] = serNo;
    this.#words[at + 3] = place;
  }

  #placeOf(payload: string): number {
    const known = this.#places.get(payload);
    if (known !== undefined) return known;
    const place = this.#places.size + 1;
    if (32 * (place + 1) > this.#hashes.length) {
      const hashes = new Uint8Array(2 * this.#hashes.length);
      hashes.set(this.#hashes);
      this.#hashes = hashes;
    }
    if (!hexToBytes(payload, this.#hashes, 32 * place, 32)) {
      throw this.#error('no SHA-256 of a payload', `'${payload.slice(0, 80)}'`);
    }
    this.#places.set(payload, place);
    return place;
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
