import { ConditionsError } from '../../errors.ts';

/** What the codes of the operating system mean. */
const meanings: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota of the disk is used up',
  EFBIG: 'a file may not become so large here',
  EROFS: 'the disk cannot be written to',
  EACCES: 'no right to do that',
  EPERM: 'no right to do that',
  EIO: 'the disk does not work',
  EMFILE: 'too many open files',
  ENFILE: 'too many open files',
  ESTALE: 'the network disk is gone',
};

/** An error of the file system as one of conditions; what is none stays what it is. */
export function fileErrorOf(error: unknown, where: string): unknown {
  if (error instanceof ConditionsError || !(error instanceof Error)) return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const what = meanings[code];
  if (what === undefined) return error;
  return new ConditionsError('unavailable', { what, where, given: code, cause: error });
}
