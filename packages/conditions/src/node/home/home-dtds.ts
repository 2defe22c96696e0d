import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DtdFile } from '../../payload/dtd/dtd-catalog.ts';
import { fileErrorOf } from '../files/file-error.ts';

/**
 * The DTDs of an experiment: the files `*.dtd` of a folder, `<home>/conditions/dtds`; none where there is no such folder.
 *
 * @throws ConditionsError for a file that cannot be read
 */
export async function readHomeDtds(folder: string): Promise<readonly DtdFile[]> {
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw fileErrorOf(error, folder);
  }
  const wanted = names.filter((name) => name.endsWith('.dtd')).sort();
  return Promise.all(
    wanted.map(async (name) => {
      try {
        return { name, text: await readFile(join(folder, name), 'utf8') };
      } catch (error) {
        throw fileErrorOf(error, join(folder, name));
      }
    }),
  );
}
