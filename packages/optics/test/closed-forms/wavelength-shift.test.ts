import { readFileSync } from 'node:fs';
import { type Detector, type OpticalSurface, readGdml } from '@lantern/geometry';
import { binomialDeviation, compareToExpected, hcInEvNm } from '@lantern/units';
import { describe, expect, test } from 'vitest';
import { photonsOf, samePhotons } from '../../src/validation/photon-rows.ts';
import { box, smallDetector } from '../../src/validation/small-detector.ts';
import { countMet, endedBy, propagateRows } from './propagate-rows.ts';
import { sharedFile, withShared } from './shared-data.ts';

/**
 * Intensity by photon energy (eV): a triangle from 2.1 to 3.1 with its top at 2.6. In many points, because Geant4, and
 * so Lantern, interpolates the integral linearly between them.
 */
const spectrum = Array.from({ length: 1001 }, (_, i): [number, number] => {
  const energy = 2.1 + i / 1000;
  return [hcInEvNm / energy, 0.5 - Math.abs(energy - 2.6)];
});

/** The part of the triangle below an energy. */
function cumulative(energy: number): number {
  if (energy <= 2.6) return 2 * Math.max(0, energy - 2.1) ** 2;
  return 1 - 2 * Math.max(0, 3.1 - energy) ** 2;
}

const lifetime = 3.7;

/** A black box around a shifter that absorbs above 2.2 eV within micrometres, once. */
function shifter() {
  return smallDetector({
    materials: {
      Shifter: {
        RINDEX: 1.5,
        ABSLENGTH: 1e9,
        WLSABSLENGTH: [
          [hcInEvNm / 3.6, 0.001],
          [hcInEvNm / 3.45, 0.001],
          [hcInEvNm / 3.3, 1e9],
          [hcInEvNm / 2, 1e9],
        ],
        WLSCOMPONENT: spectrum,
      },
    },
    constants: { Shifter: { WLSTIMECONSTANT: lifetime } },
    solids: [box('cube', 1)],
    world: { name: 'World', solid: 'cube', material: 'Shifter' },
  });
}

describe('wavelength shifting', () => {
  test('[CF5] the emitted wavelengths follow WLSCOMPONENT, the delays are exponential', async () => {
    const count = 50_000;
    const { ends } = await propagateRows(
      shifter(),
      samePhotons(count, { wavelength: hcInEvNm / 3.5 }),
    );
    expect(countMet(ends, 'BULK_REEMIT')).toBe(count);
    expect(endedBy(ends, 'MISS').length).toBe(count);

    const bins = 40;
    const energies = new Array<number>(bins).fill(0);
    const delays = new Array<number>(bins).fill(0);
    for (const { wavelength, time } of ends) {
      const energyBin = Math.floor((hcInEvNm / wavelength - 2.1) * bins);
      energies[energyBin] = (energies[energyBin] ?? 0) + 1;
      const delayBin = Math.min(bins - 1, Math.floor((time / lifetime) * 5));
      delays[delayBin] = (delays[delayBin] ?? 0) + 1;
    }
    expect(energies.length).toBe(bins);
    const byEnergy = energies.map(
      (_, i) => count * (cumulative(2.1 + (i + 1) / bins) - cumulative(2.1 + i / bins)),
    );
    expect(compareToExpected(energies, byEnergy).probability).toBeGreaterThan(1e-4);
    // The flight of half a millimetre takes a thousandth of the lifetime: bins of a fifth do not feel it.
    const later = (i: number): number => Math.exp(-i / 5);
    const byDelay = delays.map((_, i) => count * (later(i) - (i === bins - 1 ? 0 : later(i + 1))));
    expect(compareToExpected(delays, byDelay).probability).toBeGreaterThan(1e-4);
  });

  test('[CF5] directions are isotropic and no photon is bluer than the one absorbed', async () => {
    const count = 30_000;
    const { ends } = await propagateRows(
      shifter(),
      photonsOf(count, (i) => ({ wavelength: hcInEvNm / (3.46 + 0.1 * (i / count)) })),
    );
    for (const axis of [0, 1, 2] as const) {
      const forward = ends.filter(({ direction }) => direction[axis] > 0).length;
      expect(Math.abs(binomialDeviation(forward, count, 0.5))).toBeLessThan(4);
      const central = ends.filter(({ direction }) => Math.abs(direction[axis]) < 0.5).length;
      expect(Math.abs(binomialDeviation(central, count, 0.5))).toBeLessThan(4);
    }
    ends.forEach(({ wavelength }, i) => {
      expect(wavelength).toBeGreaterThan(hcInEvNm / (3.46 + 0.1 * (i / count)));
    });
  });
});

describe.runIf(withShared)('wls_test.gdml', () => {
  test('[CF5] of 1000 photons of 350 nm ~990 are detected, about 487 nm, none below 350 nm, after 0.6 ns', async () => {
    const path = sharedFile('data/gdml/wls_test.gdml');
    const detector = withoutReflection(readGdml(readFileSync(path, 'utf8'), { file: path }));
    // Simphony stops photons after 31 steps: a few are caught in the sphere by total reflection.
    const { ends } = await propagateRows(detector, samePhotons(1000, { wavelength: 350 }), {
      maxBounces: 31,
    });
    const detected = endedBy(ends, 'SURFACE_DETECT');
    expect(Math.abs(detected.length - 990)).toBeLessThan(12);
    const mean = (value: (end: (typeof ends)[number]) => number): number =>
      detected.reduce((sum, end) => sum + value(end), 0) / detected.length;
    expect(Math.abs(mean(({ wavelength }) => wavelength) - 487)).toBeLessThan(5);
    expect(Math.abs(mean(({ time }) => time) - 0.6)).toBeLessThan(0.12);
    expect(Math.min(...detected.map(({ wavelength }) => wavelength))).toBeGreaterThan(350);
  });
});

/**
 * The file gives its sensor no REFLECTIVITY: Geant4's is then 1, and nothing is ever detected. The expected numbers are
 * Simphony's, where a sensor never reflects.
 */
function withoutReflection(detector: Detector): Detector {
  const surfaces = [...detector.surfaces].map(([name, surface]): [string, OpticalSurface] => {
    const tables = new Map(surface.properties.tables);
    const [efficiency] = tables.values();
    if (efficiency)
      tables.set('REFLECTIVITY', { ...efficiency, values: efficiency.values.map(() => 0) });
    return [name, { ...surface, properties: { ...surface.properties, tables } }];
  });
  return { ...detector, surfaces: new Map(surfaces) };
}
