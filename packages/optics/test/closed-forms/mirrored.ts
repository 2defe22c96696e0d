import type { Detector } from '@lantern/geometry';
import {
  length,
  normalize,
  perpendicular,
  RandomStream,
  sampleIsotropic,
  scale,
  subtract,
  type Vector3,
} from '@lantern/units';
import type { PhotonState } from '../../src/validation/photon-rows.ts';
import { box, smallDetector } from '../../src/validation/small-detector.ts';
import type { ClosedDetector } from './closed-detectors.ts';

/** A detector with perfect mirrors around it, that no photon can leave. */
export function mirrored(
  { solid, parts }: ClosedDetector,
  finish: 'polished' | 'ground',
): Detector {
  return smallDetector({
    materials: { Vacuum: { RINDEX: 1, ABSLENGTH: 1e15 } },
    surfaces: { Mirror: { finish, tables: { REFLECTIVITY: 1 } } },
    solids: [solid, ...(parts ?? []), box('hall', 4000)],
    world: {
      name: 'World',
      solid: 'hall',
      material: 'Vacuum',
      inside: [{ name: 'Detector', solid: solid.name, material: 'Vacuum', skin: 'Mirror' }],
    },
  });
}

/** A photon from there in any direction, by its number. */
export function startingAt(position: Vector3, photon: number): Partial<PhotonState> {
  const direction = sampleIsotropic(new RandomStream(7n, photon));
  return { position, direction, polarisation: perpendicular(direction) };
}

/** The end of a step lies on the surface, rounded to 32 bits: that point or one a micrometre off is inside. */
export function nearlyInside(
  isInside: (x: number, y: number, z: number) => boolean,
  position: Vector3,
  start: Vector3,
): boolean {
  if (isInside(...position)) return true;
  const micrometre = 1e-3;
  const offsets: Vector3[] = [-1, 0, 1].flatMap((x) =>
    [-1, 0, 1].flatMap((y) => [-1, 0, 1].map((z): Vector3 => [x, y, z])),
  );
  const towardsStart = subtract(start, position);
  const inward = length(towardsStart) > 0 ? scale(normalize(towardsStart), micrometre) : start;
  return [...offsets.map((offset) => scale(offset, micrometre)), inward].some(([x, y, z]) =>
    isInside(position[0] + x, position[1] + y, position[2] + z),
  );
}
