import { FormatError } from './errors.ts';

/** What the codes of the system mean to a user, and what to do. */
const meanings: Readonly<Record<string, readonly [what: string, hint?: string]>> = {
  ENOENT: ['no such file or folder'],
  EACCES: ['permission denied'],
  EPERM: ['operation not permitted'],
  EROFS: ['the file system is read-only', 'choose another folder with --out'],
  EISDIR: ['it is a folder, not a file'],
  ENOTDIR: ['a part of its path is a file, not a folder'],
  EMFILE: ['too many open files'],
  ENOSPC: ['the disk is full', 'free space, or choose another folder with --out'],
  EDQUOT: ['the disk quota is used up', 'free space, or choose another folder with --out'],
  EFBIG: ['the file has become larger than the file system allows'],
  EIO: ['the disk reports an input/output error'],
};

/**
 * Puts an error of the file system into words. Any other error comes back as it is.
 *
 * @param action what was tried, as `cannot write`
 * @param path of the file
 * @param given what was known then, as the number of bytes written
 */
export function fileError(cause: unknown, action: string, path: string, given?: string): unknown {
  const code = codeOf(cause);
  if (!(cause instanceof Error) || code === undefined) return cause;
  const [meaning, hint] = meanings[code] ?? [cause.message];
  return new FormatError({ what: `${action}: ${meaning}`, where: path, given, hint, cause });
}

/** The code of an error of the system, as `ENOENT`; undefined for any other error. */
export function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}
