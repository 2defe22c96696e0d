import { upperGammaFraction } from './gamma.ts';

/**
 * How far a count is from its expectation, in standard deviations of the binomial distribution.
 *
 * @param count successes
 * @param total trials
 * @param probability of a success, from 0 to 1
 * @returns (count − total p)/√(total p (1 − p)); ±Infinity where the expectation is certain and the count is not it
 */
export function binomialDeviation(count: number, total: number, probability: number): number {
  return ratio(count - total * probability, Math.sqrt(total * probability * (1 - probability)));
}

/**
 * How far two fractions are from each other, in standard deviations of their difference, both with their own error
 * (the common fraction taken from the two together).
 *
 * @param countA successes of the first sample
 * @param totalA its trials
 * @param countB successes of the second
 * @param totalB its trials
 * @returns positive when the first fraction is the greater; 0 when a sample has no trials
 */
export function compareFractions(
  countA: number,
  totalA: number,
  countB: number,
  totalB: number,
): number {
  if (totalA === 0 || totalB === 0) return 0;
  const common = (countA + countB) / (totalA + totalB);
  const variance = common * (1 - common) * (1 / totalA + 1 / totalB);
  return ratio(countA / totalA - countB / totalB, Math.sqrt(variance));
}

/** The chance that a normal number is at least |z| standard deviations from its mean: erfc(|z|/√2). */
export function twoSidedProbability(z: number): number {
  return upperGammaFraction(0.5, (z * z) / 2);
}

function ratio(difference: number, deviation: number): number {
  return difference === 0 ? 0 : difference / deviation;
}
