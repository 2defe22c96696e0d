// Whether a ray enters where a stretch of it in a solid begins. [RAY2]

import { tolerance } from './primitives/span';

// Whether a stretch that holds the ray's origin counts as entered there. [RAY11]
// It does for a ray that has just left a volume beside this solid, or entered
// its mother: nobody knows then that it is outside, and along a common face it
// does not meet the solid from outside.
export let heldCounts: bool = false;

@inline export function countHeld(counts: bool): void {
  heldCounts = counts;
}

// Whether a ray that is outside enters at tIn a stretch that ends at tOut: not
// one it has just left, not one it seems to be in already, and no sliver.
@inline export function isEntry(tIn: f64, tOut: f64): bool {
  return (tIn >= -tolerance || heldCounts) && tOut - max(tIn, 0) > tolerance;
}
