import { compareToExpected, twoSidedProbability } from '@lantern/units';
import type { Comparison } from './comparison.ts';

/** A number agrees within so many standard deviations. [VAL1] */
export const largestDeviation = 4;

/** A shape agrees when a chi-squared as large has at least this probability. [VAL2] */
export const smallestProbability = 1e-4;

/** The chance that a whole run of comparisons, however many, is called wrong without cause. [VAL6] */
const falseAlarms = 0.01;

/** What many comparisons say together. */
export interface Verdict {
  readonly comparisons: number;
  /** Whether no comparison differs. */
  readonly agrees: boolean;
  /** The comparisons that differ. */
  readonly differing: readonly Comparison[];
  /** Those that are past 4 standard deviations, or whose limit is broken, differing or not. */
  readonly beyond: readonly Comparison[];
  /** Of the numbers, in standard deviations. */
  readonly worst: number;
  /** Of the shapes. */
  readonly least: number;
  /** The chance that probabilities are as unevenly spread from 0 to 1 as these; undefined where they are few. */
  readonly evenness: number | undefined;
}

/** Whether it is past 4 standard deviations, or a limit is broken, seen alone. */
export function isBeyond({ kind, probability }: Comparison): boolean {
  if (kind === 'limit') return probability === 0;
  return !(probability >= (kind === 'shape' ? smallestProbability : oneNumber));
}

const oneNumber = twoSidedProbability(largestDeviation);

/**
 * A comparison differs when it is past 4 standard deviations and stays improbable among all that were made: by Holm's
 * procedure, one in a hundred runs without fault has one that is called different. Up to 158 numbers that is the 4 standard
 * deviations alone; of 600, 4.3. [VAL6]
 *
 * Source: S. Holm, Scand. J. Statist. 6 (1979) 65.
 *
 * @param all comparisons of the run, which `own` are part of
 */
export function verdictOf(own: readonly Comparison[], all: readonly Comparison[]): Verdict {
  const bar = holmBar(all.filter(({ kind }) => kind !== 'limit'));
  const beyond = own.filter(isBeyond);
  const differing = beyond.filter(
    ({ kind, probability }) => kind === 'limit' || !(probability > bar),
  );
  const shapes = own.filter(({ kind }) => kind === 'shape');
  return {
    comparisons: own.length,
    agrees: differing.length === 0,
    differing,
    beyond,
    worst: Math.max(
      0,
      ...own.filter(({ kind }) => kind === 'number').map(({ deviation }) => Math.abs(deviation)),
    ),
    least: Math.min(1, ...shapes.map(({ probability }) => probability)),
    evenness: evennessOf(own),
  };
}

/** The largest probability that Holm's procedure rejects; -1 where it rejects none. */
function holmBar(comparisons: readonly Comparison[]): number {
  const sorted = comparisons.map(({ probability }) => probability).sort((a, b) => a - b);
  let bar = -1;
  for (const [i, probability] of sorted.entries()) {
    if (!(probability <= falseAlarms / (sorted.length - i))) break;
    bar = probability;
  }
  return bar;
}

/** Fewer than this say nothing about a distribution. */
const fewest = 50;

/**
 * Where all agree, probabilities are even from 0 to 1. Counts near 0 or of certain things are not: only comparisons with
 * some spread count.
 */
function evennessOf(comparisons: readonly Comparison[]): number | undefined {
  const probabilities = comparisons
    .filter(({ kind, deviation }) => kind !== 'limit' && deviation !== 0)
    .map(({ probability }) => probability);
  if (probabilities.length < fewest) return undefined;
  const counts = new Array<number>(10).fill(0);
  for (const p of probabilities) {
    const bin = Math.min(9, Math.floor(10 * p));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  const even = counts.map(() => probabilities.length / 10);
  return compareToExpected(counts, even, { minimum: 1 }).probability;
}
