import { ConditionsError } from '../errors.ts';

/**
 * Bytes that can be read from anywhere: a file, a `File` of a browser, a server that answers ranges, memory. One test suite
 * for all: test/byte-source-contract.ts.
 */
export interface ByteSource {
  /** Path or address, for errors. */
  readonly name: string;
  /** Bytes in all. */
  readonly size: number;
  /** Exactly these bytes. @throws ConditionsError `corrupt` when there are fewer, `unavailable` when they cannot be had */
  read(offset: number, length: number): Promise<Uint8Array<ArrayBuffer>>;
  close(): Promise<void>;
}

/** A file that a browser was given, or any other blob. */
export function blobSource(blob: Blob, name: string): ByteSource {
  return {
    name,
    size: blob.size,
    async read(offset, length) {
      const buffer = await blob.slice(offset, offset + length).arrayBuffer();
      return checkedLength(new Uint8Array(buffer), length, name);
    },
    close: () => Promise.resolve(),
  };
}

/** Bytes in memory: what is read is a copy. */
export function memorySource(bytes: Uint8Array, name: string): ByteSource {
  return {
    name,
    size: bytes.length,
    read: async (offset, length) =>
      checkedLength(bytes.slice(offset, offset + length), length, name),
    close: () => Promise.resolve(),
  };
}

/** @throws ConditionsError `corrupt` where bytes are missing */
export function checkedLength(
  bytes: Uint8Array<ArrayBuffer>,
  length: number,
  name: string,
): Uint8Array<ArrayBuffer> {
  if (bytes.length === length) return bytes;
  throw new ConditionsError('corrupt', {
    what: 'the file ends before its contents do',
    where: name,
    given: `${bytes.length} bytes`,
    expected: `${length}`,
  });
}
