import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { FormatError } from '@lantern/formats';
import { readNumbers, requireFolder } from '@lantern/formats/node';
import { type RealSurfaceFile, realSurfaceFiles } from './real-surface.ts';
import type { LookUpTable } from './surface-data.ts';

/** Geant4 leaves aside what follows the numbers that it reads; a few may. */
const spare = 1000;

/** Packed as Geant4 11 has them, or plain as before (RealSurface 1). */
const extensions = ['.z', '.dat'];

const hint = 'name it with --real-surface DIR or G4REALSURFACEDATA';

/**
 * Reads the look-up tables of these finishes from a folder of Geant4's RealSurface data; finishes that have no table
 * are left out.
 *
 * @param folder as in G4REALSURFACEDATA
 * @throws FormatError that names the folder that does not exist, or a file that is missing, cut short, or does not hold the numbers expected
 */
export async function readRealSurface(
  folder: string,
  finishes: Iterable<string>,
): Promise<ReadonlyMap<string, LookUpTable>> {
  await requireFolder(folder, "the folder of Geant4's RealSurface data", hint);
  const tables = new Map<string, LookUpTable>();
  for (const finish of new Set(finishes)) {
    const files = realSurfaceFiles(finish);
    if (files === undefined) continue;
    const { file, values } = await readOne(folder, finish, files.table);
    tables.set(
      finish,
      files.reflectivity === undefined
        ? { file, values }
        : {
            file,
            values,
            reflectivity: (await readOne(folder, finish, files.reflectivity)).values,
          },
    );
  }
  return tables;
}

async function readOne(
  folder: string,
  finish: string,
  { name, counts, meaning }: RealSurfaceFile,
): Promise<{ readonly file: string; readonly values: Float32Array }> {
  for (const extension of extensions) {
    const file = join(folder, `${name}${extension}`);
    if (await exists(file))
      return { file, values: await readNumbers(file, { counts, meaning, spare }) };
  }
  throw new FormatError({
    what: `there is no table of the finish ${finish} in this folder`,
    where: folder,
    expected: extensions.map((extension) => `${name}${extension}`).join(' or '),
    hint: "it must be the folder of Geant4's RealSurface data",
  });
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
