import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileError, makeFolder } from '@lantern/formats/node';

/**
 * Makes a new folder for results under the home: `HOME/simulations/2026-08-22-14-03-59`, with `-2` and so on behind it
 * when another simulation began in the same second.
 */
export async function newSimulationFolder(home: string, now: Date): Promise<string> {
  const parent = join(home, 'simulations');
  const stamp = now.toISOString().slice(0, 19).replaceAll(/[T:]/g, '-');
  await makeFolder(parent, 'cannot make a folder for the results');
  try {
    for (let n = 1; ; n++) {
      const folder = join(parent, n === 1 ? stamp : `${stamp}-${n}`);
      if (await made(folder)) return folder;
    }
  } catch (cause) {
    throw fileError(cause, 'cannot make a folder for the results', parent);
  }
}

/** Whether the folder is new. */
async function made(folder: string): Promise<boolean> {
  try {
    await mkdir(folder);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}
