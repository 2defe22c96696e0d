import { FormatError } from '../errors.ts';

/** What a text of numbers must hold. */
export interface NumbersExpected {
  /** How many numbers there may be, ascending. */
  readonly counts: readonly number[];
  /** How many numbers may follow those, and are left aside; none unless told. */
  readonly spare?: number;
  /** What they are, for messages: `91 x 45 x 37 chances of reflection`. */
  readonly meaning: string;
}

/** A number of a text file is never longer. */
const longestNumber = 64;
/** Bytes of text that one number may take, with the space around it: more is no table. */
const mostBytesEach = 64;
const spareBytes = 65_536;
/** Powers of ten that a 64-bit float holds exactly. */
const powers = Float64Array.from({ length: 23 }, (_, k) => 10 ** k);

const isSpace = (byte: number): boolean => byte === 32 || (byte >= 9 && byte <= 13);
const isDigit = (byte: number): boolean => byte >= 48 && byte <= 57;

/**
 * Numbers in decimal, with white space between them, from text that comes in pieces of bytes. Takes as many as there
 * may be and stops with an error at the next, so that no text, however long, fills the memory.
 */
export class NumberScanner {
  readonly #values: Float32Array<ArrayBuffer>;
  readonly #file: string;
  readonly #expected: NumbersExpected;
  readonly #most: number;
  /** The beginning of a number that the last piece ended in. */
  #rest: Uint8Array = new Uint8Array(0);
  #count = 0;
  #bytes = 0;

  constructor(file: string, expected: NumbersExpected) {
    this.#file = file;
    this.#expected = expected;
    this.#most = (expected.counts.at(-1) ?? 0) + (expected.spare ?? 0);
    this.#values = new Float32Array(this.#most);
  }

  /** @throws FormatError at the first text that is no number, and at the first number too many */
  push(piece: Uint8Array): void {
    const bytes = this.#rest.length === 0 ? piece : joined(this.#rest, piece);
    let end = bytes.length;
    while (end > 0 && !isSpace(bytes[end - 1] ?? 0)) end--;
    if (bytes.length - end > longestNumber) this.#fail(bytes.subarray(end));
    this.#scan(bytes, end);
    this.#rest = bytes.slice(end);
    this.#bytes += piece.length;
    if (this.#bytes > mostBytesEach * this.#most + spareBytes) {
      throw this.#error('far too much text', `${this.#count} numbers in ${this.#bytes} bytes`);
    }
  }

  /**
   * The numbers, when the text is through: as many as one of the counts expected.
   *
   * @throws FormatError when there are fewer
   */
  end(): Float32Array<ArrayBuffer> {
    this.#scan(this.#rest, this.#rest.length);
    const { counts, spare = 0 } = this.#expected;
    const fitting = counts.findLast((n) => this.#count >= n && this.#count <= n + spare);
    if (fitting !== undefined) return this.#values.slice(0, fitting);
    const what =
      this.#count === 0 ? 'there are no numbers in it' : 'not the right number of values';
    throw this.#error(what, inWords(this.#count));
  }

  #scan(bytes: Uint8Array, end: number): void {
    let at = 0;
    while (at < end) {
      if (isSpace(bytes[at] ?? 0)) {
        at++;
        continue;
      }
      const start = at;
      while (at < end && !isSpace(bytes[at] ?? 0)) at++;
      const value = numberOf(bytes, start, at);
      if (Number.isNaN(value)) this.#fail(bytes.subarray(start, at));
      if (this.#count === this.#most) {
        throw this.#error('it goes on after its last value', `more than ${inWords(this.#most)}`);
      }
      this.#values[this.#count++] = value;
    }
  }

  #fail(text: Uint8Array): never {
    const shown = [...text.subarray(0, 20)]
      .map((byte) => (byte > 32 && byte < 127 ? String.fromCharCode(byte) : '?'))
      .join('');
    throw this.#error('not a number', `'${shown}' as value ${this.#count + 1}`);
  }

  #error(what: string, given: string): FormatError {
    const { counts, meaning } = this.#expected;
    const expected = `${counts.map((n) => n.toLocaleString('en')).join(' or ')} numbers (${meaning})`;
    return new FormatError({ what, where: this.#file, given, expected });
  }
}

function inWords(count: number): string {
  return `${count.toLocaleString('en')} ${count === 1 ? 'number' : 'numbers'}`;
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const all = new Uint8Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}

/** The finite number of a stretch of text, NaN where it is none. Exact for up to 15 digits, as those of tables are. */
function numberOf(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  const sign = bytes[at];
  if (sign === 45 || sign === 43) at++;
  const first = at;
  let mantissa = 0;
  let fraction = 0;
  let point = -1;
  for (; at < end; at++) {
    const byte = bytes[at] ?? 0;
    if (isDigit(byte)) mantissa = 10 * mantissa + byte - 48;
    else if (byte === 46 && point < 0) point = at;
    else break;
  }
  if (point >= 0) fraction = at - point - 1;
  const digits = at - first - (point >= 0 ? 1 : 0);
  if (at !== end || digits === 0 || digits > 15) return slowNumber(bytes, start, end);
  const value = mantissa / (powers[fraction] ?? Number.NaN);
  return sign === 45 ? -value : value;
}

/** With an exponent, with more digits, or no number. */
function slowNumber(bytes: Uint8Array, start: number, end: number): number {
  if (end - start > longestNumber) return Number.NaN;
  const text = String.fromCharCode(...bytes.subarray(start, end));
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return Number.NaN;
  const value = Number(text);
  return Number.isFinite(value) ? value : Number.NaN;
}
