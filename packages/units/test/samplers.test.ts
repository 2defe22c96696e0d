import {
  compareToExpected,
  length,
  logGamma,
  RandomStream,
  sampleExponential,
  sampleGauss,
  sampleIsotropic,
  samplePoisson,
  twoSidedProbability,
} from '@lantern/units';
import { describe, expect, test } from 'vitest';

/** Samples per test; the seeds are fixed, so a test that passes once always passes. */
const samples = 200_000;

/** Fills a histogram and compares it with the chance of each bin; returns the chi-squared probability. */
function probability(
  draw: () => number,
  edges: readonly number[],
  cumulative: (x: number) => number,
): number {
  const counts = new Array<number>(edges.length - 1).fill(0);
  for (let i = 0; i < samples; i++) {
    const x = draw();
    const bin = edges.findIndex((edge) => x < edge) - 1;
    if (bin >= 0) counts[bin] = (counts[bin] ?? 0) + 1;
  }
  const expected = counts.map(
    (_, i) => samples * (cumulative(edges[i + 1] ?? 0) - cumulative(edges[i] ?? 0)),
  );
  return compareToExpected(counts, expected).probability;
}

const range = (from: number, to: number, bins: number): number[] =>
  Array.from({ length: bins + 1 }, (_, i) => from + ((to - from) * i) / bins);

test('[RN3] uniform numbers are uniform in each lane, and never 0 or 1', () => {
  for (const lane of [0, 1, 2, 3]) {
    const random = new RandomStream(11, lane);
    const draw = () => {
      const four = [random.uniform(), random.uniform(), random.uniform(), random.uniform()];
      return four[lane] ?? 0;
    };
    expect(probability(draw, range(0, 1, 50), (x) => x)).toBeGreaterThan(1e-3);
  }
  expect((0 + 0.5) * 2 ** -32).toBeGreaterThan(0);
  expect((0xffff_ffff + 0.5) * 2 ** -32).toBeLessThan(1);
});

test('[RN5] exponential', () => {
  const random = new RandomStream(12, 0);
  const edges = [...range(0, 20, 40), 1000];
  expect(
    probability(
      () => sampleExponential(random, 4),
      edges,
      (x) => 1 - Math.exp(-x / 4),
    ),
  ).toBeGreaterThan(1e-3);
});

test('[RN6] normal', () => {
  const random = new RandomStream(13, 0);
  const cumulative = (x: number) => {
    const z = (x - 3) / 2;
    return z < 0 ? twoSidedProbability(z) / 2 : 1 - twoSidedProbability(z) / 2;
  };
  const edges = [-100, ...range(-5, 11, 40), 100];
  expect(probability(() => sampleGauss(random, 3, 2), edges, cumulative)).toBeGreaterThan(1e-3);
  expect(random.drawn).toBe(2 * samples);
});

describe.each([0.01, 0.7, 5, 9.99, 10, 37, 1234.5])('[RN7] Poisson of mean %d', (mean) => {
  test('agrees with its probabilities', () => {
    const random = new RandomStream(14, Math.round(mean * 100));
    const last = Math.ceil(mean + 10 * Math.sqrt(mean) + 10);
    const counts = new Array<number>(last + 1).fill(0);
    for (let i = 0; i < samples; i++) {
      const k = Math.min(last, samplePoisson(random, mean));
      counts[k] = (counts[k] ?? 0) + 1;
    }
    const expected = counts.map(
      (_, k) => samples * Math.exp(k * Math.log(mean) - mean - logGamma(k + 1)),
    );
    expect(compareToExpected(counts, expected).probability).toBeGreaterThan(1e-3);
  });
});

test('[RN7] Poisson of mean 0 is 0, of no mean an error', () => {
  expect(samplePoisson(new RandomStream(1, 1), 0)).toBe(0);
  for (const mean of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(() => samplePoisson(new RandomStream(1, 1), mean)).toThrow(RangeError);
  }
});

test('[RN8] isotropic', () => {
  const random = new RandomStream(15, 0);
  const uniform = (x: number) => (x + 1) / 2;
  for (const axis of [0, 1, 2] as const) {
    const draw = () => {
      const direction = sampleIsotropic(random);
      if (Math.abs(length(direction) - 1) > 1e-12) throw new Error('not a unit vector');
      return direction[axis];
    };
    expect(probability(draw, range(-1, 1, 40), uniform)).toBeGreaterThan(1e-3);
  }
});
