import { readFileSync } from 'node:fs';
import { packScene, readGdml } from '@lantern/geometry';
import { binomialDeviation, compareToExpected, energyToWavelength, eV } from '@lantern/units';
import { describe, expect, test } from 'vitest';
import { createCpuEngine } from '../../src/cpu/cpu-engine.node.ts';
import { bulkProcesses } from '../../src/step-trace.ts';
import {
  propagateRows,
  type RecordedStep,
  recordedSteps,
  samePhotons,
} from '../../src/validation/photon-rows.ts';
import { box, byEnergy, type Optics, smallDetector } from '../../src/validation/small-detector.ts';
import { countMet, endedBy, propagateRows as endsOf } from './propagate-rows.ts';
import { sharedFile, withShared } from './shared-data.ts';

function cube(size: number, optics: Optics, constants: Readonly<Record<string, number>> = {}) {
  return smallDetector({
    materials: { Medium: optics },
    constants: { Medium: constants },
    solids: [box('cube', size)],
    world: { name: 'World', solid: 'cube', material: 'Medium' },
  });
}

const flat = (low: number, high: number) =>
  byEnergy([
    [low, 1],
    [high, 1],
  ]);
const wavelength = energyToWavelength(3.5 * eV);

describe('all processes of a material at once', () => {
  const lengths = { absorption: 300, rayleigh: 500, mie: 200, shift: 400, shift2: 700 } as const;
  const total = Object.values(lengths).reduce((sum, length) => sum + 1 / length, 0);
  const medium = cube(
    1e5,
    {
      ...{ RINDEX: 1.4, ABSLENGTH: lengths.absorption, RAYLEIGH: lengths.rayleigh },
      ...{ MIEHG: lengths.mie, WLSABSLENGTH: lengths.shift, WLSABSLENGTH2: lengths.shift2 },
      ...{ WLSCOMPONENT: flat(2.4, 2.8), WLSCOMPONENT2: flat(1.8, 2.2) },
    },
    { MIEHG_FORWARD: 0.85, MIEHG_BACKWARD: 0.4, MIEHG_FORWARD_RATIO: 0.75 },
  );

  test('[CF22] each happens in proportion to its rate, after lengths that are exponential together', async () => {
    const count = 60_000;
    const first: RecordedStep[] = [];
    await propagateRows(
      createCpuEngine(),
      medium,
      samePhotons(count, { wavelength }),
      { maxBounces: 1, recordSteps: 2 },
      undefined,
      (batch) => {
        for (let i = 0; i < batch.count; i++) {
          const step = recordedSteps(batch, i)[1];
          if (step) first.push(step);
        }
      },
    );
    expect(first).toHaveLength(count);
    for (const [name, length] of Object.entries(lengths)) {
      const status = bulkProcesses[name as keyof typeof lengths];
      const met = first.filter((step) => step.status === status);
      const share = 1 / length / total;
      expect(Math.abs(binomialDeviation(met.length, count, share))).toBeLessThan(4);
      // Whatever happens then, the length says nothing about it.
      const bins = new Array<number>(20).fill(0);
      for (const { position } of met) {
        const bin = Math.min(19, Math.floor(position[2] * total * 5));
        bins[bin] = (bins[bin] ?? 0) + 1;
      }
      const beyond = (i: number): number => Math.exp(-i / 5);
      const expected = bins.map(
        (_, i) => met.length * (beyond(i) - (i === 19 ? 0 : beyond(i + 1))),
      );
      expect(compareToExpected(bins, expected).probability).toBeGreaterThan(1e-4);
    }
    const energies = (process: keyof typeof lengths): number[] =>
      first
        .filter(({ status }) => status === bulkProcesses[process])
        .map((step) => energyToWavelength(1) / step.wavelength / eV);
    expect(Math.min(...energies('shift'))).toBeGreaterThan(2.399);
    expect(Math.max(...energies('shift2'))).toBeLessThan(2.201);
    const cosines = first
      .filter(({ status }) => status === bulkProcesses.mie)
      .map(({ direction }) => direction[2]);
    const mean = cosines.reduce((sum, c) => sum + c, 0) / cosines.length;
    const spread = Math.sqrt(cosines.reduce((sum, c) => sum + (c - mean) ** 2, 0) / cosines.length);
    const expected = 0.75 * 0.85 - 0.25 * 0.4;
    expect(Math.abs(mean - expected)).toBeLessThan((4 * spread) / Math.sqrt(cosines.length));
  });
});

describe('re-emission', () => {
  test('[CF23] the number of re-emissions of a photon is geometric, each redder than the one before', async () => {
    const count = 20_000;
    const chance = 0.6;
    const numbers = new Array<number>(12).fill(0);
    let redder = true;
    await propagateRows(
      createCpuEngine(),
      cube(1e5, {
        ...{ RINDEX: 1.4, ABSLENGTH: 10, REEMISSIONPROB: chance },
        REEMISSIONCOMPONENT: flat(2, 3),
      }),
      samePhotons(count, { wavelength }),
      { recordSteps: 40 },
      undefined,
      (batch) => {
        for (let i = 0; i < batch.count; i++) {
          const steps = recordedSteps(batch, i);
          const bin = Math.min(11, steps.length - 2);
          numbers[bin] = (numbers[bin] ?? 0) + 1;
          redder &&= steps.every((s, k) => s.wavelength >= (steps[k - 1]?.wavelength ?? 0));
        }
      },
    );
    const expected = numbers.map((_, k) => count * chance ** k * (k === 11 ? 1 : 1 - chance));
    expect(compareToExpected(numbers, expected).probability).toBeGreaterThan(1e-4);
    expect(redder).toBe(true);
  });

  test.runIf(withShared)(
    '[CF23] opticks_raindrop_reemit_no_scint.gdml: without a spectrum what is absorbed stays so',
    async () => {
      const path = sharedFile('data/gdml/opticks_raindrop_reemit_no_scint.gdml');
      const detector = readGdml(readFileSync(path, 'utf8'), { file: path });
      expect(packScene(detector).warnings).toContainEqual(
        expect.stringContaining('REEMISSIONPROB (there is no spectrum to emit'),
      );
      const { ends } = await endsOf(detector, samePhotons(2000, { wavelength: 300 }));
      expect(countMet(ends, 'BULK_REEMIT')).toBe(0);
      expect(endedBy(ends, 'BULK_ABSORB').length).toBeGreaterThan(0);
    },
  );
});
