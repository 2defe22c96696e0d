import { type Detector, packScene } from '@lantern/geometry';
import type { Vector3 } from '@lantern/units';
import { createCpuEngine } from '../../src/cpu/cpu-engine.node.ts';
import type { PropagationRequest } from '../../src/engine.ts';
import { photonFlags, photonOffsets, photonWords } from '../../src/photon-layout.ts';
import type { PhotonSource } from '../../src/sources/photon-source.ts';
import type { Tally } from '../../src/tally.ts';

/** A photon at its start or its end. */
export interface PhotonState {
  readonly position: Vector3;
  readonly time: number;
  readonly direction: Vector3;
  readonly polarisation: Vector3;
  readonly wavelength: number;
}

/** The end of a photon. */
export interface PhotonEnd extends PhotonState {
  readonly flag: number;
  readonly flagMask: number;
}

/** Photons that are all the same. */
export function samePhotons(count: number, photon: Partial<PhotonState>): PhotonSource {
  return photonsOf(count, () => photon);
}

/** Photons by their number; 400 nm along z, polarised along x from the origin, where nothing else is said. */
export function photonsOf(
  count: number,
  photon: (index: number) => Partial<PhotonState>,
): PhotonSource {
  return {
    description: 'test',
    count,
    batch: (first, n) => {
      const photons = new Float32Array(n * photonWords);
      for (let i = 0; i < n; i++) {
        const { position = [0, 0, 0], time = 0, direction = [0, 0, 1] } = photon(first + i);
        const { polarisation = [1, 0, 0], wavelength = 400 } = photon(first + i);
        photons.set(
          [...position, time, ...direction, 0, ...polarisation, wavelength],
          i * photonWords,
        );
      }
      return { kind: 'photons', photons };
    },
  };
}

/** What came of photons. */
export interface Propagated {
  readonly ends: readonly PhotonEnd[];
  readonly tally: Tally;
}

/** Propagates photons of a source through a detector with the CPU engine. */
export async function propagateRows(
  detector: Detector,
  source: PhotonSource,
  request: Partial<PropagationRequest> = {},
): Promise<Propagated> {
  const ends: PhotonEnd[] = [];
  const tally = await createCpuEngine().propagate(
    packScene(detector),
    { seed: 1n, source, threads: 2, keepPhotons: true, ...request },
    (batch) => {
      ends.push(...readEnds(batch.photons ?? new Float32Array()));
    },
  );
  return { ends, tally };
}

/** Number of photons that met at least one of these. */
export function countMet(ends: readonly PhotonEnd[], flag: keyof typeof photonFlags): number {
  return ends.filter(({ flagMask }) => (flagMask & photonFlags[flag]) !== 0).length;
}

/** Photons that ended so. */
export function endedBy(
  ends: readonly PhotonEnd[],
  flag: keyof typeof photonFlags,
): readonly PhotonEnd[] {
  return ends.filter((end) => end.flag === photonFlags[flag]);
}

function* readEnds(rows: Float32Array): Generator<PhotonEnd> {
  const words = new Uint32Array(rows.buffer, rows.byteOffset, rows.length);
  for (let row = 0; row < rows.length; row += photonWords) {
    const float = (offset: number): number => rows[row + offset / 4] ?? Number.NaN;
    const vector = (offset: number): Vector3 => [
      float(offset),
      float(offset + 4),
      float(offset + 8),
    ];
    yield {
      position: vector(photonOffsets.x),
      time: float(photonOffsets.time),
      direction: vector(photonOffsets.dirX),
      polarisation: vector(photonOffsets.polX),
      wavelength: float(photonOffsets.wavelength),
      flag: (words[row + photonOffsets.flag / 4] ?? 0) & 0xffff,
      flagMask: words[row + photonOffsets.flagMask / 4] ?? 0,
    };
  }
}
