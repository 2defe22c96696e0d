import type { Scene } from '@lantern/geometry';
import { type Percentiles, type TwinComparison, tellParting } from '@lantern/optics/validation';
import { type Comparison, compareWithin, shapeOf } from './comparison.ts';

/** A photon whose history differs, in words. */
export interface ToldParting {
  /** The step that differs first, by each engine. */
  readonly lines: readonly string[];
  /** Why, in words; undefined: rounding does not explain it. */
  readonly why: string | undefined;
}

/** How the photons of one engine compare with those of another, for the page. */
export interface TwinFindings {
  readonly photons: number;
  readonly differing: number;
  /** Of the first of those that differ, which were looked at: not by rounding. */
  readonly unexplained: number;
  /** Between ends of equal histories: mm. */
  readonly distances: Percentiles;
  /** Photons of batches whose counters were compared, and the random numbers that they drew. */
  readonly counted: number;
  readonly draws: number;
  /** Names of counters that differ though all histories are equal. */
  readonly counters: readonly string[];
  /** Least probability of a distribution of ends; 1 where there is none. */
  readonly least: number;
  readonly partings: readonly ToldParting[];
}

/** At most so many photons of a thousand may have another history. */
const largestShare = 1e-3;

/** What came out of a comparison of two engines. */
export function twinFindings(twins: TwinComparison, scene: Scene): TwinFindings {
  const { photons, differing, partings, distances, counters, shapes } = twins;
  return {
    ...{ photons, differing, distances, counted: counters.photons },
    unexplained: partings.filter(({ rounding }) => rounding === undefined).length,
    draws: Number(counters.draws),
    counters: counters.differing,
    least: Math.min(1, ...shapes.map(({ probability }) => probability)),
    partings: partings.map((parting) => ({
      lines: tellParting(parting, scene, ['CPU', 'GPU']),
      why: parting.rounding && roundingWords(parting.rounding),
    })),
  };
}

function roundingWords({
  size,
  isSame,
}: {
  readonly size: number;
  readonly isSame: boolean;
}): string {
  const off = `numbers off by ${size.toExponential(0).replace('e-', '·10⁻').replace(/\d$/, superscript)}`;
  return isSame
    ? `rounding: with ${off}, the CPU does the same`
    : `rounding that grew: with ${off}, lives like this one have parted by then`;
}

function superscript(digit: string): string {
  return '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)] ?? digit;
}

/**
 * What has to hold of two engines. [VAL21]
 *
 * @param isLong whether lives are of so many steps that rounding grows until many part: then their share has no limit
 */
export function twinComparisons(
  found: TwinFindings,
  shapes: TwinComparison['shapes'] = [],
  isLong = false,
): Comparison[] {
  const { photons, differing, unexplained, counters } = found;
  const share = photons > 0 ? (100 * differing) / photons : 0;
  return [
    ...(isLong
      ? []
      : [compareWithin('photons whose history differs', share, 0, 100 * largestShare, '%')]),
    compareWithin('of those, not by rounding', unexplained, 0, 0),
    compareWithin('counters that differ where histories do not', counters.length, 0, 0),
    ...shapes
      .filter(({ degreesOfFreedom }) => degreesOfFreedom > 0)
      .map((shape) => shapeOf(shape.name, shape)),
  ];
}

/** Those of several comparisons together. */
export function addTwins(a: TwinFindings, b: TwinFindings): TwinFindings {
  return {
    photons: a.photons + b.photons,
    differing: a.differing + b.differing,
    unexplained: a.unexplained + b.unexplained,
    // Of several distributions, the worst at each share.
    distances: {
      median: Math.max(a.distances.median, b.distances.median),
      p90: Math.max(a.distances.p90, b.distances.p90),
      p99: Math.max(a.distances.p99, b.distances.p99),
      largest: Math.max(a.distances.largest, b.distances.largest),
    },
    counted: a.counted + b.counted,
    draws: a.draws + b.draws,
    counters: [...new Set([...a.counters, ...b.counters])],
    least: Math.min(a.least, b.least),
    partings: [...a.partings, ...b.partings],
  };
}
