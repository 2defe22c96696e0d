import {
  length,
  normalize,
  perpendicular,
  RandomStream,
  sampleIsotropic,
  type Vector3,
} from '@lantern/units';
import { expect, test } from 'vitest';
import { photonsOf } from '../../src/validation/photon-rows.ts';
import { box, smallDetector } from '../../src/validation/small-detector.ts';
import { propagateRows } from './propagate-rows.ts';

/** A ball that touches the wall x = 0 of its mother at the origin, both perfect mirrors. */
const cusp = (finish: 'polished' | 'ground') =>
  smallDetector({
    materials: { Vacuum: { RINDEX: 1, ABSLENGTH: 1e15 } },
    surfaces: { Mirror: { finish, tables: { REFLECTIVITY: 1 } } },
    solids: [box('cube', 100), { type: 'orb', name: 'ball', r: 10 }, box('hall', 1000)],
    world: {
      name: 'World',
      solid: 'hall',
      material: 'Vacuum',
      inside: [
        {
          name: 'Cube',
          solid: 'cube',
          material: 'Vacuum',
          skin: 'Mirror',
          at: [-50, 0, 0],
          inside: [
            { name: 'Ball', solid: 'ball', material: 'Vacuum', skin: 'Mirror', at: [40, 0, 0] },
          ],
        },
      ],
    },
  });

test.each([
  ['polished', 1],
  ['polished', 1e-3],
  ['polished', 1e-5],
  ['ground', 1e-3],
  ['ground', 1e-5],
] as const)(
  '[NAV12] light that goes into a cusp comes out again: %s, from %f mm beside the point of contact',
  async (finish, away) => {
    // More than the steps of no length that make a photon lost.
    const maxBounces = 110_000;
    const { ends, tally } = await propagateRows(
      cusp(finish),
      photonsOf(8, (i) => {
        const random = new RandomStream(5n, i);
        const [x, y, z] = sampleIsotropic(random);
        // Along the wall to the point of contact, or anywhere away from the wall.
        const direction: Vector3 =
          finish === 'polished' ? normalize([1e-3 * away * x, -1, away * z]) : [-Math.abs(x), y, z];
        const position: Vector3 = [(-away * away) / 40, away, 0];
        return { position, direction, polarisation: perpendicular(direction) };
      }),
      { maxBounces },
    );
    expect(tally.lost).toBe(0n);
    expect(tally.leftWorld).toBe(0n);
    expect(tally.steps).toBe(BigInt(8 * maxBounces));
    for (const { position, direction } of ends) {
      const [x, y, z] = position;
      expect(length(direction)).toBeCloseTo(1, 6);
      expect(Math.max(x, -100 - x, Math.abs(y) - 50, Math.abs(z) - 50)).toBeLessThan(1e-5);
      expect(Math.hypot(x + 10, y, z)).toBeGreaterThan(10 - 1e-5);
    }
  },
);
