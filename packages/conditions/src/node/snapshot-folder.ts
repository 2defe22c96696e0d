import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ConditionsError } from '../errors.ts';
import { type FolderHeader, folderFiles } from '../snapshot/folder-layout.ts';
import { type OpenFolder, openSnapshotFolder } from '../snapshot/open-snapshot-folder.ts';
import type { SnapshotRequest } from '../snapshot/snapshot-plan.ts';
import type { ConditionsStores } from '../snapshot/write-snapshot.ts';
import { writeSnapshotFolder } from '../snapshot/write-snapshot-folder.ts';

/**
 * Writes a snapshot as a folder, beside its place until it is whole. An older snapshot that is there is replaced.
 *
 * @throws ConditionsError as `writeSnapshotFolder` does; `conflict` where something else is in its place
 */
export async function saveSnapshotFolder(
  path: string,
  stores: ConditionsStores,
  request: SnapshotRequest = {},
): Promise<FolderHeader> {
  if (
    existsSync(path) &&
    !existsSync(join(path, folderFiles.header)) &&
    (await readdir(path)).length > 0
  ) {
    throw new ConditionsError('conflict', {
      what: 'the folder is not empty, and no snapshot',
      where: path,
      hint: 'name another folder',
    });
  }
  const partial = `${path}.${process.pid}.partial`;
  const old = `${path}.${process.pid}.old`;
  try {
    const made = new Set<string>();
    const header = await writeSnapshotFolder(stores, request, {
      async write(file, bytes) {
        const target = join(partial, ...file.split('/'));
        const folder = dirname(target);
        if (!made.has(folder)) await mkdir(folder, { recursive: true });
        made.add(folder);
        await writeFile(target, bytes);
      },
    });
    if (existsSync(path)) await rename(path, old);
    await rename(partial, path);
    await rm(old, { recursive: true, force: true });
    return header;
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw error;
  }
}

/** Opens a snapshot that is a folder. @throws ConditionsError as `openSnapshotFolder` does */
export function openSnapshotFolderAt(path: string): Promise<OpenFolder> {
  return openSnapshotFolder({
    name: path,
    async read(file) {
      try {
        return new Uint8Array(await readFile(join(path, ...file.split('/'))));
      } catch (cause) {
        throw new ConditionsError('absent', {
          what: 'a file of the snapshot cannot be read',
          where: join(path, file),
          cause,
        });
      }
    },
  });
}
