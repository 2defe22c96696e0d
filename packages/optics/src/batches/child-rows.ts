import { type EventCuts, type HitShape, type ShapedHits, shapeHits } from '../hits/shape-hits.ts';
import { photonFlags, photonOffsets, photonWords } from '../photon-layout.ts';

/**
 * The children of a batch: further photons of wavelength shifts, in the order of their parents and of their making.
 * Their rows, those of merged hits too, say a number from 0 to `count` - 1 as index.
 */
export interface ChildRows extends ShapedHits {
  readonly count: number;
  /** Number of the photon of the source that each descends from. */
  readonly parents: BigUint64Array<ArrayBuffer>;
  /** Rows of all ends. */
  readonly photons?: Float32Array<ArrayBuffer> | undefined;
  /** (count, recordSteps) rows. */
  readonly records?: Float32Array<ArrayBuffer> | undefined;
  /** (count, recordSteps, 2). */
  readonly traces?: Int32Array<ArrayBuffer> | undefined;
}

/** The children as an engine has them, in their order; rows say the number of their photon of the source. */
export interface GivenChildren {
  readonly ends: Float32Array<ArrayBuffer>;
  readonly recordSteps: number;
  /** With `recordSteps`. */
  readonly records?: Float32Array<ArrayBuffer> | undefined;
  readonly traces?: Int32Array<ArrayBuffer> | undefined;
  readonly keepPhotons: boolean;
  readonly hitShape: HitShape | undefined;
  readonly cuts: EventCuts;
}

/** Numbers the rows, which are changed for that, and makes the forms of their hits. */
export function childRows(given: GivenChildren): ChildRows {
  const { ends, recordSteps, records, traces, keepPhotons } = given;
  if (records) setNumbers(records, (row) => Math.floor(row / recordSteps));
  const photons = keepPhotons ? ends : undefined;
  return { count: ends.length / photonWords, ...numbered(given), photons, records, traces };
}

/** Gives ends their numbers in the batch, after those of the photons that they come from have been read. */
function numbered({
  ends,
  hitShape,
  cuts,
}: GivenChildren): Pick<ChildRows, 'parents'> & ShapedHits {
  const parents = numbersOf(ends);
  setNumbers(ends, (row) => row);
  const detected = detectedAmong(ends);
  const hits = new Uint32Array(detected.length * photonWords);
  detected.forEach((row, i) => {
    const at = row * photonWords;
    hits.set(wordsOf(ends).subarray(at, at + photonWords), i * photonWords);
  });
  const photons = detected.map((row) => Number(parents[row] ?? 0n));
  return { parents, ...shapeHits(hits, hitShape, cuts, photons) };
}

/** Adds a number to the indices of rows, but for the zeros after the end of a photon. */
export function renumber(rows: Rows, first: number): void {
  const numbers = numbersOf(rows);
  setNumbers(rows, (row) => first + Number(numbers[row] ?? 0n));
}

const word = {
  flag: photonOffsets.flag / 4,
  identity: photonOffsets.identity / 4,
  index: photonOffsets.index / 4,
  flagMask: photonOffsets.flagMask / 4,
} as const;
type Rows = Float32Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;

function wordsOf(rows: Rows): Uint32Array<ArrayBuffer> {
  return new Uint32Array(rows.buffer, rows.byteOffset, rows.length);
}

/** The indices of rows: 40 bits, the high ones in the top byte of the identity's word. */
function numbersOf(rows: Rows): BigUint64Array<ArrayBuffer> {
  const words = wordsOf(rows);
  const numbers = new BigUint64Array(rows.length / photonWords);
  for (let i = 0; i < numbers.length; i++) {
    const high = (words[i * photonWords + word.identity] ?? 0) >>> 24;
    numbers[i] = BigInt(high * 2 ** 32 + (words[i * photonWords + word.index] ?? 0));
  }
  return numbers;
}

function setNumbers(rows: Rows, number: (row: number) => number): void {
  const words = wordsOf(rows);
  for (let row = 0; row < rows.length / photonWords; row++) {
    const at = row * photonWords;
    if (words[at + word.flagMask] === 0) continue;
    const n = number(row);
    const identity = (words[at + word.identity] ?? 0) & 0xff_ffff;
    words[at + word.identity] = identity | (Math.floor(n / 2 ** 32) << 24);
    words[at + word.index] = n % 2 ** 32;
  }
}

function detectedAmong(ends: Rows): number[] {
  const words = wordsOf(ends);
  const rows = Array.from({ length: ends.length / photonWords }, (_, row) => row);
  return rows.filter(
    (row) => ((words[row * photonWords + word.flag] ?? 0) & 0xffff) === photonFlags.SURFACE_DETECT,
  );
}
