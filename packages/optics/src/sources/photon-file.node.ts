import { NpyReader } from '@lantern/formats/node';
import { OpticsError } from '../errors.ts';
import {
  checkPhotons,
  type PhotonCheck,
  type PhotonRepairs,
  repairsInWords,
} from './photon-check.ts';
import type { PhotonSource } from './photon-source.ts';

/** What a photon file is read with. */
export type PhotonFileOptions = Omit<PhotonCheck, 'where'>;

/** A file of generation steps in place of photons. */
function shapeHint(shape: readonly number[]): string | undefined {
  const isSteps = shape.length === 3 && shape[1] === 6 && shape[2] === 4;
  return isSteps ? 'these are generation steps: --gensteps FILE takes them' : undefined;
}

/**
 * Photons from an NPY file: (N, 4, 4) little-endian float32 in the layout of photon-layout.ts. Batches are read as they
 * are asked for, so that the file may be larger than the memory.
 *
 * @throws FormatError when the file is missing, damaged or of another shape; a batch throws OpticsError for a photon
 * that is none: see `checkPhotons`
 * @example
 * ```ts
 * const source = await openPhotonFile('photons.npy', { seed: 1n });
 * const { photons } = await source.batch(0, 1000);
 * ```
 */
export async function openPhotonFile(
  path: string,
  options: PhotonFileOptions,
): Promise<PhotonSource> {
  const reader = await NpyReader.open(path, { dtype: '<f4', shape: [undefined, 4, 4], shapeHint });
  const repairs: PhotonRepairs = { polarised: 0, turned: 0 };
  if (reader.rows === 0) {
    await reader.close();
    throw new OpticsError({ what: 'a file without photons', where: path });
  }
  return {
    description: `file ${path}`,
    count: reader.rows,
    async batch(first, count) {
      const read = await reader.read(first, count);
      const photons = new Float32Array(read.buffer as ArrayBuffer, read.byteOffset, read.length);
      checkPhotons(photons, first, { where: path, ...options }, repairs);
      return { kind: 'photons', photons, given: true };
    },
    warnings: () => repairsInWords(path, repairs),
    close: () => reader.close(),
  };
}
