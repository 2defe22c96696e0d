import { sha256Of } from '../payload/sha256.ts';
import type { Section } from './snapshot-header.ts';

/** Where a snapshot is written to, from its first byte to its last. */
export interface ByteSink {
  write(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
}

/** Writes the parts of a file one after the other. */
export class SectionWriter {
  readonly #sink: ByteSink;
  #offset = 0;

  constructor(sink: ByteSink) {
    this.#sink = sink;
  }

  /** Bytes so far. */
  get offset(): number {
    return this.#offset;
  }

  async write(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    await this.#sink.write(bytes);
    this.#offset += bytes.length;
  }

  /** @returns where they are, and their hash */
  async section(bytes: Uint8Array<ArrayBuffer>): Promise<Section> {
    const section = { offset: this.#offset, length: bytes.length, sha256: await sha256Of(bytes) };
    await this.write(bytes);
    return section;
  }
}

/** JSON, one space deep, as bytes. */
export function jsonBytes(value: unknown): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify(value, undefined, 1));
}
