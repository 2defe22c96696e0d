/**
 * What must not go wrong in the GPU kernel, described once (its constants FAULT_ABSENT and the like are made from it). A
 * fault is one of these numbers, and in the bits from 8 on what it is about.
 */
export const faults = {
  /** A function that was left out for the scene is called: its number among the stubs of the assembled kernel. */
  absent: 1,
  /** An array of a thread is too small: which of `arrays`. */
  noRoom: 2,
} as const;

/** Arrays of a thread that a ray may need more of than there is (scene-limits.ts). */
export const arrays = { intervals: 0, crossings: 1 } as const;
