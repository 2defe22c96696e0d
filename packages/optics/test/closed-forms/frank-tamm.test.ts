import { type Detector, packScene } from '@lantern/geometry';
import {
  compareToExpected,
  dot,
  energyToWavelength,
  fineStructureConstant,
  hbarC,
  wavelengthToEnergy,
} from '@lantern/units';
import { describe, expect, test } from 'vitest';
import { loadKernel } from '../../src/cpu/cpu-engine.node.ts';
import { type GunSource, gunSource } from '../../src/sources/gun/gun-source.ts';
import { box, type Optics, smallDetector } from '../../src/validation/small-detector.ts';
import { propagateRows } from './propagate-rows.ts';

/** A metre of a medium in which nothing but the world's end stops light. */
function metre(RINDEX: Optics[string]): Detector {
  return smallDetector({
    materials: { Medium: { RINDEX, ABSLENGTH: 1e12 } },
    solids: [box('metre', 1000)],
    world: { name: 'World', solid: 'metre', material: 'Medium' },
  });
}

async function muons(detector: Detector, text: string): Promise<GunSource> {
  const scene = packScene(detector);
  return gunSource(text, { detector, scene, module: await loadKernel(), seed: 3n });
}

const [low, high] = [wavelengthToEnergy(800), wavelengthToEnergy(200)];

/** dN/dx = (α/ħc) ∫ (1 − 1/(n²β²)) dE over n β > 1, by the midpoint rule. */
function yieldPerLength(index: (energy: number) => number, beta: number): number {
  const parts = 100_000;
  const step = (high - low) / parts;
  let sum = 0;
  for (let i = 0; i < parts; i++) {
    const n = index(low + (i + 0.5) * step);
    sum += Math.max(0, 1 - 1 / (n * beta) ** 2) * step;
  }
  return (fineStructureConstant / hbarC) * sum;
}

const down = 'from 0 0 499.9 mm towards 0 0 -1';

describe('Frank and Tamm', () => {
  test('[CF10] photons of fast muons: number, angle and a flat spectrum in energy', async () => {
    const detector = metre(1.33);
    const source = await muons(detector, `mu- 100 GeV ${down}, 2 events`);
    const path = source.events.reduce((sum, event) => sum + event.path, 0);
    const expected = yieldPerLength(() => 1.33, 1) * path;
    expect(Math.abs(source.count - expected)).toBeLessThan(
      4 * Math.sqrt(expected) + 1e-4 * expected,
    );

    const { ends } = await propagateRows(detector, source);
    const energies = new Array<number>(20).fill(0);
    let [cosine, polarised] = [0, 0];
    for (const { direction, polarisation, wavelength } of ends) {
      cosine += -direction[2] / ends.length;
      const bin = Math.floor((20 * (wavelengthToEnergy(wavelength) - low)) / (high - low));
      const inside = Math.max(0, Math.min(19, bin));
      energies[inside] = (energies[inside] ?? 0) + 1;
      // In the plane of photon and track: across is p · (d × z) = 0.
      const across = polarisation[0] * direction[1] - polarisation[1] * direction[0];
      polarised = Math.max(polarised, Math.abs(across));
      expect(Math.abs(dot(direction, polarisation))).toBeLessThan(1e-6);
    }
    expect(cosine).toBeCloseTo(1 / 1.33, 3);
    // But for the track's own multiple scattering.
    expect(polarised).toBeLessThan(0.05);
    const flat = energies.map(() => ends.length / energies.length);
    expect(compareToExpected(energies, flat).probability).toBeGreaterThan(1e-4);
  });

  test.each([
    [0.2, 'far above threshold for blue light only'],
    [1, 'above threshold for all'],
  ])('[CF10] the yield of muons of %f GeV in a dispersive medium: %s', async (energy) => {
    const mass = 105.6583755;
    const gamma = 1 + (1000 * energy) / mass;
    const beta = Math.sqrt(1 - 1 / gamma ** 2);
    // Linear in energy; at β of 0.2 GeV the threshold lies within.
    const index = (E: number): number => 1.05 + (0.2 * (E - low)) / (high - low);
    const detector = metre([
      [energyToWavelength(low), index(low)],
      [energyToWavelength(high), index(high)],
    ]);
    // A hundredth of a metre each: the muons hardly slow down.
    const events = 60;
    const source = await muons(
      detector,
      `mu- ${energy} GeV from 0 0 -490 mm towards 0 0 -1, ${events} events`,
    );
    const path = source.events.reduce((sum, event) => sum + event.path, 0);
    expect(Math.abs(path / events - 10)).toBeLessThan(0.02);
    const expected = yieldPerLength(index, beta) * path;
    // 4 MeV of loss in hydrogen per cm at most: one percent of 0.2 GeV.
    expect(Math.abs(source.count / expected - 1)).toBeLessThan(4 / Math.sqrt(expected) + 0.03);
    expect(expected).toBeGreaterThan(1000);
  });
});
