import { ConditionsError } from '../errors.ts';
import { bytesToHex, hexToBytes } from '../index/hex.ts';

const bytesPerPayload = 48;

/** Where a payload is in a file. */
export interface PayloadPlace {
  readonly sha256: string;
  readonly offset: number;
  readonly length: number;
}

/** 48 bytes for each, by hash, little-endian: SHA-256, offset, length (uint64). */
export function encodePayloadDirectory(places: readonly PayloadPlace[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(bytesPerPayload * places.length);
  const view = new DataView(bytes.buffer);
  const sorted = [...places].sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1));
  sorted.forEach(({ sha256, offset, length }, i) => {
    hexToBytes(sha256, bytes, bytesPerPayload * i, 32);
    view.setBigUint64(bytesPerPayload * i + 32, BigInt(offset), true);
    view.setBigUint64(bytesPerPayload * i + 40, BigInt(length), true);
  });
  return bytes;
}

/** Finds payloads in a file by halves; the directory stays as it is in the file. */
export class PayloadDirectory {
  readonly size: number;
  readonly #bytes: Uint8Array<ArrayBuffer>;
  readonly #view: DataView;

  /** @throws ConditionsError `corrupt` for bytes that are no directory, or name places outside the file */
  constructor(bytes: Uint8Array<ArrayBuffer>, fileSize: number, where: string) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.size = bytes.length / bytesPerPayload;
    const fail = (what: string, given: string): never => {
      throw new ConditionsError('corrupt', { what, where, given });
    };
    if (!Number.isInteger(this.size))
      fail('a directory of payloads is cut off', `${bytes.length} bytes`);
    for (let i = 0; i < this.size; i++) {
      const { sha256, offset, length } = this.#place(i);
      if (offset + length > fileSize) fail('a payload is outside the file', sha256);
      if (i > 0 && this.#compare(i - 1, i) >= 0)
        fail('a directory of payloads is out of order', sha256);
    }
  }

  find(sha256: string): PayloadPlace | undefined {
    const key = new Uint8Array(32);
    if (!hexToBytes(sha256, key, 0, 32)) return undefined;
    let [low, high] = [0, this.size];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compareBytes(this.#hash(middle), key) < 0) low = middle + 1;
      else high = middle;
    }
    const isThere = low < this.size && compareBytes(this.#hash(low), key) === 0;
    return isThere ? this.#place(low) : undefined;
  }

  /** All hashes, in order. */
  *hashes(): Generator<string> {
    for (let i = 0; i < this.size; i++) yield bytesToHex(this.#bytes, bytesPerPayload * i, 32);
  }

  #place(i: number): PayloadPlace {
    const at = bytesPerPayload * i;
    return {
      sha256: bytesToHex(this.#bytes, at, 32),
      offset: Number(this.#view.getBigUint64(at + 32, true)),
      length: Number(this.#view.getBigUint64(at + 40, true)),
    };
  }

  #hash(i: number): Uint8Array {
    return this.#bytes.subarray(bytesPerPayload * i, bytesPerPayload * i + 32);
  }

  #compare(i: number, j: number): number {
    return compareBytes(this.#hash(i), this.#hash(j));
  }
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return 0;
}
