import type { Moment } from '../model/validity.ts';

/**
 * Now, in nanoseconds since the Unix epoch: one after the millisecond that the system tells. The changes of a commit are a
 * nanosecond apart; so no moment of whole milliseconds, such as people and other systems write, lies between them, and `asOf`
 * such a moment sees all of them or none. [LOG9]
 */
export function wallClock(): Moment {
  return BigInt(Date.now()) * 1_000_000n + 1n;
}
