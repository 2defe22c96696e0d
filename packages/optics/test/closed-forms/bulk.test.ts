import { compareToExpected, dot, length, speedOfLight, subtract } from '@lantern/units';
import { describe, expect, test } from 'vitest';
import { photonsOf, samePhotons } from '../../src/validation/photon-rows.ts';
import { box, type Optics, smallDetector } from '../../src/validation/small-detector.ts';
import { countMet, endedBy, propagateRows } from './propagate-rows.ts';

const origin = [0, 0, 0] as const;

/** A cube of one material, mm. */
function cube(size: number, optics: Optics) {
  return smallDetector({
    materials: { Medium: optics },
    solids: [box('cube', size)],
    world: { name: 'World', solid: 'cube', material: 'Medium' },
  });
}

/** Expected counts of exponential lengths in bins of equal width, what is beyond in the last. */
function exponentialBins(count: number, mean: number, width: number, bins: number): number[] {
  const beyond = (i: number): number => Math.exp((-i * width) / mean);
  return Array.from({ length: bins }, (_, i) =>
    i === bins - 1 ? count * beyond(i) : count * (beyond(i) - beyond(i + 1)),
  );
}

function histogram(values: readonly number[], width: number, bins: number): number[] {
  const counts = new Array<number>(bins).fill(0);
  for (const value of values) {
    const bin = Math.min(bins - 1, Math.floor(value / width));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}

describe('attenuation', () => {
  test.each([10, 730, 40_000])(
    '[CF1] lengths of absorption are exponential with mean %i mm',
    async (mean) => {
      const count = 40_000;
      const detector = cube(100 * mean, { RINDEX: 1.33, ABSLENGTH: mean });
      const { ends } = await propagateRows(detector, samePhotons(count, {}));
      expect(endedBy(ends, 'BULK_ABSORB').length).toBe(count);
      const lengths = ends.map(({ position }) => length(subtract(position, origin)));
      const counts = histogram(lengths, mean / 5, 30);
      const expected = exponentialBins(count, mean, mean / 5, 30);
      expect(compareToExpected(counts, expected).probability).toBeGreaterThan(1e-4);
    },
  );

  test('[CF1] the length is that at the wavelength, linear in energy between points', async () => {
    const count = 40_000;
    // 400 nm is half-way between 300 and 600 nm in energy.
    const ABSLENGTH = [
      [600, 100],
      [300, 300],
    ] as const;
    const { ends } = await propagateRows(
      cube(50_000, { RINDEX: 1.5, ABSLENGTH }),
      samePhotons(count, {}),
    );
    const mean = ends.reduce((sum, { position }) => sum + length(position), 0) / count;
    expect(Math.abs(mean - 200)).toBeLessThan((4 * 200) / Math.sqrt(count));
  });
});

describe('Rayleigh scattering', () => {
  test('[CF2] mean cos 0, mean cos² 2/5, mean (p·p′)² 4/5, and the lengths are exponential', async () => {
    const count = 60_000;
    const mean = 500;
    const { ends } = await propagateRows(
      cube(100_000, { RINDEX: 1.33, ABSLENGTH: 1e9, RAYLEIGH: mean }),
      photonsOf(count, (i) => ({ polarisation: i % 2 ? [1, 0, 0] : [0, 1, 0] })),
      { maxBounces: 1 },
    );
    expect(countMet(ends, 'BULK_SCATTER')).toBeGreaterThan(count - 5);
    const moment = (
      f: (end: (typeof ends)[number], i: number) => number,
    ): readonly [number, number] => {
      const values = ends.map(f);
      const average = values.reduce((sum, value) => sum + value, 0) / count;
      const variance = values.reduce((sum, value) => sum + (value - average) ** 2, 0) / count;
      return [average, Math.sqrt(variance / count)];
    };
    const check = ([value, error]: readonly [number, number], expected: number): void =>
      expect(Math.abs(value - expected) / error).toBeLessThan(4);
    check(
      moment(({ direction: [, , z] }) => z),
      0,
    );
    check(
      moment(({ direction: [, , z] }) => z ** 2),
      2 / 5,
    );
    check(
      moment(({ polarisation: [x, y] }, i) => (i % 2 ? x : y) ** 2),
      4 / 5,
    );
    for (const { direction, polarisation } of ends.slice(0, 1000)) {
      expect(Math.abs(dot(direction, polarisation))).toBeLessThan(1e-6);
    }
    const counts = histogram(
      ends.map(({ position: [, , z] }) => z),
      mean / 5,
      30,
    );
    const expected = exponentialBins(count, mean, mean / 5, 30);
    expect(compareToExpected(counts, expected).probability).toBeGreaterThan(1e-4);
  });
});

describe('time of flight', () => {
  /** n linear in energy from 1.33 at 800 nm to 1.39 at 200 nm: n = a + b/λ. */
  const slope = (1.39 - 1.33) / (1 / 200 - 1 / 800);
  const index = (wavelength: number): number => 1.33 + slope * (1 / wavelength - 1 / 800);
  const RINDEX = Array.from({ length: 121 }, (_, i) => 200 + 5 * i).map(
    (wavelength) => [wavelength, index(wavelength)] as const,
  );

  test.each([250, 400, 633])(
    '[CF4] light of %i nm needs n + dn/d ln E over c',
    async (wavelength) => {
      const { ends } = await propagateRows(
        cube(20_000, { RINDEX, ABSLENGTH: 1e9 }),
        samePhotons(10, { wavelength }),
      );
      // For n linear in energy, dn/d ln E = slope/λ.
      const groupIndex = index(wavelength) + slope / wavelength;
      for (const { time } of endedBy(ends, 'MISS')) {
        expect(time / ((10_000 * groupIndex) / speedOfLight)).toBeCloseTo(1, 4);
      }
      expect(endedBy(ends, 'MISS').length).toBe(10);
    },
  );

  test('[CF4] each material is crossed at its own velocity', async () => {
    const detector = smallDetector({
      materials: {
        Water: { RINDEX: 1.33, ABSLENGTH: 1e9 },
        Glass: { RINDEX: 1.5, ABSLENGTH: 1e9 },
      },
      solids: [box('cube', 2000), box('slab', 2000, 2000, 500)],
      world: {
        name: 'World',
        solid: 'cube',
        material: 'Water',
        inside: [{ name: 'Slab', solid: 'slab', material: 'Glass', at: [0, 0, 300] }],
      },
    });
    const { ends } = await propagateRows(detector, samePhotons(200, {}));
    const straight = ends.filter(({ flagMask }) => (flagMask & 0x400) === 0);
    expect(straight.length).toBeGreaterThan(150);
    const expected = (500 * 1.33 + 500 * 1.5) / speedOfLight;
    for (const { time } of straight) expect(time / expected).toBeCloseTo(1, 6);
  });
});
