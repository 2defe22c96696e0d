import { open, rename, unlink } from 'node:fs/promises';
import { type OpenSnapshot, openSnapshot } from '../snapshot/open-snapshot.ts';
import type { SnapshotHeader } from '../snapshot/snapshot-header.ts';
import type { SnapshotRequest } from '../snapshot/snapshot-plan.ts';
import { type ConditionsStores, writeSnapshot } from '../snapshot/write-snapshot.ts';
import { fileSource } from './file-source.ts';

const bufferBytes = 2 ** 22;

/**
 * Writes a snapshot to a file: under another name until it is whole and on the disk.
 *
 * @throws ConditionsError as `writeSnapshot` does; errors of the file system as they are
 */
export async function saveSnapshotFile(
  path: string,
  stores: ConditionsStores,
  request: SnapshotRequest = {},
): Promise<SnapshotHeader> {
  const partial = `${path}.${process.pid}.partial`;
  const file = await open(partial, 'w');
  try {
    const waiting = Buffer.alloc(bufferBytes);
    let length = 0;
    const flush = async () => {
      await file.writeFile(waiting.subarray(0, length));
      length = 0;
    };
    const header = await writeSnapshot(stores, request, {
      async write(bytes) {
        if (length + bytes.length > waiting.length) await flush();
        if (bytes.length > waiting.length) return file.writeFile(bytes);
        waiting.set(bytes, length);
        length += bytes.length;
      },
    });
    await flush();
    await file.sync();
    await file.close();
    await rename(partial, path);
    return header;
  } catch (error) {
    await file.close().catch(() => undefined);
    await unlink(partial).catch(() => undefined);
    throw error;
  }
}

/** Opens a snapshot file. @throws ConditionsError as `openSnapshot` does; `absent` where there is no such file */
export async function openSnapshotFile(path: string): Promise<OpenSnapshot> {
  const source = await fileSource(path);
  try {
    return await openSnapshot(source);
  } catch (error) {
    await source.close();
    throw error;
  }
}
