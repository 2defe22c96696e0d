import { open, stat } from 'node:fs/promises';
import { requireReplaceable } from '@lantern/formats/node';
import { LanternError } from '@lantern/units';

/** A mark stands near the beginning of a file: within so many bytes. */
const markWithin = 1024;

/**
 * A file that is there may be replaced where it has the mark of what writes it, or the user says so.
 *
 * @param mark a text near the beginning of each file that the command writes
 * @throws {LanternError} when there is a file without it; a FormatError when it is no regular file
 */
export async function requireOwn(path: string, mark: string, overwrite: boolean): Promise<void> {
  await requireReplaceable(path);
  const isThere = await stat(path).then(
    () => true,
    () => false,
  );
  if (!isThere || overwrite || (await beginning(path)).includes(mark)) return;
  throw new LanternError({
    what: 'the file is there, and is not one that this command wrote',
    where: path,
    hint: 'choose another place with --out, or let it go with --overwrite',
  });
}

/** What cannot be read is not known to be Lantern's. */
async function beginning(path: string): Promise<string> {
  const file = await open(path).catch(() => undefined);
  if (file === undefined) return '';
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(markWithin), 0, markWithin, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}
