import { randomUUID } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import { GeometryError } from '../errors.ts';
import type { Detector } from '../model/detector.ts';
import { writeGdml } from './write-gdml.ts';

/**
 * Writes a detector to a GDML file, under another name first, so that the file is whole or not there.
 *
 * @throws {GeometryError} where it cannot be written
 */
export async function writeGdmlFile(detector: Detector, path: string): Promise<void> {
  const text = writeGdml(detector);
  const partial = `${path}.${randomUUID()}.partial`;
  try {
    await writeFile(partial, text, { flag: 'wx' });
    await rename(partial, path);
  } catch (cause) {
    await rm(partial, { force: true });
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new GeometryError({
      what: 'the file cannot be written',
      where: path,
      given: reason,
      cause,
    });
  }
}
