import { ConditionsError } from '../errors.ts';
import { always, forever, type Interval, type Position } from '../model/validity.ts';
import { bytesToHex } from './hex.ts';
import { splitPosition, upperWord, type Words } from './words.ts';

/** What a line is, packed: a step function of the position. */
export interface LineColumns {
  /**
   * 16 bytes for each cell, so that a search and its answer share cache lines: where it begins (int64), the calibration
   * that holds in it (uint32, 0 in a gap), the place of its payload in `hashes` (uint32). Cells begin in order, the first at
   * {@link always}; one more, of nothing, begins at {@link forever}.
   */
  readonly cells: Int32Array<ArrayBuffer>;
  /** SHA-256, 32 bytes each; the first are zeros and stand for no payload. */
  readonly hashes: Uint8Array<ArrayBuffer>;
}

/** 32-bit words of a cell. */
export const wordsPerCell = 4;
const lowerWord = 1 - upperWord;
const cellsPerBucket = 4;
const words: Words = { upper: 0, lower: 0 };

/**
 * A condition through time, immutable: one entry, or a gap, in each cell between two cuts. A position finds its cell in
 * about two cache lines: the span of the cuts is divided evenly into buckets that know their first cut, and within a bucket
 * the search is by halves, so that no distribution of cuts makes it slower than a plain bisection.
 */
export class LineIndex {
  readonly columns: LineColumns;
  /** Number of cells, gaps included. */
  readonly cells: number;
  readonly #words: Int32Array;
  readonly #positions: BigInt64Array;
  /** Of each bucket: the first cut in it; one more than buckets. */
  readonly #buckets: Uint32Array;
  readonly #lastBucket: number;
  readonly #upper: number;
  readonly #lower: number;
  readonly #perUnit: number;

  /**
   * @param where file, tag and condition, for errors
   * @throws ConditionsError `corrupt` for columns that are no step function
   */
  constructor(columns: LineColumns, where?: string) {
    check(columns, where);
    this.columns = columns;
    this.#words = columns.cells;
    this.cells = columns.cells.length / wordsPerCell - 1;
    const { buffer, byteOffset, length } = columns.cells;
    this.#positions = new BigInt64Array(buffer, byteOffset, length / 2);
    const [first, last] = [this.#cut(1), this.#cut(Math.max(1, this.cells - 1))];
    splitPosition(first, words);
    [this.#upper, this.#lower] = [words.upper, words.lower];
    this.#lastBucket = Math.max(1, Math.ceil(this.cells / cellsPerBucket)) - 1;
    this.#perUnit = (this.#lastBucket + 1) / Math.max(1, Number(last - first));
    this.#buckets = this.#fillBuckets();
  }

  /** The cell that a position is in, 0 .. cells - 1; at {@link forever} itself, where nothing holds, the number of cells. */
  cellAt(position: Position): number {
    splitPosition(position, words);
    return this.cellAtWords(words.upper, words.lower);
  }

  /** {@link cellAt} for a position in two words, for those who ask many lines about the same one. */
  cellAtWords(upper: number, lower: number): number {
    const bucket = this.#bucketOf(upper, lower);
    const cells = this.#words;
    let low = this.#buckets[bucket]!;
    let high = this.#buckets[bucket + 1]!;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const at = wordsPerCell * middle;
      const cut = cells[at + upperWord]!;
      if (cut < upper || (cut === upper && cells[at + lowerWord]! >>> 0 <= lower)) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /** The calibration of a cell; 0 in a gap. */
  serNo(cell: number): number {
    return this.#words[wordsPerCell * cell + 2]! >>> 0;
  }

  /** The place of the payload of a cell in the hashes; 0 for none. */
  payloadPlace(cell: number): number {
    return this.#words[wordsPerCell * cell + 3]! >>> 0;
  }

  /** SHA-256 of the payload of a cell in hexadecimal digits; '' for none. */
  payload(cell: number): string {
    const place = this.payloadPlace(cell);
    return place === 0 ? '' : bytesToHex(this.columns.hashes, 32 * place, 32);
  }

  /** Positions that have the cell's answer. */
  interval(cell: number): Interval {
    return { begin: this.#cut(cell), end: cell < this.cells ? this.#cut(cell + 1) : forever };
  }

  /** Bytes that it takes. */
  get bytes(): number {
    const { cells, hashes } = this.columns;
    return cells.byteLength + hashes.byteLength + this.#buckets.byteLength;
  }

  #cut(cell: number): bigint {
    return this.#positions[2 * cell]!;
  }

  /**
   * Grows with the position or stays: the distance from the first cut is rounded to a double, scaled and cut off, and each of
   * these keeps the order of what it is given.
   */
  #bucketOf(upper: number, lower: number): number {
    const distance = (upper - this.#upper) * 4294967296 + (lower - this.#lower);
    const bucket = distance * this.#perUnit;
    if (!(bucket > 0)) return 0;
    return bucket < this.#lastBucket ? bucket | 0 : this.#lastBucket;
  }

  #fillBuckets(): Uint32Array {
    const buckets = new Uint32Array(this.#lastBucket + 2);
    let next = 0;
    for (let i = 0; i <= this.cells; i++) {
      const at = wordsPerCell * i;
      const bucket = this.#bucketOf(
        this.#words[at + upperWord]!,
        this.#words[at + lowerWord]! >>> 0,
      );
      while (next <= bucket) buckets[next++] = i;
    }
    while (next < buckets.length) buckets[next++] = this.cells + 1;
    return buckets;
  }
}

function check({ cells, hashes }: LineColumns, where: string | undefined): void {
  const fail = (what: string, given?: string): never => {
    throw new ConditionsError('corrupt', {
      what: `no index of a condition: ${what}`,
      where,
      given,
    });
  };
  const last = cells.length - wordsPerCell;
  if (last < wordsPerCell || last % wordsPerCell !== 0) fail('it is cut off');
  if (hashes.length < 32 || hashes.length % 32 !== 0) fail('its hashes are cut off');
  const cuts = new BigInt64Array(cells.buffer, cells.byteOffset, cells.length / 2);
  if (cuts[0] !== always || cuts[last / 2] !== forever) fail('its cells leave something out');
  if (cells[last + 2] !== 0 || cells[last + 3] !== 0) fail('something holds for ever after');
  const places = hashes.length / 32;
  for (let at = 0; at < last; at += wordsPerCell) {
    const [upper, next] = [cells[at + upperWord]!, cells[at + wordsPerCell + upperWord]!];
    const lower = cells[at + lowerWord]! >>> 0;
    const isBefore =
      upper < next || (upper === next && lower < cells[at + wordsPerCell + lowerWord]! >>> 0);
    if (!isBefore) fail('its cuts are not in order', `${cuts[at / 2]}, ${cuts[at / 2 + 2]}`);
    if (cells[at + 3]! >>> 0 >= places) fail('a payload is not there', `${cells[at + 3]! >>> 0}`);
  }
}
