import { createHash } from 'node:crypto';
import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { ConditionsError } from '../errors.ts';
import type { BundleCalibration } from '../import/conditions-bundle.ts';
import { resolveDataIdent } from '../payload/address/data-ident.ts';
import { checkLimit, defaultPayloadLimits, type PayloadLimits } from '../payload/limits.ts';

/** More than any folder of calibrations that is imported at once. */
const maximumFiles = 100_000;

/**
 * The files in a folder and its folders, by path with `/`, relative to it. Links are passed over.
 *
 * @throws ConditionsError `absent` where there is none, `invalid` beyond the limits
 */
export async function readPayloadFolder(
  folder: string,
  limits: PayloadLimits = defaultPayloadLimits,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  let size = 0;
  const descend = async (inside: string): Promise<void> => {
    for (const entry of await readdir(join(folder, inside), { withFileTypes: true })) {
      const path = inside === '' ? entry.name : `${inside}/${entry.name}`;
      if (entry.isDirectory()) await descend(path);
      if (!entry.isFile()) continue;
      size += (await stat(join(folder, path))).size;
      checkLimit(limits, 'bytes', size, 'a folder too large to be imported at once', folder);
      files.set(path, await readFile(join(folder, path)));
      if (files.size > maximumFiles) {
        throw new ConditionsError('invalid', { what: 'too many files', where: folder });
      }
    }
  };
  try {
    await descend('');
  } catch (cause) {
    if (cause instanceof ConditionsError) throw cause;
    throw unreadable(folder, cause);
  }
  return files;
}

/**
 * A reader of the files that `dataIdent` names: inside `folders`, also where links lead.
 *
 * @throws ConditionsError `absent` where the file is not there, `forbidden` where a link leads out
 */
export function payloadFileReader(
  folders: readonly string[],
): (path: string) => Promise<Uint8Array> {
  return async (path) => {
    try {
      const real = await realpath(path);
      const inside = await Promise.all(
        folders.map((folder) => realpath(folder).catch(() => folder)),
      );
      const isInside = inside.some((folder) => {
        const way = relative(folder, real);
        return way !== '' && way !== '..' && !way.startsWith(`..${sep}`);
      });
      if (!isInside) {
        throw new ConditionsError('forbidden', {
          what: 'a link that leads out of the folders of payloads',
          where: path,
        });
      }
      return await readFile(real);
    } catch (cause) {
      if (cause instanceof ConditionsError) throw cause;
      throw unreadable(path, cause);
    }
  };
}

/**
 * Reads the files of a bundle from the folder that they were brought along in, and checks their MD5 where the bundle has it.
 * Files that are not there are left out: their rows come without payload.
 *
 * @throws ConditionsError `corrupt` where a file is not the one that was meant
 */
export function bundleFileReader(
  folder: string,
): (calibration: BundleCalibration) => Promise<Uint8Array | undefined> {
  const read = payloadFileReader([folder]);
  return async ({ file, md5, id }) => {
    if (file === undefined) return undefined;
    const path = resolveDataIdent(file, { variables: {}, folders: [folder] }, id);
    const bytes = await read(path).catch((error: unknown) => {
      if (error instanceof ConditionsError && error.kind === 'absent') return undefined;
      throw error;
    });
    if (!bytes || md5 === undefined) return bytes;
    const found = createHash('md5').update(bytes).digest('hex');
    if (found === md5.toLowerCase()) return bytes;
    throw new ConditionsError('corrupt', {
      what: 'MD5 of the file',
      where: path,
      given: found,
      expected: md5,
    });
  };
}

function unreadable(where: string, cause: unknown): ConditionsError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
  const isAbsent = code === 'ENOENT' || code === 'ENOTDIR';
  return new ConditionsError(isAbsent ? 'absent' : 'unavailable', {
    what: isAbsent ? 'no such file or folder' : `cannot be read: ${code}`,
    where,
    cause,
  });
}
