import { readFile } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';
import { nearest } from '@lantern/units';
import { ConditionsError } from '../../errors.ts';
import { fileErrorOf } from '../files/file-error.ts';

/** Where conditions are kept: `<home>/conditions/config.json`. All of it may be left out. */
export interface HomeConfig {
  /** `postgres://name:password@host:5432/database`; default: PGlite in the folder `db`. */
  readonly metadata?: string | undefined;
  /** Schema of the tables in PostgreSQL; default `conditions`. */
  readonly schema?: string | undefined;
  /** A folder, or `s3://bucket/prefix?endpoint=URL&region=NAME`; default: the folder `payloads`. */
  readonly payloads?: string | undefined;
}

const keys = ['metadata', 'schema', 'payloads'] as const;

/**
 * Reads the configuration; nothing where there is no file.
 *
 * @param folder `<home>/conditions`
 * @throws ConditionsError `invalid` that names the file and the key
 */
export async function readHomeConfig(folder: string): Promise<HomeConfig> {
  const where = join(folder, 'config.json');
  let text: string;
  try {
    text = await readFile(where, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
    throw fileErrorOf(error, where);
  }
  const given = parsed(text, where);
  for (const [key, value] of Object.entries(given)) {
    if (!keys.some((known) => known === key)) {
      const near = nearest(key, keys);
      throw new ConditionsError('invalid', {
        what: 'no such setting',
        where,
        given: `'${key}'`,
        expected: `one of ${keys.join(', ')}`,
        hint: near && `did you mean '${near}'?`,
      });
    }
    if (typeof value !== 'string' || value === '') {
      throw new ConditionsError('invalid', {
        what: `${key} is no text`,
        where,
        given: JSON.stringify(value),
        expected: key === 'payloads' ? 'a folder or an s3:// URL' : 'text',
      });
    }
  }
  return given;
}

function parsed(text: string, where: string): object {
  try {
    const given: unknown = JSON.parse(text);
    if (typeof given === 'object' && given !== null && !Array.isArray(given)) return given;
  } catch (cause) {
    throw new ConditionsError('invalid', { what: 'not JSON', where, cause });
  }
  throw new ConditionsError('invalid', {
    what: 'no JSON object',
    where,
    expected: '{"payloads": …}',
  });
}

/** @param folder what a relative folder is relative to */
export function folderOf(path: string, folder: string): string {
  return isAbsolute(path) ? path : resolve(folder, path);
}
