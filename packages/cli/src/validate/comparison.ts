import {
  binomialDeviation,
  type ChiSquaredTest,
  compareFractions,
  compareToExpected,
  twoSidedProbability,
} from '@lantern/units';

/** One thing that was found, beside what was expected. */
export interface Comparison {
  readonly name: string;
  /** A number with a statistical error, the shape of a histogram, or a number that must be exact within a limit. */
  readonly kind: 'number' | 'shape' | 'limit';
  /** Of a shape: chi-squared and its degrees of freedom. */
  readonly found: number;
  readonly expected: number;
  /** Of both: `%`, `ns`, `eV`, `` */
  readonly unit: string;
  /** Of a number the standard deviation of the difference, of a limit the largest difference allowed, in the same unit. */
  readonly error: number;
  /** In standard deviations; of a shape, those that are as improbable; of a limit, in limits. */
  readonly deviation: number;
  /** The chance of a deviation at least as large where the two agree; of a limit 1 when it holds, 0 when not. */
  readonly probability: number;
}

/** A share of our photons beside that of another program's, both with their errors. */
export function compareSamples(
  name: string,
  count: number,
  total: number,
  expected: number,
  expectedTotal: number,
): Comparison {
  const [found, theirs] = [(100 * count) / total, (100 * expected) / expectedTotal];
  const deviation = compareFractions(count, total, expected, expectedTotal);
  return numberWith({ name, found, expected: theirs, unit: '%', deviation });
}

/** A share of our photons beside its probability by a formula. */
export function compareShare(
  name: string,
  count: number,
  total: number,
  probability: number,
): Comparison {
  // What is certain but for the rounding of 32-bit rows is certain.
  const p = probability < 1e-12 ? 0 : probability > 1 - 1e-12 ? 1 : probability;
  const deviation = binomialDeviation(count, total, p);
  const comparison = { name, found: (100 * count) / total, expected: 100 * p, unit: '%' };
  return numberWith({ ...comparison, deviation });
}

/** A number beside an expected one, the standard deviation of their difference known. */
export function compareNumbers(
  name: string,
  found: number,
  expected: number,
  error: number,
  unit: string = '',
): Comparison {
  const deviation = found === expected ? 0 : (found - expected) / error;
  return numberWith({ name, found, expected, unit, deviation, error });
}

/** Counts in bins beside those that a formula predicts. */
export function compareShape(
  name: string,
  counts: readonly number[],
  expected: readonly number[],
): Comparison {
  return shapeOf(name, compareToExpected(counts, expected));
}

/** The result of a chi-squared test as a comparison. */
export function shapeOf(
  name: string,
  { chiSquared, degreesOfFreedom, probability }: ChiSquaredTest,
): Comparison {
  return {
    name,
    kind: 'shape',
    found: chiSquared,
    expected: degreesOfFreedom,
    unit: '',
    error: 0,
    deviation: normalDeviation(probability),
    probability,
  };
}

/** A number that has no statistical error, beside its exact value. */
export function compareWithin(
  name: string,
  found: number,
  expected: number,
  limit: number,
  unit: string = '',
): Comparison {
  const difference = found - expected;
  const holds = Math.abs(difference) <= limit;
  return {
    name,
    kind: 'limit',
    found,
    expected,
    unit,
    error: limit,
    deviation: difference === 0 ? 0 : difference / limit,
    probability: holds ? 1 : 0,
  };
}

function numberWith(
  parts: Omit<Comparison, 'kind' | 'probability' | 'error'> & { readonly error?: number },
): Comparison {
  const { found, expected, deviation } = parts;
  const error = deviation === 0 ? 0 : Math.abs((found - expected) / deviation);
  const probability = Number.isFinite(deviation) ? twoSidedProbability(deviation) : 0;
  return { error, ...parts, kind: 'number', probability };
}

/** The number of standard deviations that is as improbable, by bisection. */
function normalDeviation(probability: number): number {
  let [low, high] = [0, 40];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (twoSidedProbability(middle) > probability) low = middle;
    else high = middle;
  }
  return low;
}
