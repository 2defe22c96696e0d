import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileError } from '@lantern/formats/node';
import { LanternError } from '@lantern/units';
import { OpticsError } from '../errors.ts';

/** The files of a simulation, in the order in which they are completed: the summary is last. */
const resultNames = [
  'hits.npy',
  'photons.npy',
  'record.npy',
  'sensors.json',
  'summary.json',
] as const;

/** `hits.npy` → `hits.partial.npy` */
function partialName(name: string): string {
  return name.replace(/(\.[^.]+)$/, '.partial$1');
}

/**
 * Makes the folder ready for the results of a simulation: it is there, and what an interrupted one left is gone.
 *
 * @param overwrite whether the results of a complete one may go too
 * @throws when it cannot be made, or holds results that may not go
 */
export async function prepareFolder(folder: string, overwrite: boolean): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (cause) {
    throw unwritable(cause, folder);
  }
  for (const name of resultNames) {
    const path = join(folder, name);
    if (!overwrite && (await exists(path))) {
      throw new OpticsError({
        what: 'the folder holds the results of an earlier simulation',
        where: folder,
        given: name,
        hint: 'choose another folder with --out, or let them go with --overwrite',
      });
    }
  }
  // The summary first: what remains, should this be interrupted, is not a complete result.
  for (const name of [...resultNames].reverse()) {
    await remove(join(folder, name));
    await remove(join(folder, partialName(name)));
  }
}

/** Writes a text by way of its partial name: the file is there completely or not at all. */
export async function writeResult(folder: string, name: string, text: string): Promise<void> {
  const partial = await writePartial(folder, name, text);
  try {
    await rename(partial, join(folder, name));
  } catch (cause) {
    throw unwritable(cause, partial);
  }
}

/**
 * Writes the text of an incomplete result, which keeps its partial name.
 *
 * @returns its path
 */
export async function writePartial(folder: string, name: string, text: string): Promise<string> {
  const partial = join(folder, partialName(name));
  try {
    await writeFile(partial, text, { flush: true });
  } catch (cause) {
    throw unwritable(cause, partial);
  }
  return partial;
}

/** What the file system says, and what to do about it. */
function unwritable(cause: unknown, path: string): unknown {
  const hint = 'choose another folder with --out';
  if (cause instanceof Error && 'code' in cause && cause.code === 'EEXIST') {
    const what = 'cannot write: it is a file, not a folder';
    return new OpticsError({ what, where: path, hint, cause });
  }
  const error = fileError(cause, 'cannot write', path);
  if (!(error instanceof LanternError) || error.parts.hint) return error;
  return new OpticsError({ ...error.parts, hint });
}

async function remove(path: string): Promise<void> {
  try {
    await rm(path, { force: true });
  } catch (cause) {
    throw unwritable(cause, path);
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch {
    return false;
  }
}
