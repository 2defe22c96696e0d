import { inside } from '@lantern/geometry';
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
import { describe, expect, test } from 'vitest';
import { type PhotonState, photonsOf } from '../../src/validation/photon-rows.ts';
import { box, smallDetector } from '../../src/validation/small-detector.ts';
import { closedDetectors } from './closed-detectors.ts';
import { propagateRows } from './propagate-rows.ts';

/** 21 detectors, two finishes, so many photons and steps each: ten million steps in all. */
const photons = 600;
const steps = 400;

describe.each(Object.entries(closedDetectors))(
  '%s with perfect mirrors',
  (_, { solid, parts, start }) => {
    test.each(['polished', 'ground'] as const)('[CF9] no photon leaves it: %s', async (finish) => {
      const solids = [solid, ...(parts ?? []), box('hall', 2000)];
      const detector = smallDetector({
        materials: { Vacuum: { RINDEX: 1, ABSLENGTH: 1e15 } },
        surfaces: { Mirror: { finish, tables: { REFLECTIVITY: 1 } } },
        solids,
        world: {
          name: 'World',
          solid: 'hall',
          material: 'Vacuum',
          inside: [{ name: 'Detector', solid: solid.name, material: 'Vacuum', skin: 'Mirror' }],
        },
      });
      const { ends, tally } = await propagateRows(
        detector,
        photonsOf(photons, (i) => startingAt(start, i)),
        { maxBounces: steps },
      );
      expect(tally.leftWorld).toBe(0n);
      expect(tally.lost).toBe(0n);
      expect(tally.truncated).toBe(BigInt(photons));
      expect(tally.steps).toBe(BigInt(photons * steps));
      const isInside = inside(detector.solids, solid.name);
      for (const { position } of ends) expect(nearlyInside(isInside, position, start)).toBe(true);
    });
  },
);

function startingAt(position: Vector3, photon: number): Partial<PhotonState> {
  const direction = sampleIsotropic(new RandomStream(7n, photon));
  return { position, direction, polarisation: perpendicular(direction) };
}

/** The end of a step lies on the surface, rounded to 32 bits: that point or one a micrometre off is inside. */
function nearlyInside(
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
