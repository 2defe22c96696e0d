/**
 * What the threads of a batch count together, described once: the constants COUNTER_NEXT and the like of the WGSL kernel
 * are made from it. 32-bit words.
 */
export const counters = {
  /** The next photon of the batch that nobody has taken. */
  next: 0,
  /** Hits. */
  hits: 1,
  /** Children made. */
  children: 2,
  /** The greatest fault (faults.ts), 0 for none. */
  fault: 3,
  /**
   * Places in the batch, `nobody` for none: the first photon that begins outside the world, the first that becomes too
   * many, the first that has a child without room, the first with a fault.
   */
  outside: 4,
  endless: 5,
  crowded: 6,
  faulty: 7,
  /** Photons on their way that a launch finds, and that it leaves. */
  found: 8,
  left: 9,
  /** The tally: two words for each of `tallyFields`, the low one first. */
  tally: 16,
} as const;

/** No photon of a batch. */
export const nobody = 0xffff_ffff;

/** Threads of a workgroup. */
export const workgroup = 64;

/** 32-bit words of a photon on its way from one launch to the next: slots.wgsl. */
export const slotWords = 42;
