import { writeWhole } from '@lantern/formats/node';
import type { Detector } from '../model/detector.ts';
import { writeGdml } from './write-gdml.ts';

/**
 * Writes a detector to a GDML file, under another name first, so that the file is whole or not there.
 *
 * @throws {FormatError} where it cannot be written
 */
export async function writeGdmlFile(detector: Detector, path: string): Promise<void> {
  await writeWhole(path, writeGdml(detector));
}
