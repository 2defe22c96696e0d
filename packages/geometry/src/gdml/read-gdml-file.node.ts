import { readFileSync, realpathSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';
import { GdmlError } from '../errors.ts';
import type { Detector } from '../model/detector.ts';
import { type ReadGdmlOptions, readGdml } from './read-gdml.ts';

/**
 * Reads a detector from a GDML file, with the files it includes: those at or below its own folder, no others, links
 * followed.
 *
 * @throws {GdmlError} where a file cannot be read or is not sound
 */
export async function readGdmlFile(
  path: string,
  options: Omit<ReadGdmlOptions, 'file' | 'include'> = {},
): Promise<Detector> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (cause) {
    throw new GdmlError(
      { file: path, line: 0, element: '' },
      { what: inWords(cause), expected: 'a GDML file', cause },
    );
  }
  const folder = realpathSync(dirname(path));
  const include = (name: string, from: string): string =>
    readBelow(folder, name, from, dirname(path));
  return readGdml(decode(bytes, path), { ...options, file: path, include });
}

/** Reads an included file, whose name is relative to the folder of the main file. */
function readBelow(folder: string, name: string, from: string, shown: string): string {
  const place = { file: from, line: 0, element: '' };
  const given = JSON.stringify(name);
  let real: string;
  try {
    real = realpathSync(join(folder, name));
  } catch (cause) {
    const what = `the included file ${inWords(cause)}`;
    throw new GdmlError(place, { what, given: join(shown, name), cause });
  }
  const inside = relative(folder, real);
  if (inside === '' || inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside)) {
    const expected = 'a file at or below the folder of the main file';
    throw new GdmlError(place, { what: 'this file is not included', given, expected });
  }
  try {
    return decode(readFileSync(real), name);
  } catch (cause) {
    if (cause instanceof GdmlError) throw cause;
    throw new GdmlError(place, { what: `the included file ${inWords(cause)}`, given, cause });
  }
}

/** GDML is UTF-8 or its subset ASCII; files in Latin-1 say so. */
function decode(bytes: Buffer, file: string): string {
  const head = bytes.subarray(0, 200).toString('latin1');
  const encoding =
    /^<\?xml[^>]*encoding=["']([\w.-]+)["']/.exec(head)?.[1]?.toLowerCase() ?? 'utf-8';
  try {
    const known = ['utf-8', 'utf8', 'us-ascii', 'ascii'].includes(encoding) ? 'utf-8' : encoding;
    return new TextDecoder(known, { fatal: true }).decode(bytes);
  } catch (cause) {
    const what = `this is not text in ${encoding.slice(0, 30)}`;
    throw new GdmlError(
      { file, line: 0, element: '' },
      { what, hint: `is ${basename(file)} GDML?`, cause },
    );
  }
}

function inWords(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'ENOENT') return 'does not exist';
  if (code === 'EACCES') return 'may not be read';
  if (code === 'EISDIR') return 'is a folder';
  return `cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`;
}
