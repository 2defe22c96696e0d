import { ConditionsError } from '../errors.ts';
import type { PayloadReference } from '../model/calibration.ts';
import { checkedSha256, sha256Of } from '../payload/sha256.ts';
import type { MemoryPayloadStore } from '../store/memory-payload-store.ts';
import type { PayloadStore, PayloadStream } from '../store/payload-store.ts';
import type { FolderHeader } from './folder-layout.ts';
import type { FolderSource } from './open-snapshot-folder.ts';

/** The payloads of a snapshot that is a folder, and the blocks of its tags, which were made when it was opened. */
export class FolderPayloads implements PayloadStore {
  readonly #source: FolderSource;
  readonly #header: FolderHeader;
  readonly #paths = new Map<string, string>();
  readonly #blocks: MemoryPayloadStore;

  constructor(
    source: FolderSource,
    header: FolderHeader,
    sums: ReadonlyMap<string, string>,
    blocks: MemoryPayloadStore,
  ) {
    this.#source = source;
    this.#header = header;
    this.#blocks = blocks;
    for (const [path, sha256] of sums) {
      if (path.startsWith('payloads/')) this.#paths.set(sha256, path);
    }
  }

  /** @throws ConditionsError `forbidden` */
  async put(): Promise<PayloadReference & { readonly isNew: boolean }> {
    throw new ConditionsError('forbidden', {
      what: 'a snapshot is not written to',
      where: this.#source.name,
    });
  }

  async get(sha256: string): Promise<Uint8Array<ArrayBuffer>> {
    if (await this.#blocks.has(checkedSha256(sha256))) return this.#blocks.get(sha256);
    const path = this.#paths.get(sha256);
    if (path === undefined) throw this.#absent(sha256);
    const bytes = await this.#source.read(path);
    const found = await sha256Of(bytes);
    if (found === sha256) return bytes;
    throw new ConditionsError('corrupt', {
      what: 'a payload is not what was stored',
      where: `${this.#source.name}/${path}`,
      given: `SHA-256 ${found}`,
      expected: sha256,
    });
  }

  /** The whole of it in one chunk. */
  async open(sha256: string): Promise<PayloadStream> {
    const bytes = await this.get(sha256);
    return { size: bytes.length, chunks: once(bytes) };
  }

  async has(sha256: string): Promise<boolean> {
    return this.#paths.has(checkedSha256(sha256)) || this.#blocks.has(sha256);
  }

  async *list(): AsyncIterable<string> {
    yield* this.#paths.keys();
    yield* this.#blocks.list();
  }

  #absent(sha256: string): ConditionsError {
    const { scope } = this.#header;
    return new ConditionsError('absent', {
      what: `no payload ${sha256}`,
      where: this.#source.name,
      hint: scope.payloads
        ? scope.range
          ? 'the snapshot has those of its range, and the lines of tags as they are at its moment'
          : 'a folder has the lines of its tags as they are at its moment'
        : 'the snapshot was made without payloads',
    });
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
