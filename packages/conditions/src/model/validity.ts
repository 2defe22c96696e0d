/** What intervals of validity are counted in. */
export type Axis = 'time' | 'run';

/**
 * A place on an axis. On `time`: integer nanoseconds since 1970-01-01T00:00:00Z, without leap seconds. On `run`:
 * run * 2^32 + sub-run, run 0 .. 2^31 - 1, sub-run 0 .. 2^32 - 1.
 */
export type Position = bigint;

/** A moment of the wall clock, in integer nanoseconds since the Unix epoch. */
export type Moment = bigint;

/** Where intervals without an end have it: 2^63 - 1, the largest 64-bit integer. */
export const forever: bigint = 2n ** 63n - 1n;

/** Where intervals without a beginning have it: -2^63. */
export const always: bigint = -(2n ** 63n);

/** Half open: `begin` is in it, `end` is not. [IOV1] */
export interface Interval {
  readonly begin: Position;
  readonly end: Position;
}

/** Math.min has no bigint. */
export function earlier(a: bigint, b: bigint): bigint {
  if (a < b) return a;
  return b;
}

/** Math.max has no bigint. */
export function later(a: bigint, b: bigint): bigint {
  if (a > b) return a;
  return b;
}
