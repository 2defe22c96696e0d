/** The arrays of hits that there are: each also the name of its file, with `.npy`. */
export const hitKinds = ['hits', 'hits-lite', 'hits-merged', 'hits-lite-merged'] as const;

/** Hits whole or lite, each by itself or merged. */
export type HitKind = (typeof hitKinds)[number];

/** How hits are to be delivered. */
export interface HitForms {
  readonly kinds: readonly HitKind[];
  /** The window of merged hits, ns, above 0. */
  readonly window?: number | undefined;
  /** Whether hits of two events may be merged; default: never. */
  readonly acrossEvents?: boolean | undefined;
  /** Of lite hits; default: by the number of sensors (`liteHitsFor`). */
  readonly lite?: 'wide' | undefined;
}

/** Whether any of these kinds is merged. */
export function hasMerged(kinds: readonly HitKind[]): boolean {
  return kinds.includes('hits-merged') || kinds.includes('hits-lite-merged');
}

/** Whether any of these kinds is lite. */
export function hasLite(kinds: readonly HitKind[]): boolean {
  return kinds.includes('hits-lite') || kinds.includes('hits-lite-merged');
}
