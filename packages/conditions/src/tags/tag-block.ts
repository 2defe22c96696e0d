import { ConditionsError } from '../errors.ts';
import { bytesToHex, hexToBytes } from '../index/hex.ts';
import { isBeforeWords, wordsOf } from '../index/words.ts';
import type { TagEntry } from '../model/tag.ts';
import type { Position } from '../model/validity.ts';

/** `LTB1`, little-endian. Read in the machine's own order, so that one with another order refuses the block. */
const magic = 0x3142544c;
const headerBytes = 16;
const bytesPerEntry = 8 + 8 + 8 + 32;

/**
 * Some entries of a line of a tag, as columns: what is in a block of the payload store. Little-endian; a header of 16
 * bytes (`LTB1`, uint32 count, 8 bytes of zero), then `begins` and `ends` (int64), `serNos` (float64), `payloads` (32
 * bytes each, all zero for none). Sorted, disjoint.
 */
export class TagBlock {
  readonly begins: BigInt64Array;
  readonly ends: BigInt64Array;
  readonly serNos: Float64Array;
  readonly payloads: Uint8Array;
  readonly size: number;

  /** @param bytes as {@link encodeTagBlock} wrote them, at an address that is a multiple of 8 */
  private constructor(bytes: Uint8Array, size: number) {
    const { buffer } = bytes;
    let at = bytes.byteOffset + headerBytes;
    this.size = size;
    this.begins = new BigInt64Array(buffer, at, size);
    at += 8 * size;
    this.ends = new BigInt64Array(buffer, at, size);
    at += 8 * size;
    this.serNos = new Float64Array(buffer, at, size);
    at += 8 * size;
    this.payloads = new Uint8Array(buffer, at, 32 * size);
  }

  /**
   * @param bytes of a block
   * @param name of the block, for errors
   * @throws ConditionsError `corrupt` for anything that is not a block, is cut short or out of order
   */
  static decode(bytes: Uint8Array, name: string): TagBlock {
    const size =
      bytes.length < headerBytes
        ? -1
        : new DataView(bytes.buffer, bytes.byteOffset).getUint32(4, true);
    const aligned = bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
    if (size < 1 || new Uint32Array(aligned.buffer, aligned.byteOffset, 1)[0] !== magic) {
      throw corrupt(name, 'a block of a tag has another beginning', `${bytes.length} bytes`);
    }
    if (bytes.length !== headerBytes + size * bytesPerEntry) {
      throw corrupt(
        name,
        'a block of a tag has the wrong length',
        `${bytes.length} bytes for ${size} entries`,
      );
    }
    const block = new TagBlock(aligned, size);
    const [begins, ends] = [wordsOf(block.begins), wordsOf(block.ends)];
    for (let i = 0; i < size; i++) {
      const early = i > 0 && isBeforeWords(begins, i, ends, i - 1);
      if (early || !isBeforeWords(begins, i, ends, i)) {
        throw corrupt(name, 'a block of a tag has entries out of order', `entry ${i}`);
      }
    }
    return block;
  }

  /** Bytes that it takes. */
  get bytes(): number {
    return headerBytes + this.size * bytesPerEntry;
  }

  /** @param i 0 .. size - 1 */
  entry(i: number): TagEntry {
    return {
      begin: this.begins[i]!,
      end: this.ends[i]!,
      serNo: this.serNos[i]!,
      payload: this.payload(i),
    };
  }

  /** SHA-256 of a payload in hexadecimal digits, '' for none. */
  payload(i: number): string {
    const at = 32 * i;
    const isNone = this.payloads.subarray(at, at + 32).every((byte) => byte === 0);
    return isNone ? '' : bytesToHex(this.payloads, at, 32);
  }

  entries(): TagEntry[] {
    return Array.from({ length: this.size }, (_, i) => this.entry(i));
  }

  /** Index of the last entry that begins at or before a position, -1 when none does. */
  lastBeginning(position: Position): number {
    return lastNotAfter(this.begins, position);
  }
}

/** Index of the last of sorted positions that is at or before a position, -1 when none is. */
export function lastNotAfter(sorted: BigInt64Array, position: Position): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! <= position) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Entries as the bytes of a block: equal entries, equal bytes. */
export function encodeTagBlock(entries: readonly TagEntry[]): Uint8Array<ArrayBuffer> {
  const size = entries.length;
  const bytes = new Uint8Array(headerBytes + size * bytesPerEntry);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, magic, true);
  view.setUint32(4, size, true);
  for (let i = 0; i < size; i++) {
    const entry = entries[i]!;
    view.setBigInt64(headerBytes + 8 * i, entry.begin, true);
    view.setBigInt64(headerBytes + 8 * (size + i), entry.end, true);
    view.setFloat64(headerBytes + 8 * (2 * size + i), entry.serNo, true);
    if (entry.payload) writeHash(bytes, headerBytes + 24 * size + 32 * i, entry);
  }
  return bytes;
}

function writeHash(bytes: Uint8Array, at: number, { serNo, payload }: TagEntry): void {
  if (hexToBytes(payload, bytes, at, 32)) return;
  throw new ConditionsError('invalid', {
    what: 'no SHA-256 of a payload',
    where: `calibration ${serNo}`,
    given: `'${payload.slice(0, 80)}'`,
    expected: '64 lower-case hexadecimal digits',
  });
}

function corrupt(where: string, what: string, given: string): ConditionsError {
  return new ConditionsError('corrupt', { what, where, given });
}
