import { packScene } from '@lantern/geometry';
import { hcInEvNm } from '@lantern/units';
import { expect, test } from 'vitest';
import { photonsOf, samePhotons } from '../../src/validation/photon-rows.ts';
import { box, byEnergy, type Optics, smallDetector } from '../../src/validation/small-detector.ts';
import { countMet, endedBy, propagateRows } from '../closed-forms/propagate-rows.ts';

function cube(optics: Optics, constants: Readonly<Record<string, number>> = {}) {
  return smallDetector({
    materials: { Medium: { RINDEX: 1.5, ...optics } },
    constants: { Medium: constants },
    solids: [box('cube', 1000)],
    world: { name: 'World', solid: 'cube', material: 'Medium' },
  });
}

test('[BUG7] REEMISSIONPROB without a spectrum absorbs, and is told', async () => {
  const detector = cube({ ABSLENGTH: 10, REEMISSIONPROB: 1 });
  const count = 5000;
  const { ends, tally } = await propagateRows(detector, samePhotons(count, {}));
  expect(endedBy(ends, 'BULK_ABSORB').length).toBe(count);
  expect(countMet(ends, 'BULK_REEMIT')).toBe(0);
  expect(tally.lost).toBe(0n);
  expect(packScene(detector).warnings.join('\n')).toContain('REEMISSIONPROB');
});

test('[BUG16] no photon is shifted to a higher energy than it had, where the spectrum reaches far above it', async () => {
  const spectrum = byEnergy([
    [1.5, 0.1],
    [2.5, 1],
    [4, 1],
    [6, 0.5],
  ]);
  const detector = cube({ ABSLENGTH: 1e12, WLSABSLENGTH: 0.5, WLSCOMPONENT: spectrum });
  const energies = [1.6, 2, 2.6, 3, 3.5, 5];
  const each = 3000;
  const { ends } = await propagateRows(
    detector,
    photonsOf(each * energies.length, (i) => ({
      wavelength: hcInEvNm / (energies[i % energies.length] ?? 1),
    })),
    { maxBounces: 1 },
  );
  expect(countMet(ends, 'BULK_REEMIT')).toBe(each * energies.length);
  for (const [i, { wavelength }] of ends.entries()) {
    const before = hcInEvNm / (energies[i % energies.length] ?? 1);
    expect(wavelength).toBeGreaterThanOrEqual(Math.fround(before));
  }
});
