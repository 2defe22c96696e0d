import { describe, expect, test } from 'vitest';
import { createCpuEngine } from '../../src/cpu/cpu-engine.node.ts';
import { expectedCascade } from '../../src/validation/shift-cascade.ts';
import { expectedWlsRun, runWls, wlsReferences } from '../../src/validation/shift-run.ts';
import { perPhoton, perValue } from '../../src/validation/tally-means.ts';

const sigmas = ([mean, error]: readonly [number, number], expected: number): number =>
  Math.abs(mean - expected) / error;

describe('wavelength shifts of shifts', () => {
  test('[CF21] the closed form of two stages that do not overlap is a product', () => {
    const flat = (low: number, high: number) =>
      [
        [low, 1],
        [high, 1],
      ] as const;
    const above = (threshold: number, length: number) => (energy: number) =>
      energy > threshold ? length : 1e30;
    const { shifts, absorptions } = expectedCascade(
      {
        absorption: () => 3,
        velocity: () => 200,
        shifters: [
          { length: above(3, 1), emission: flat(2.5, 3), mean: 0.9, delay: [2, 8] },
          {
            length: (e) => above(2.4, 2)(e > 3 ? 0 : e),
            emission: flat(1.5, 2),
            mean: 3,
            delay: [1, 1],
          },
        ],
      },
      4,
    );
    const [first, second] = shifts;
    // Chances 3/4 and 3/5.
    const made = [0.75 * 0.9, 0.75 * 0.9 * 0.6 * 3] as const;
    expect(first?.absorbed).toBeCloseTo(0.75, 6);
    expect(first?.made).toBeCloseTo(made[0], 3);
    expect(first?.madeEnergy).toBeCloseTo(2.75, 3);
    expect(second?.absorbed).toBeCloseTo(made[0] * 0.6, 3);
    expect(second?.made).toBeCloseTo(made[1], 3);
    expect(second?.madeEnergy).toBeCloseTo(1.75, 3);
    expect(absorptions).toBeCloseTo(0.25 + made[0] * 0.4 + made[1], 2);
    const flights = [0.75 / 200, 1.2 / 200] as const;
    expect(second?.madeTime).toBeCloseTo(3 + flights[0] + flights[1], 4);
    const variance = 4 + flights[0] ** 2 + flights[1] ** 2;
    expect(second?.madeTimeDeviation).toBeCloseTo(Math.sqrt(variance), 4);
  });

  test.each(wlsReferences)('[CF21] wls.out of Geant4 $version within its errors', (reference) => {
    const { shifts } = expectedWlsRun();
    // Errors of 10,000 photons of the source: those of the test below, and half of the last digit printed.
    const [first, second] = shifts;
    if (!first || !second) throw new Error('no shifts');
    expect(Math.abs(reference.absorbed[0] - first.absorbed)).toBeLessThan(0.05 + 4 * 0.005);
    expect(Math.abs(reference.made[0] - first.made)).toBeLessThan(0.05 + 4 * 0.015);
    expect(Math.abs(reference.absorbed[1] - second.absorbed)).toBeLessThan(0.05 + 4 * 0.11);
    expect(Math.abs(reference.made[1] - second.made)).toBeLessThan(0.5 + 4 * 0.33);
    expect(Math.abs(reference.energies[0] - first.absorbedEnergy)).toBeLessThan(4 * 0.0022);
    expect(Math.abs(reference.energies[1] - first.madeEnergy)).toBeLessThan(4 * 0.0086);
    expect(Math.abs(reference.energies[2] - second.madeEnergy)).toBeLessThan(4 * 0.0015);
    expect(Math.abs(reference.time - second.madeTime)).toBeLessThan(4 * 0.07);
    expect(Math.abs(reference.timeDeviation - second.madeTimeDeviation)).toBeLessThan(4 * 0.06);
  });

  test('[CF21] Geant4’s wls.mac: numbers, energies and times in closed form and by the engine', async () => {
    const expected = expectedWlsRun();
    const photons = 6000;
    const tallies = await runWls(createCpuEngine(), { seed: 11n, threads: 2, photons });
    for (const set of [0, 1] as const) {
      const shifts = expected.shifts[set];
      if (!shifts) throw new Error('no shifts');
      expect(
        sigmas(
          perPhoton(tallies, (t) => t.absorbed[set]),
          shifts.absorbed,
        ),
      ).toBeLessThan(4);
      expect(
        sigmas(
          perPhoton(tallies, (t) => t.made[set]),
          shifts.made,
        ),
      ).toBeLessThan(4);
      const absorbed = perValue(tallies, (t) => t.absorbedEnergies[set]);
      expect(sigmas(absorbed, shifts.absorbedEnergy)).toBeLessThan(4);
      const made = perValue(tallies, (t) => t.madeEnergies[set]);
      expect(sigmas(made, shifts.madeEnergy)).toBeLessThan(4);
      expect(
        sigmas(
          perValue(tallies, (t) => t.madeTimes[set]),
          shifts.madeTime,
        ),
      ).toBeLessThan(4);
      const spread = perValue(tallies, (t) =>
        t.madeTimes[set].map((time) => (time - shifts.madeTime) ** 2),
      );
      expect(sigmas(spread, shifts.madeTimeDeviation ** 2)).toBeLessThan(4);
    }
    expect(
      sigmas(
        perPhoton(tallies, (t) => t.absorptions),
        expected.absorptions,
      ),
    ).toBeLessThan(4);
  });
});
