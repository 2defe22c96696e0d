import { mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { FormatError } from './errors.ts';
import { codeOf, fileError } from './file-error.node.ts';

/**
 * Makes a folder, with those above it that are missing. Node's own recursive way never returns where the file system
 * answers that the parent is missing though it is there, as /proc does.
 *
 * @param action what is tried, for the error: `cannot write`
 * @returns the folders that it made, the highest first; none where the folder was there
 * @throws {FormatError} when it cannot be made, or is a file
 */
export async function makeFolder(
  path: string,
  action = 'cannot make the folder',
): Promise<string[]> {
  try {
    const missing = await missingFolders(resolve(path));
    for (const folder of missing) await makeOne(folder);
    return missing;
  } catch (cause) {
    throw folderError(cause, action, path);
  }
}

/** The folder and those above it that are not there, the highest first. */
async function missingFolders(folder: string): Promise<string[]> {
  const missing: string[] = [];
  for (let at = folder; !(await isThere(at)); at = dirname(at)) missing.unshift(at);
  return missing;
}

/** Follows links. A file is no folder, and there is none below it. */
async function isThere(folder: string): Promise<boolean> {
  try {
    const found = await stat(folder);
    if (!found.isDirectory()) throw Object.assign(new Error('a file'), { code: 'EEXIST' });
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
}

/** Another process may make it at the same time. */
async function makeOne(folder: string): Promise<void> {
  try {
    await mkdir(folder);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST' || !(await isThere(folder))) throw error;
  }
}

function folderError(cause: unknown, action: string, path: string): unknown {
  const code = codeOf(cause);
  if (code === 'EEXIST') {
    return new FormatError({ what: `${action}: it is a file, not a folder`, where: path, cause });
  }
  if (code === 'ENOENT') {
    const what = `${action}: no folder can be made there`;
    return new FormatError({ what, where: path, cause });
  }
  return fileError(cause, action, path);
}
