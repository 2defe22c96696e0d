import { open, readdir, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileError, makeFolder, requireReplaceable } from '@lantern/formats/node';
import { LanternError } from '@lantern/units';
import { OpticsError } from '../errors.ts';
import { hitKinds } from '../hits/hit-forms.ts';
import { childrenName } from './children-last.node.ts';
import { drawnByLantern, isPictureName, markWithin } from './derived-files.ts';

/** Those that may have rows of children at their end. */
const photonNames = [...hitKinds.map((kind) => `${kind}.npy`), 'photons.npy', 'record.npy'];
/** The files of a simulation, in the order in which they are completed: the summary is last. */
const resultNames: readonly string[] = [
  ...photonNames,
  ...photonNames.map(childrenName),
  'parents.npy',
  'gensteps.npy',
  'gensteps.materials.json',
  'sensors.json',
  'summary.json',
];

/** `hits.npy` → `hits.partial.npy` */
function partialName(name: string): string {
  return name.replace(/(\.[^.]+)$/, '.partial$1');
}

/**
 * Makes the folder ready for the results of a simulation: it is there, and holds none.
 *
 * @param overwrite whether the results of an earlier simulation, complete or partial, may go, and with them the pictures
 * of them that Lantern drew
 * @returns the folders that it made, the highest first
 * @throws when it cannot be made, or holds what may not go
 */
export async function prepareFolder(
  folder: string,
  overwrite: boolean,
): Promise<readonly string[]> {
  const made = await makeFolder(folder, 'cannot write').catch((cause: unknown) => {
    throw unwritable(cause, folder);
  });
  const found = await resultsIn(folder);
  if (found.length > 0 && !overwrite) throw occupied(folder, found);
  for (const name of found) await requireReplaceable(join(folder, name));
  // The summary first: what remains, should this be interrupted, is not a complete result.
  for (const name of found.reverse()) await remove(join(folder, name));
  if (overwrite)
    for (const { name, isDrawn } of await picturesIn(folder))
      if (isDrawn) await remove(join(folder, name));
  return made;
}

/** Names of the files in a folder that are called as results of a simulation are, complete or partial. */
export async function resultsIn(folder: string): Promise<string[]> {
  const names = resultNames.flatMap((name) => [name, partialName(name)]);
  const found: string[] = [];
  for (const name of names) if (await exists(join(folder, name))) found.push(name);
  return found;
}

/** The files in a folder that are called as Lantern's pictures and pages are, and whether Lantern drew them. */
export async function picturesIn(folder: string): Promise<{ name: string; isDrawn: boolean }[]> {
  const names = (await readdir(folder).catch(() => [])).filter(isPictureName).sort();
  return Promise.all(
    names.map(async (name) => ({ name, isDrawn: await hasMark(join(folder, name)) })),
  );
}

/** What cannot be read is not known to be Lantern's. */
async function hasMark(path: string): Promise<boolean> {
  try {
    if (!(await stat(path)).isFile()) return false;
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(markWithin), 0, markWithin, 0);
      return buffer.toString('latin1', 0, bytesRead).includes(drawnByLantern);
    } finally {
      await file.close();
    }
  } catch {
    return false;
  }
}

function occupied(folder: string, found: readonly string[]): OpticsError {
  const isPartial = found.some((name) => name.includes('.partial.'));
  return new OpticsError({
    what: isPartial
      ? 'the folder holds the partial results of a simulation that was stopped'
      : 'the folder holds the results of an earlier simulation',
    where: folder,
    given: found.join(', '),
    hint: 'choose another folder with --out, or let them go with --overwrite',
  });
}

/**
 * Takes away what a simulation of which no batch was through has written, and the folders that were made for it.
 *
 * @param made what `prepareFolder` gave
 */
export async function discardResults(folder: string, made: readonly string[]): Promise<void> {
  for (const name of [...resultNames].reverse()) {
    await remove(join(folder, name));
    await remove(join(folder, partialName(name)));
  }
  // Another process may have put something there meanwhile: then they stay.
  for (const path of [...made].reverse()) await rmdir(path).catch(() => undefined);
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
  const error = fileError(cause, 'cannot write', path);
  if (!(error instanceof LanternError) || error.parts.hint) return error;
  return new OpticsError({ ...error.parts, hint: 'choose another folder with --out' });
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
