import { compareFractions, compareHistograms } from '@lantern/units';
import type { PhotonEnds } from './photon-ends.ts';
import {
  historyNames,
  type OutcomeName,
  outcomeNames,
  type QuantityName,
  type Reference,
} from './reference.ts';
import { largestDeviation, smallestProbability } from './verdict.ts';

/** A fraction of the photons in both programs. */
export interface FractionAgreement {
  readonly kind: 'outcome' | 'history';
  readonly name: string;
  readonly count: number;
  readonly expected: number;
  /** Difference in standard deviations of both. */
  readonly deviation: number;
  readonly agrees: boolean;
}

/** A distribution in both programs. */
export interface HistogramAgreement {
  readonly outcome: OutcomeName;
  readonly quantity: QuantityName;
  readonly lo: number;
  readonly hi: number;
  readonly counts: readonly number[];
  readonly expected: readonly number[];
  readonly chiSquared: number;
  readonly degreesOfFreedom: number;
  readonly probability: number;
  readonly agrees: boolean;
}

/** How the ends of photons agree with a reference. */
export interface Agreement {
  readonly photons: number;
  readonly expectedPhotons: number;
  readonly fractions: readonly FractionAgreement[];
  readonly histograms: readonly HistogramAgreement[];
  /** Whether all agree, and each photon ended in one of the outcomes. */
  readonly agrees: boolean;
}

/**
 * Compares fractions, and shapes of histograms, of two samples of different size. [VAL1] [VAL2]
 *
 * @param ends counted with the reference's binning
 */
export function compareWithReference(ends: PhotonEnds, reference: Reference): Agreement {
  const fraction = (
    kind: FractionAgreement['kind'],
    name: string,
    count: number,
    expected: number,
  ): FractionAgreement => {
    const deviation = compareFractions(count, ends.photons, expected, reference.photons);
    return {
      kind,
      name,
      count,
      expected,
      deviation,
      agrees: Math.abs(deviation) <= largestDeviation,
    };
  };
  const fractions = [
    ...outcomeNames.map((name) =>
      fraction('outcome', name, ends.outcomes[name], reference.outcomes[name]),
    ),
    ...historyNames.map((name) =>
      fraction('history', name, ends.histories[name], reference.histories[name]),
    ),
  ];
  const histograms = ends.histograms.map((histogram): HistogramAgreement => {
    const expected = reference.distributions[histogram.outcome]?.[histogram.quantity]?.counts ?? [];
    const test = compareHistograms(histogram.counts, expected);
    return { ...histogram, expected, ...test, agrees: test.probability > smallestProbability };
  });
  const ended = outcomeNames.reduce((sum, name) => sum + ends.outcomes[name], 0);
  return {
    photons: ends.photons,
    expectedPhotons: reference.photons,
    fractions,
    histograms,
    agrees: ended === ends.photons && [...fractions, ...histograms].every(({ agrees }) => agrees),
  };
}
