import type { PayloadReference } from '../model/calibration.ts';

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
  has(sha256: string): Promise<boolean>;
  /** All hashes, in any order. */
  list(): AsyncIterable<string>;
}
