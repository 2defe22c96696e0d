import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AnswerCache } from '../client/answer-cache.ts';
import type { Interval, Position } from '../model/validity.ts';

/** How much is written before it is looked whether there is too much, as a part of the limit. */
const partBetweenLooks = 0.1;

/**
 * An {@link AnswerCache} in a folder that any number of processes share. What it gives is checked first: that the answer is
 * to this question, whole, and valid at the position asked for. What is damaged is taken away and asked for again.
 *
 * `answers/HASH/BEGIN_END.json` holds the question, the validity, a hash of the text, and the text; `payloads/HH/HASH` bytes.
 */
export class DiskAnswerCache implements AnswerCache {
  readonly folder: string;
  readonly #limit: number;
  #written: number;

  /** @param limit bytes; default 4 GiB. The longest unused files go first. */
  constructor(folder: string, limit: number = 4 * 2 ** 30) {
    this.folder = folder;
    this.#limit = limit;
    this.#written = limit;
  }

  async answer(question: string, position: Position): Promise<string | undefined> {
    const folder = this.#folderOf(question);
    for (const name of await readdir(folder).catch(() => [])) {
      const validity = validityOf(name);
      if (!validity || position < validity.begin || position >= validity.end) continue;
      const path = join(folder, name);
      const text = textOf(await readFile(path, 'utf8').catch(() => ''), question, name);
      if (text !== undefined) {
        await touch(path);
        return text;
      }
      await rm(path, { force: true });
    }
    return undefined;
  }

  async keepAnswer(question: string, validity: Interval, text: string): Promise<void> {
    const name = nameOf(validity);
    const content = JSON.stringify({ question, name, sha256: sha256(text), text });
    await this.#write(this.#folderOf(question), name, content);
  }

  async payload(hash: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const path = join(this.#payloadFolder(hash), hash);
    const bytes = await readFile(path).catch(() => undefined);
    if (!bytes) return undefined;
    await touch(path);
    return new Uint8Array(bytes);
  }

  async keepPayload(hash: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    await this.#write(this.#payloadFolder(hash), hash, bytes);
  }

  async forgetPayload(hash: string): Promise<void> {
    await rm(join(this.#payloadFolder(hash), hash), { force: true });
  }

  #folderOf(question: string): string {
    return join(this.folder, 'answers', sha256(question));
  }

  #payloadFolder(hash: string): string {
    return join(this.folder, 'payloads', hash.slice(0, 2));
  }

  /** A cache that cannot be written (a full disk, a file system that is read only) is no reason to stop the work. */
  async #write(folder: string, name: string, content: string | Uint8Array): Promise<void> {
    const partial = join(folder, `.${randomUUID()}`);
    try {
      await mkdir(folder, { recursive: true });
      await writeFile(partial, content);
      await rename(partial, join(folder, name));
    } catch {
      await rm(partial, { force: true }).catch(() => undefined);
      return;
    }
    this.#written += content.length;
    if (this.#written > partBetweenLooks * this.#limit) {
      this.#written = 0;
      await this.#tidy();
    }
  }

  async #tidy(): Promise<void> {
    const names = await readdir(this.folder, { recursive: true }).catch(() => []);
    const files: { path: string; size: number; used: number }[] = [];
    for (const name of names) {
      const path = join(this.folder, name);
      const found = await stat(path).catch(() => undefined);
      if (found?.isFile()) files.push({ path, size: found.size, used: found.mtimeMs });
    }
    let bytes = files.reduce((sum, { size }) => sum + size, 0);
    for (const { path, size } of files.sort((a, b) => a.used - b.used)) {
      if (bytes <= this.#limit) break;
      await rm(path, { force: true });
      bytes -= size;
    }
  }
}

function nameOf({ begin, end }: Interval): string {
  return `${begin}_${end}.json`;
}

function validityOf(name: string): Interval | undefined {
  const match = /^(-?\d{1,19})_(-?\d{1,19})\.json$/.exec(name);
  return match ? { begin: BigInt(match[1] ?? 0), end: BigInt(match[2] ?? 0) } : undefined;
}

/** The answer in a file; undefined where it is not whole, or of another question or validity than the file's name says. */
function textOf(content: string, question: string, name: string): string | undefined {
  try {
    const kept = JSON.parse(content) as Record<string, unknown>;
    const { text } = kept;
    const isRight =
      typeof text === 'string' &&
      kept.question === question &&
      kept.name === name &&
      kept.sha256 === sha256(text);
    return isRight ? text : undefined;
  } catch {
    return undefined;
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

async function touch(path: string): Promise<void> {
  const now = new Date();
  await utimes(path, now, now).catch(() => undefined);
}
