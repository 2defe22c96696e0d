import type { PayloadReference } from '../model/calibration.ts';

/** Bytes of a payload as they come. */
export interface PayloadStream {
  /** Bytes. */
  readonly size: number;
  /** Can be read once. The last one comes only when the whole is what was stored. */
  readonly chunks: AsyncIterable<Uint8Array>;
}

/**
 * Bulk data by their SHA-256. Makers: in memory, a directory, S3. One test suite for all: test/payload-store-contract.ts.
 * What was put can be got, or is told to be corrupt; nothing is half there.
 */
export interface PayloadStore {
  /** Puts bytes (chunks of any size, up to 1 GB and more without holding them in memory where the store can). */
  put(
    bytes: Uint8Array | AsyncIterable<Uint8Array>,
  ): Promise<PayloadReference & { readonly isNew: boolean }>;
  /**
   * The bytes, hashed again at each read.
   *
   * @throws ConditionsError `absent`, or `corrupt` when they are not those that were put
   */
  get(sha256: string): Promise<Uint8Array<ArrayBuffer>>;
  /**
   * The same in chunks, for what need not fit into memory.
   *
   * @throws ConditionsError `absent`; reading the chunks `corrupt`, before the last one
   */
  open(sha256: string): Promise<PayloadStream>;
  has(sha256: string): Promise<boolean>;
  /** All hashes, in any order. */
  list(): AsyncIterable<string>;
}
