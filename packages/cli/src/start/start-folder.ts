import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Summary } from '@lantern/optics';
import { picturesIn, resultsIn } from '@lantern/optics/node';
import { LanternError } from '@lantern/units';

/** In the summary of what `lantern start` made: it may replace that. */
export const madeByStart = 'lantern start';

/** The detector's file. */
export const exampleName = 'watertank.gdml';

/** What `lantern start` writes of a simulation: it keeps hits alone, and nothing in the tank shifts light. */
const ownResults: readonly string[] = ['hits', 'sensors', 'summary'].flatMap((name) =>
  ['', '.partial'].map((partial) => `${name}${partial}.${name === 'hits' ? 'npy' : 'json'}`),
);

/**
 * Makes sure that nothing goes but what an earlier `lantern start` left: the summary there says that it did, the
 * pictures have Lantern's mark, and nothing is there that it does not write.
 *
 * @param example the detector as it will be written
 * @throws {LanternError} that names what is not its own
 */
export async function requireOwnFolder(folder: string, example: string): Promise<void> {
  const results = await resultsIn(folder);
  const isOwn = await saysMadeByStart(folder);
  const foreign = results.filter((name) => !isOwn || !ownResults.includes(name));
  for (const { name, isDrawn } of await picturesIn(folder)) if (!isDrawn) foreign.push(name);
  if (!isOwn && (await differs(join(folder, exampleName), example))) foreign.push(exampleName);
  if (foreign.length === 0) return;
  throw new LanternError({
    what: 'the folder holds files that lantern start did not make',
    where: folder,
    given: foreign.join(', '),
    hint: 'choose another folder with --out, or let them go with --overwrite',
  });
}

/** Of the whole result, or of one that was stopped. */
async function saysMadeByStart(folder: string): Promise<boolean> {
  for (const name of ['summary.json', 'summary.partial.json']) {
    try {
      const summary: unknown = JSON.parse(await readFile(join(folder, name), 'utf8'));
      if ((summary as Partial<Summary> | null)?.madeBy === madeByStart) return true;
    } catch {
      // None, or not a summary: then it does not say so.
    }
  }
  return false;
}

/** Whether there is something else. One that was stopped before any photon leaves the detector alone. */
async function differs(path: string, text: string): Promise<boolean> {
  try {
    return (await readFile(path, 'utf8')) !== text;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ENOENT');
  }
}
