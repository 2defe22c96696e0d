import { inside } from '@lantern/geometry';
import { describe, expect, test } from 'vitest';
import { photonsOf } from '../../src/validation/photon-rows.ts';
import { closedDetectors } from './closed-detectors.ts';
import { mirrored, nearlyInside, startingAt } from './mirrored.ts';
import { propagateRows } from './propagate-rows.ts';

/** So many detectors, two finishes, so many photons and steps each: ten million steps in all. */
const photons = 600;
const steps = Math.ceil(1e7 / (2 * photons * Object.keys(closedDetectors).length));

describe.each(Object.entries(closedDetectors))('%s with perfect mirrors', (_, closed) => {
  test.each(['polished', 'ground'] as const)('[CF9] no photon leaves it: %s', async (finish) => {
    const detector = mirrored(closed, finish);
    const { ends, tally } = await propagateRows(
      detector,
      photonsOf(photons, (i) => startingAt(closed.start, i)),
      { maxBounces: steps },
    );
    expect(tally.leftWorld).toBe(0n);
    expect(tally.lost).toBe(0n);
    expect(tally.truncated).toBe(BigInt(photons));
    expect(tally.steps).toBe(BigInt(photons * steps));
    const isInside = inside(detector.solids, closed.solid.name);
    for (const { position } of ends)
      expect(nearlyInside(isInside, position, closed.start)).toBe(true);
  });
});
