import { compareFractions } from '@lantern/units';
import { expect, test } from 'vitest';
import { createCpuEngine } from '../src/cpu/cpu-engine.node.ts';
import { boundaryStatuses } from '../src/step-trace.ts';
import { boundaryPhotons, boundaryRuns, fittedShareOfS } from '../src/validation/boundary-runs.ts';
import { firstBoundaries } from '../src/validation/op-novice.ts';

test.each(boundaryRuns)('[SURF6] [SURF8] [SURF9] [SURF10] as Geant4 11.4: $name', async (run) => {
  const total = 30_000;
  const photons = boundaryPhotons(run, total, fittedShareOfS());
  const { counts } = await firstBoundaries(createCpuEngine(), photons, { seed: 1n, threads: 2 });
  const met = [...counts.values()].reduce((sum, count) => sum + count, 0);
  expect(met).toBeGreaterThan(0.997 * total);
  const reference = run.counts.reduce((sum, count) => sum + count, 0);
  const deviations = boundaryStatuses.slice(0, run.counts.length).map((name, i) => ({
    name,
    deviation: compareFractions(counts.get(name) ?? 0, met, run.counts[i] ?? 0, reference),
  }));
  expect(deviations.filter(({ deviation }) => !(Math.abs(deviation) < 4))).toEqual([]);
});

test('[SURF1] the polarisation that Geant4 does not tell lies between p and s', () => {
  expect(fittedShareOfS()).toBeGreaterThan(0.5);
  expect(fittedShareOfS()).toBeLessThan(0.75);
});
