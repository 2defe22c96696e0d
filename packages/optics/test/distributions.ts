import { compareToExpected, cross, dot, length, normalize, type Vector3 } from '@lantern/units';
import { expect } from 'vitest';
import type { PhysicsSample } from './physics-kernel.ts';

/** Counts of values in equal bins from `low` to `high`; what is outside goes to the first or last. */
export function histogram(
  values: readonly number[],
  low: number,
  high: number,
  bins: number,
): number[] {
  const counts = new Array<number>(bins).fill(0);
  for (const value of values) {
    const bin = Math.floor(((value - low) / (high - low)) * bins);
    const clamped = Math.min(bins - 1, Math.max(0, bin));
    counts[clamped] = (counts[clamped] ?? 0) + 1;
  }
  return counts;
}

/** What a density (of any scale) predicts for the bins of {@link histogram}; Simpson's rule within each bin. */
export function predicted(
  density: (x: number) => number,
  total: number,
  low: number,
  high: number,
  bins: number,
): number[] {
  const parts = 32;
  const step = (high - low) / bins / parts;
  const weights = Array.from({ length: bins }, (_, bin) => {
    const start = low + (bin * (high - low)) / bins;
    let sum = 0;
    for (let i = 0; i < parts; i++) {
      const a = start + i * step;
      sum += density(a + 1e-15) + 4 * density(a + step / 2) + density(a + step - 1e-15);
    }
    return sum;
  });
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => (total * weight) / whole);
}

/** Fails when values do not follow a density. Fixed seeds: the threshold is met or not for ever. */
export function expectDensity(
  values: readonly number[],
  density: (x: number) => number,
  [low, high]: readonly [number, number],
  bins = 40,
): void {
  const expected = predicted(density, values.length, low, high, bins);
  const test = compareToExpected(histogram(values, low, high, bins), expected);
  expect(test.probability).toBeGreaterThan(1e-4);
}

/** Fails unless directions and polarisations are of unit length and at right angles, to 1e-10. */
export function expectProperPhotons(samples: readonly PhysicsSample[]): void {
  let worst = 0;
  for (const { direction, polarisation } of samples) {
    const errors = [
      length(direction) - 1,
      length(polarisation) - 1,
      dot(direction, polarisation),
    ].map(Math.abs);
    for (const error of errors) worst = Math.max(worst, error);
  }
  expect(worst).toBeLessThan(1e-10);
}

/** Mean of a function over samples. */
export function mean<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((sum, item) => sum + value(item), 0) / items.length;
}

/** A unit vector at right angles to another, at an azimuth. */
export function perpendicularTo(direction: Vector3, azimuth: number): Vector3 {
  const helper: Vector3 = Math.abs(direction[0]) < 0.6 ? [1, 0, 0] : [0, 1, 0];
  const a = normalize(cross(direction, helper));
  const b = cross(direction, a);
  const [c, s] = [Math.cos(azimuth), Math.sin(azimuth)];
  return [c * a[0] + s * b[0], c * a[1] + s * b[1], c * a[2] + s * b[2]];
}
