import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ServerError } from '../errors.ts';

/** What somebody asked to change, and what became of it: two records with the same `request`. */
export interface AuditRecord {
  /** The same in both records of a request. */
  readonly request: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly who: string;
  /** How that is known: token, oidc, anonymous, local. */
  readonly by: string;
  /** Address of the client. */
  readonly from: string;
  /** Method and path: `POST /api/conditions/rows`. */
  readonly what: string;
  readonly outcome: 'asked' | 'done' | 'refused' | 'failed';
  /** HTTP status of the answer. */
  readonly status?: number | undefined;
  /** Why not, or what came of it. */
  readonly detail?: string | undefined;
}

/** Where audit records go: a file of a server, a list in a test. */
export interface AuditLog {
  /** Resolves when the record is where it stays. */
  record(record: AuditRecord): Promise<void>;
  close(): Promise<void>;
}

/**
 * A file of JSON lines, only ever appended to, on the disk before a change is begun. Records that come while the disk
 * is busy are written together.
 */
export class AuditFile implements AuditLog {
  readonly path: string;
  #file: Promise<FileHandle> | undefined;
  #waiting: { readonly line: string; readonly done: (error?: unknown) => void }[] = [];
  #writing = false;

  /** @param path `<home>/server/audit.jsonl`; its folder is made */
  constructor(path: string) {
    this.path = path;
  }

  record(record: AuditRecord): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({
        line: `${JSON.stringify(record)}\n`,
        done: (error) => (error === undefined ? resolve() : reject(error)),
      });
      if (!this.#writing) void this.#write();
    });
  }

  async close(): Promise<void> {
    const file = await this.#file?.catch(() => undefined);
    this.#file = undefined;
    await file?.close();
  }

  async #write(): Promise<void> {
    this.#writing = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      let failure: ServerError | undefined;
      try {
        this.#file ??= openToAppend(this.path);
        const file = await this.#file;
        await file.appendFile(batch.map(({ line }) => line).join(''));
        await file.datasync();
      } catch (cause) {
        this.#file = undefined;
        failure = new ServerError('unavailable', {
          what: 'the audit cannot be written, so nothing is changed',
          where: this.path,
          cause,
        });
      }
      for (const { done } of batch) done(failure);
    }
    this.#writing = false;
  }
}

async function openToAppend(path: string): Promise<FileHandle> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  return open(path, 'a', 0o600);
}
