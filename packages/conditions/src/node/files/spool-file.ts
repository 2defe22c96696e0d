import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileErrorOf } from './file-error.ts';

/** Bytes in a file of their own that nobody else knows yet. */
export interface SpoolFile {
  readonly path: string;
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
}

/**
 * Writes bytes to a new file, hashes them on the way, and waits until the disk has them. On an error the file is gone.
 *
 * @throws ConditionsError `unavailable` when the disk takes no more
 */
export async function spool(
  bytes: Uint8Array | AsyncIterable<Uint8Array>,
  folder: string,
): Promise<SpoolFile> {
  const path = join(folder, `${randomUUID()}.part`);
  const hash = createHash('sha256');
  let size = 0;
  try {
    await mkdir(folder, { recursive: true });
    const file = await open(path, 'wx', 0o444);
    try {
      for await (const chunk of bytes instanceof Uint8Array ? [bytes] : bytes) {
        hash.update(chunk);
        size += chunk.length;
        for (let at = 0; at < chunk.length; ) {
          const { bytesWritten } = await file.write(chunk, at, chunk.length - at);
          at += bytesWritten;
        }
      }
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    await rm(path, { force: true });
    throw fileErrorOf(error, path);
  }
  return { path, sha256: hash.digest('hex'), size };
}
