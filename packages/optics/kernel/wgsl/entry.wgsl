// Made by tools/emit-wgsl.mjs of kernel/wasm/entry.ts.

// Whether a ray enters where a stretch of it in a solid begins. [RAY2]

// Whether a stretch that holds the ray's origin counts as entered there. [RAY11]
// It does for a ray that has just left a volume beside this solid, or entered
// its mother: nobody knows then that it is outside, and along a common face it
// does not meet the solid from outside.
var<private> heldCounts: bool = false;

// What is left of a stretch that counts so, mm: as of one that a photon may
// begin in (TOUCH of hierarchy.ts).
const HELD: vec2f = vec2f(1e-7, -1.1686097e-15);
fn countHeld(counts: bool) {
  heldCounts = counts;
}

// Whether a ray that is outside enters at tIn a stretch that ends at tOut: not
// one it has just left, not one it seems to be in already, and no sliver.
fn isEntry(tIn: vec2f, tOut: vec2f) -> bool {
  if (wLess(tIn, -tolerance) && !(heldCounts && wLess(HELD, tOut))) {
    return false;
  }
  return wLess(tolerance, wSub(tOut, wMax(tIn, vec2f(0.0, 0.0))));
}
