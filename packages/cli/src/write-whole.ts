import { rename, writeFile } from 'node:fs/promises';
import { fileError } from '@lantern/formats/node';

/** Writes a text by way of a partial name: the file is there completely or not at all. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const partial = `${path}.partial`;
  try {
    await writeFile(partial, text);
    await rename(partial, path);
  } catch (cause) {
    throw fileError(cause, 'cannot write', path);
  }
}
