import {
  binomialDeviation,
  chiSquaredProbability,
  compareFractions,
  compareHistograms,
  compareToExpected,
  logGamma,
  RandomStream,
  samplePoisson,
  twoSidedProbability,
  upperGammaFraction,
} from '@lantern/units';
import { expect, test } from 'vitest';

test.each([
  // χ², degrees of freedom, probability: the finite sum for even degrees in 60 digits, erfc for one degree
  [0, 5, 1],
  [1, 1, 0.31731050786291115],
  [3.841458820694124, 1, 0.05],
  [10, 10, 0.4404932850652124],
  [100, 100, 0.48119168452795674],
  [200, 100, 1.178450072097942e-8],
  [1000, 1000, 0.49405285382923964],
  [50, 2, 1.3887943864964021e-11],
])('[ST1] chi-squared %d of %d', (chiSquared, degrees, probability) => {
  expect(chiSquaredProbability(chiSquared, degrees) / probability).toBeCloseTo(1, 10);
});

test('[ST1] at the ends: no degrees of freedom, infinity, NaN, very many degrees', () => {
  expect(chiSquaredProbability(3, 0)).toBe(1);
  expect(chiSquaredProbability(Number.POSITIVE_INFINITY, 3)).toBe(0);
  expect(chiSquaredProbability(Number.NaN, 3)).toBe(0);
  expect(chiSquaredProbability(1e6, 1e6)).toBeCloseTo(0.5, 3);
  expect(upperGammaFraction(2, 3)).toBeCloseTo(4 * Math.exp(-3), 14); // Q(2, x) = (1 + x)e^-x
});

test('[ST2] the logarithm of the gamma function', () => {
  let factorial = 1;
  for (let n = 1; n < 100; n++) {
    factorial *= n;
    expect(logGamma(n + 1) - Math.log(factorial)).toBeCloseTo(0, 11);
  }
  expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 13);
  expect(logGamma(1e-3)).toBeCloseTo(6.907178885383853, 12);
});

/** Counts of `total` on average, in 20 bins of a falling density; `tilt` changes it. */
function histogram(item: number, total: number, tilt = 0): number[] {
  const random = new RandomStream(21, item);
  const weights = Array.from({ length: 20 }, (_, i) => Math.exp(-i / 5) * (1 + tilt * i));
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((w) => samplePoisson(random, (total * w) / sum));
}

/** Whether the probabilities are as uniform as their number lets one tell. */
function isUniform(probabilities: readonly number[]): boolean {
  const counts = new Array<number>(10).fill(0);
  for (const p of probabilities) {
    const bin = Math.min(9, Math.floor(p * 10));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  const expected = counts.map(() => probabilities.length / 10);
  return compareToExpected(counts, expected).probability > 1e-3;
}

test('[ST3] histograms of one density give uniform probabilities, of two small ones', () => {
  const pairs = Array.from(
    { length: 2000 },
    (_, i) => [histogram(2 * i, 3000), histogram(2 * i + 1, 30_000)] as const,
  );
  expect(isUniform(pairs.map(([a, b]) => compareHistograms(a, b).probability))).toBe(true);
  expect(compareHistograms(histogram(1, 1e5), histogram(2, 1e5, 0.05)).probability).toBeLessThan(
    1e-6,
  );
  expect(compareHistograms([0, 0], [0, 0])).toEqual({
    chiSquared: 0,
    degreesOfFreedom: 0,
    probability: 1,
  });
  expect(compareHistograms([0, 0], [5, 5]).probability).toBe(0);
  expect(() => compareHistograms([1], [1, 2])).toThrow('given 1 and 2 bins');
});

test('[ST4] counts from their expectation give uniform probabilities; sparse bins are joined', () => {
  const expected = Array.from({ length: 30 }, (_, i) => 200 * Math.exp(-i / 3));
  const probabilities = Array.from({ length: 2000 }, (_, item) => {
    const random = new RandomStream(22, item);
    const counts = expected.map((mean) => samplePoisson(random, mean));
    return compareToExpected(counts, expected, { fitted: 0 }).probability;
  });
  expect(isUniform(probabilities)).toBe(true);
  expect(compareToExpected([5, 5, 5, 5], [5, 5, 5, 5]).degreesOfFreedom).toBe(1);
  expect(compareToExpected([1, 0], [0, 0]).probability).toBe(0);
});

test('[ST5] deviations of counts and fractions', () => {
  expect(binomialDeviation(60, 100, 0.5)).toBeCloseTo(2, 12);
  expect(binomialDeviation(0, 100, 0)).toBe(0);
  expect(binomialDeviation(1, 100, 0)).toBe(Number.POSITIVE_INFINITY);
  expect(compareFractions(50, 100, 50, 100)).toBe(0);
  expect(compareFractions(60, 100, 500, 1000)).toBeCloseTo(1.9072405, 6);
  expect(compareFractions(1, 0, 3, 5)).toBe(0);
  expect(twoSidedProbability(1.959963984540054)).toBeCloseTo(0.05, 12);
});
