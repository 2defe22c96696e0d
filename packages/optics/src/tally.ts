import { type TallyField, tallyFields } from './photon-layout.ts';

/** Counters over photons, exact. `digest` is a sum modulo 2^64, the others are plain counts. */
export type Tally = Readonly<Record<TallyField, bigint>>;

/** All counters at zero. */
export function emptyTally(): Tally {
  return fromCounters(() => 0n);
}

/** The tally of the photons of both: sums, modulo 2^64. */
export function addTallies(a: Tally, b: Tally): Tally {
  return fromCounters((field) => BigInt.asUintN(64, a[field] + b[field]));
}

/** Reads the counters as a kernel lays them out: unsigned 64-bit, in the order of `tallyFields`. */
export function readTally(counters: BigUint64Array): Tally {
  return fromCounters((_, i) => counters[i] ?? 0n);
}

/** The digest as 16 hexadecimal digits: equal for equal ends of all photons. */
export function formatDigest(tally: Tally): string {
  return tally.digest.toString(16).padStart(16, '0');
}

function fromCounters(value: (field: TallyField, index: number) => bigint): Tally {
  return Object.fromEntries(tallyFields.map((field, i) => [field, value(field, i)])) as Record<
    TallyField,
    bigint
  >;
}
