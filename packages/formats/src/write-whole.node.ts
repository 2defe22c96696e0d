import { randomUUID } from 'node:crypto';
import type { Stats } from 'node:fs';
import { realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { FormatError } from './errors.ts';
import { codeOf, fileError } from './file-error.node.ts';

/**
 * Writes a text, or bytes, by way of another name: the file is there completely or not at all. Where the path is a link, the file
 * that it leads to is replaced.
 *
 * @throws {FormatError} when it cannot be written, or is there and is not a regular file
 */
export async function writeWhole(path: string, text: string | Uint8Array): Promise<void> {
  await requireReplaceable(path);
  const target = await followLinks(path);
  const partial = `${target}.${randomUUID()}.partial`;
  try {
    await writeFile(partial, text, { flag: 'wx' });
    await rename(partial, target);
  } catch (cause) {
    await rm(partial, { force: true }).catch(() => undefined);
    throw fileError(cause, 'cannot write', path);
  }
}

/**
 * Renaming to a name or removing it takes away whatever is there, also a device: only regular files may go.
 *
 * @throws {FormatError} when there is something else: a device, a FIFO, a socket, a folder
 */
export async function requireReplaceable(path: string): Promise<void> {
  let found: Stats;
  try {
    found = await stat(path);
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return;
    throw fileError(cause, 'cannot write', path);
  }
  if (found.isFile()) return;
  throw new FormatError({
    what: 'cannot write: it is not a regular file',
    where: path,
    given: kindOf(found),
    hint: 'choose another name',
  });
}

function kindOf(found: Stats): string {
  if (found.isDirectory()) return 'a folder';
  if (found.isFIFO()) return 'a FIFO';
  if (found.isSocket()) return 'a socket';
  return 'a device';
}

/** The file that a link leads to; the path itself where nothing is there yet. */
async function followLinks(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    return path;
  }
}
