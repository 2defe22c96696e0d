import { upperGammaFraction } from './gamma.ts';

/** The result of a chi-squared test. */
export interface ChiSquaredTest {
  readonly chiSquared: number;
  /** Degrees of freedom; 0 when there was nothing to compare. */
  readonly degreesOfFreedom: number;
  /** The chance of a chi-squared this large or larger when the two agree: uniform in 0 to 1. */
  readonly probability: number;
}

/**
 * The chance of a chi-squared of at least the given value: Q(ndf/2, χ²/2).
 *
 * @param chiSquared at least 0
 * @param degreesOfFreedom at least 0; with 0 the answer is 1
 */
export function chiSquaredProbability(chiSquared: number, degreesOfFreedom: number): number {
  if (Number.isNaN(chiSquared) || chiSquared === Number.POSITIVE_INFINITY) return 0;
  if (degreesOfFreedom <= 0) return 1;
  return upperGammaFraction(degreesOfFreedom / 2, chiSquared / 2);
}

/**
 * Compares counts with what a density predicts (Pearson). Neighbouring bins are joined until at least `minimum` counts
 * are expected in each, so that the test statistic has its distribution.
 *
 * @param observed counts per bin
 * @param expected predicted counts per bin, in the same bins
 * @param options minimum: of expected counts per joined bin, 10 unless told; fitted: parameters taken from the
 * observed counts, each of which costs a degree of freedom. The total is one, so 1 unless told.
 * @throws {RangeError} when the two have different numbers of bins
 */
export function compareToExpected(
  observed: ArrayLike<number>,
  expected: ArrayLike<number>,
  options: { readonly minimum?: number; readonly fitted?: number } = {},
): ChiSquaredTest {
  const { minimum = 10, fitted = 1 } = options;
  const bins = joinBins(observed, expected, (_, prediction) => prediction >= minimum);
  let chiSquared = 0;
  for (const [count, prediction] of bins) {
    if (prediction > 0) chiSquared += (count - prediction) ** 2 / prediction;
    else if (count > 0) chiSquared = Number.POSITIVE_INFINITY;
  }
  return result(chiSquared, bins.length - fitted);
}

/**
 * Compares two histograms of counts in their shape, each with its own statistical error and its own total:
 * χ² = Σ (√(B/A) a − √(A/B) b)² / (a + b), A and B the totals. Neighbouring bins are joined until their counts
 * together reach `minimum`.
 *
 * @param a counts per bin
 * @param b counts in the same bins
 * @throws {RangeError} when the two have different numbers of bins
 * @see Gagunashvili, "Comparison of weighted and unweighted histograms", arXiv:physics/0605123
 */
export function compareHistograms(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  options: { readonly minimum?: number } = {},
): ChiSquaredTest {
  const { minimum = 10 } = options;
  const [totalA, totalB] = [sum(a), sum(b)];
  if (totalA === 0 || totalB === 0) {
    return result(totalA === totalB ? 0 : Number.POSITIVE_INFINITY, totalA === totalB ? 0 : 1);
  }
  const weight = Math.sqrt(totalB / totalA);
  const bins = joinBins(a, b, (countA, countB) => countA + countB >= minimum);
  let chiSquared = 0;
  for (const [countA, countB] of bins) {
    if (countA + countB > 0)
      chiSquared += (weight * countA - countB / weight) ** 2 / (countA + countB);
  }
  return result(chiSquared, bins.length - 1);
}

function result(chiSquared: number, degrees: number): ChiSquaredTest {
  const degreesOfFreedom = Math.max(0, degrees);
  return {
    chiSquared,
    degreesOfFreedom,
    probability: chiSquaredProbability(chiSquared, degreesOfFreedom),
  };
}

function sum(values: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i] ?? 0;
  return total;
}

/** Joins neighbouring bins until each is large enough; what is left at the end goes to the last. */
function joinBins(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  isLargeEnough: (a: number, b: number) => boolean,
): (readonly [number, number])[] {
  if (a.length !== b.length) {
    throw new RangeError(
      `histograms to compare: given ${a.length} and ${b.length} bins, expected as many in both`,
    );
  }
  const bins: (readonly [number, number])[] = [];
  let [left, right] = [0, 0];
  for (let i = 0; i < a.length; i++) {
    left += a[i] ?? 0;
    right += b[i] ?? 0;
    if (isLargeEnough(left, right)) {
      bins.push([left, right]);
      [left, right] = [0, 0];
    }
  }
  if (left === 0 && right === 0) return bins;
  const last = bins.pop() ?? [0, 0];
  bins.push([last[0] + left, last[1] + right]);
  return bins;
}
