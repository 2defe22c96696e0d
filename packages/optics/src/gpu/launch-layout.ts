/**
 * What threads count together, described once: the constants COUNTER_NEXT and the like of the WGSL kernel are made from
 * it. 32-bit words.
 */
export const counters = {
  /** The next photon of the stream that nobody has taken. */
  next: 0,
  /** Photons on their way that a launch finds, and that it leaves. */
  found: 1,
  left: 2,
  /** How many it leaves of each open batch. */
  leftOf: 16,
} as const;

/**
 * What is counted of each open batch, in words from `countersOf(slot)` on.
 */
export const batchCounters = {
  /** Hits. */
  hits: 0,
  /** Children made. */
  children: 1,
  /** The greatest fault (faults.ts), 0 for none. */
  fault: 2,
  /**
   * Places in the batch, `nobody` for none: the first photon that begins outside the world, the first that becomes too
   * many, the first that has a child without room, the first with a fault.
   */
  outside: 3,
  endless: 4,
  crowded: 5,
  faulty: 6,
  /** The tally: two words for each of `tallyFields`, the low one first. */
  tally: 8,
} as const;

/** No photon of a batch; no place. */
export const nobody = 0xffff_ffff;

/** Batches that can be open at a time. */
export const mostOpen = 128;
/** Batches of which a launch may take photons. */
export const mostFresh = 8;

/** Words of the counters of a batch, and before those of the first. */
export const countersOfBatch = 64;
export const countersOfBatches: number = counters.leftOf + mostOpen;

/** Where the counters of a batch begin, by its place among the open ones. */
export function countersOf(slot: number): number {
  return countersOfBatches + slot * countersOfBatch;
}

/** Threads of a workgroup. */
export const workgroup = 64;

/** 32-bit words of a photon on its way from one launch to the next: slots.wgsl. */
export const slotWords = 42;
