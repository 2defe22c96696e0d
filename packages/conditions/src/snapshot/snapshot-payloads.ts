import { ConditionsError } from '../errors.ts';
import type { PayloadReference } from '../model/calibration.ts';
import { checkedSha256, sha256Of } from '../payload/sha256.ts';
import type { PayloadStore, PayloadStream } from '../store/payload-store.ts';
import type { ByteSource } from './byte-source.ts';
import type { PayloadDirectory } from './payload-directory.ts';
import type { SnapshotHeader } from './snapshot-header.ts';

/** The payloads of a snapshot file, and the blocks of its tags. */
export class SnapshotPayloads implements PayloadStore {
  readonly #source: ByteSource;
  readonly #header: SnapshotHeader;
  readonly #directory: () => Promise<PayloadDirectory>;

  constructor(
    source: ByteSource,
    header: SnapshotHeader,
    directory: () => Promise<PayloadDirectory>,
  ) {
    this.#source = source;
    this.#header = header;
    this.#directory = directory;
  }

  /** @throws ConditionsError `forbidden` */
  async put(): Promise<PayloadReference & { readonly isNew: boolean }> {
    throw new ConditionsError('forbidden', {
      what: 'a snapshot is not written to',
      where: this.#source.name,
    });
  }

  async get(sha256: string): Promise<Uint8Array<ArrayBuffer>> {
    const place = (await this.#directory()).find(checkedSha256(sha256));
    if (!place) throw this.#absent(sha256);
    const bytes = await this.#source.read(place.offset, place.length);
    const found = await sha256Of(bytes);
    if (found === sha256) return bytes;
    throw new ConditionsError('corrupt', {
      what: 'a payload is not what was stored',
      where: this.#source.name,
      given: `SHA-256 ${found}`,
      expected: sha256,
      hint: 'copy the file again',
    });
  }

  /** The whole of it in one chunk. */
  async open(sha256: string): Promise<PayloadStream> {
    const bytes = await this.get(sha256);
    return { size: bytes.length, chunks: once(bytes) };
  }

  async has(sha256: string): Promise<boolean> {
    return (await this.#directory()).find(checkedSha256(sha256)) !== undefined;
  }

  async *list(): AsyncIterable<string> {
    yield* (await this.#directory()).hashes();
  }

  #absent(sha256: string): ConditionsError {
    const { payloads, range } = this.#header.scope;
    const isPartly = payloads && !range;
    return new ConditionsError('absent', {
      what: `no payload ${sha256}`,
      where: this.#source.name,
      hint: isPartly
        ? undefined
        : payloads
          ? 'the snapshot has those of its range only'
          : 'the snapshot was made without payloads',
    });
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
