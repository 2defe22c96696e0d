import { binomialDeviation, compareFractions } from '@lantern/units';
import { expect, test } from 'vitest';
import { createCpuEngine } from '../src/cpu/cpu-engine.node.ts';
import { filmRuns } from '../src/validation/film-runs.ts';
import { firstBoundaries } from '../src/validation/op-novice.ts';

test.each(filmRuns)(
  '[COAT1] [METAL1] as Geant4 11.4: $name',
  async ({ of, counted, count, total, expected }) => {
    const photons = 50_000;
    const request = { seed: 1n, threads: 2 };
    const { counts, absorbedBefore } = await firstBoundaries(
      createCpuEngine(),
      of(photons),
      request,
    );
    const met = photons - absorbedBefore;
    expect([...counts.values()].reduce((sum, n) => sum + n, 0)).toBe(met);
    const found = counted.reduce((sum, name) => sum + (counts.get(name) ?? 0), 0);
    expect(Math.abs(compareFractions(found, met, count, total))).toBeLessThan(4);
    expect(Math.abs(binomialDeviation(found, met, expected))).toBeLessThan(4);
  },
);
