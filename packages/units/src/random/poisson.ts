import { logGamma } from '../statistics/gamma.ts';
import type { UniformSource } from './uniform-source.ts';

/** Up to here counting by inversion is the faster; above, Hörmann's method is valid. */
const inversionLimit = 10;

/**
 * A number of counts from the Poisson distribution.
 *
 * @param mean from 0 to 2⁵³
 * @throws {RangeError} when the mean is not such a number
 */
export function samplePoisson(random: UniformSource, mean: number): number {
  if (!(mean >= 0 && mean <= Number.MAX_SAFE_INTEGER)) {
    throw new RangeError(`mean of a Poisson distribution: given ${mean}, expected 0 to 2^53 - 1`);
  }
  return mean < inversionLimit ? byInversion(random, mean) : byRejection(random, mean);
}

/** Walks up the cumulative distribution. The limit ends the walk where the terms vanish beside rounding. */
function byInversion(random: UniformSource, mean: number): number {
  const u = random.uniform();
  let term = Math.exp(-mean);
  let sum = term;
  let count = 0;
  while (u > sum && count < 200) {
    count++;
    term *= mean / count;
    sum += term;
  }
  return count;
}

/** Transformed rejection with squeeze, PTRS. Source: Hörmann, Insurance: Mathematics and Economics 12 (1993) 39. */
function byRejection(random: UniformSource, mean: number): number {
  const b = 0.931 + 2.53 * Math.sqrt(mean);
  const a = -0.059 + 0.02483 * b;
  const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
  const squeeze = 0.9277 - 3.6224 / (b - 2);
  const logMean = Math.log(mean);
  for (;;) {
    const u = random.uniform() - 0.5;
    const v = random.uniform();
    const us = 0.5 - Math.abs(u);
    const count = Math.floor(((2 * a) / us + b) * u + mean + 0.43);
    if (us >= 0.07 && v <= squeeze) return count;
    if (count < 0 || (us < 0.013 && v > us)) continue;
    const left = Math.log((v * inverseAlpha) / (a / (us * us) + b));
    if (left <= count * logMean - mean - logGamma(count + 1)) return count;
  }
}
