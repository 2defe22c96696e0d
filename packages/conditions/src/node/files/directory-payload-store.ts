import { createHash } from 'node:crypto';
import { createReadStream, type Dirent } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ConditionsError } from '../../errors.ts';
import type { PayloadReference } from '../../model/calibration.ts';
import { checkedSha256 } from '../../payload/sha256.ts';
import type { PayloadStore, PayloadStream } from '../../store/payload-store.ts';
import { fileErrorOf } from './file-error.ts';
import { spool } from './spool-file.ts';
import { verifiedChunks, wholeOf } from './verified-chunks.ts';

/** What a process that died left unfinished is removed after so many milliseconds. */
const abandonedAfter = 24 * 3_600_000;

/** Bytes read at once. */
const chunkSize = 1 << 20;

/**
 * Payloads as files of a folder: `ab/ab34…`, named by their SHA-256, read-only. They are written under another name, to the
 * disk, and then renamed: whatever dies when, a name has its bytes.
 */
export class DirectoryPayloadStore implements PayloadStore {
  readonly #folder: string;
  #swept: Promise<void> | undefined;

  /** @param folder made when it is first written to */
  constructor(folder: string) {
    this.#folder = folder;
  }

  async put(
    bytes: Uint8Array | AsyncIterable<Uint8Array>,
  ): Promise<PayloadReference & { readonly isNew: boolean }> {
    this.#swept ??= this.#sweep();
    await this.#swept;
    if (bytes instanceof Uint8Array) {
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      if (await this.#isWhole(sha256)) return { sha256, size: bytes.length, isNew: false };
    }
    const { path, sha256, size } = await spool(bytes, this.#unfinished);
    try {
      // What is there but changed is replaced: here are the right bytes.
      if (await this.#isWhole(sha256)) {
        await rm(path, { force: true });
        return { sha256, size, isNew: false };
      }
      const folder = this.#folderOf(sha256);
      const made = await mkdir(folder, { recursive: true });
      await rename(path, this.#pathOf(sha256));
      await syncFolder(folder);
      if (made !== undefined) await syncFolder(this.#folder);
    } catch (error) {
      await rm(path, { force: true });
      throw fileErrorOf(error, this.#pathOf(sha256));
    }
    return { sha256, size, isNew: true };
  }

  async get(sha256: string): Promise<Uint8Array<ArrayBuffer>> {
    const { size, chunks } = await this.open(sha256);
    return wholeOf(chunks, size);
  }

  async open(sha256: string): Promise<PayloadStream> {
    const path = this.#pathOf(sha256);
    const size = await sizeOf(path);
    if (size === undefined) {
      throw new ConditionsError('absent', { what: `no payload ${sha256}`, where: this.#folder });
    }
    return { size, chunks: verifiedChunks(fileChunks(path), sha256, path) };
  }

  async has(sha256: string): Promise<boolean> {
    return (await sizeOf(this.#pathOf(sha256))) !== undefined;
  }

  async *list(): AsyncIterable<string> {
    for (const folder of await entries(this.#folder)) {
      if (!folder.isDirectory() || !/^[0-9a-f]{2}$/.test(folder.name)) continue;
      for (const { name } of await entries(join(this.#folder, folder.name))) {
        if (/^[0-9a-f]{64}$/.test(name)) yield name;
      }
    }
  }

  get #unfinished(): string {
    return join(this.#folder, 'unfinished');
  }

  #folderOf(sha256: string): string {
    return join(this.#folder, sha256.slice(0, 2));
  }

  #pathOf(sha256: string): string {
    return join(this.#folderOf(checkedSha256(sha256)), sha256);
  }

  async #isWhole(sha256: string): Promise<boolean> {
    const path = this.#pathOf(sha256);
    if ((await sizeOf(path)) === undefined) return false;
    try {
      for await (const _ of verifiedChunks(fileChunks(path), sha256, path));
      return true;
    } catch (error) {
      if (error instanceof ConditionsError && error.kind === 'corrupt') return false;
      throw error;
    }
  }

  async #sweep(): Promise<void> {
    for (const { name } of await entries(this.#unfinished)) {
      const path = join(this.#unfinished, name);
      const found = await stat(path).catch(() => undefined);
      if (found && Date.now() - found.mtimeMs > abandonedAfter) await rm(path, { force: true });
    }
  }
}

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw fileErrorOf(error, path);
  }
}

async function* fileChunks(path: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(path, { highWaterMark: chunkSize });
  } catch (error) {
    throw fileErrorOf(error, path);
  }
}

async function entries(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (isAbsent(error)) return [];
    throw fileErrorOf(error, folder);
  }
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

/** So that the new name survives the power going. Windows has no such thing for folders, and needs none. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const file = await open(folder, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
