// Whether a ray enters where a stretch of it in a solid begins. [RAY2]

import { tolerance } from './primitives/span';

// Whether a stretch that holds the ray's origin counts as entered there. [RAY11]
// It does for a ray that has just left a volume beside this solid, or entered
// its mother: nobody knows then that it is outside, and along a common face it
// does not meet the solid from outside.
export let heldCounts: bool = false;

// What is left of a stretch that counts so, mm: as of one that a photon may
// begin in (TOUCH of hierarchy.ts).
const HELD: f64 = 1e-7;

@inline export function countHeld(counts: bool): void {
  heldCounts = counts;
}

// Whether a ray that is outside enters at tIn a stretch that ends at tOut: not
// one it has just left, not one it seems to be in already, and no sliver.
@inline export function isEntry(tIn: f64, tOut: f64): bool {
  if (tIn < -tolerance && !(heldCounts && tOut > HELD)) return false;
  return tOut - max(tIn, 0) > tolerance;
}
