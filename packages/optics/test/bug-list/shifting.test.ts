import { packScene } from '@lantern/geometry';
import { hcInEvNm } from '@lantern/units';
import { expect, test } from 'vitest';
import { createCpuEngine } from '../../src/cpu/cpu-engine.node.ts';
import { photonFlags, photonOffsets, photonWords } from '../../src/photon-layout.ts';
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

test('[BUG10] the photons of one shift have rows, numbers and lives of their own', async () => {
  const mean = 4;
  const detector = cube(
    {
      ABSLENGTH: 1e12,
      WLSABSLENGTH: byEnergy([
        [2, 1e12],
        [2.6, 1e12],
        [2.9, 0.01],
        [3.2, 0.01],
      ]),
      WLSCOMPONENT: byEnergy([
        [1.5, 0],
        [2, 1],
        [2.5, 0],
      ]),
    },
    { WLSMEANNUMBERPHOTONS: mean },
  );
  const count = 5000;
  const rows: Float32Array[] = [];
  let emitted = 0;
  await createCpuEngine().propagate(
    packScene(detector),
    {
      ...{ seed: 1n, threads: 2, keepPhotons: true, maxBounces: 1 },
      source: samePhotons(count, { wavelength: hcInEvNm / 3 }),
    },
    ({ photons, children }) => {
      const ends = photons ?? new Float32Array();
      const words = new Uint32Array(ends.buffer);
      for (let row = 0; row < ends.length; row += photonWords) {
        if ((words[row + photonOffsets.flag / 4] ?? 0) & photonFlags.BULK_REEMIT) emitted++;
      }
      emitted += children?.count ?? 0;
      rows.push(ends, children?.photons ?? new Float32Array());
    },
  );
  expect(Math.abs(emitted / count - mean)).toBeLessThan(4 * Math.sqrt(mean / count));
  const numbers = new Set<number>();
  const directions = new Set<string>();
  let total = 0;
  for (const some of rows) {
    const words = new Uint32Array(some.buffer);
    for (let row = 0; row < some.length; row += photonWords) {
      total++;
      numbers.add(words[row + photonOffsets.index / 4] ?? -1);
      directions.add(some.slice(row + 4, row + 7).join());
      const wavelength = some[row + photonOffsets.wavelength / 4] ?? 0;
      expect(wavelength).toBeGreaterThanOrEqual(Math.fround(hcInEvNm / 3));
    }
  }
  // Photons that a shift makes none of stay where they were absorbed, all with the direction they had.
  const none = total - emitted;
  expect(numbers.size).toBe(total);
  expect(directions.size).toBe(emitted + (none > 0 ? 1 : 0));
});
