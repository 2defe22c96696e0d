import { stat } from 'node:fs/promises';
import { FormatError } from './errors.ts';
import { codeOf, fileError } from './file-error.node.ts';

/**
 * A folder that a user named must be there before a file in it is looked for: else the file is what seems to be missing.
 *
 * @param what of the folder, as `the folder of the references`
 * @param hint what to do where it is not there
 * @throws {FormatError} when it is not there, or is a file
 */
export async function requireFolder(path: string, what: string, hint?: string): Promise<void> {
  let isFolder: boolean;
  try {
    isFolder = (await stat(path)).isDirectory();
  } catch (cause) {
    if (codeOf(cause) !== 'ENOENT') throw fileError(cause, `cannot read ${what}`, path);
    throw new FormatError({ what: `${what} does not exist`, where: path, hint, cause });
  }
  if (!isFolder) throw new FormatError({ what: `${what} is a file`, where: path, hint });
}
