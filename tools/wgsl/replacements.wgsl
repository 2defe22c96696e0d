// Functions that stand in place of those that tools/emit-wgsl.mjs would make of
// the kernel's text, in the modules that they belong to.

// No thread knows where the last photon began: each is looked for from the
// world down.
fn locateAgain() -> bool {
  return false;
}

fn rememberPlace() {
}

// Of products without rounding there is no more in 2 x 24 bits than the
// products themselves: both edges of a pair of triangles see the same.
fn productError(a: vec2f, b: vec2f, product: vec2f) -> vec2f {
  return vec2f(0.0, 0.0);
}

// Surely misses: what rounding of 32 bits may make of the squares is left.
fn missesBall(placement: i32) -> bool {
  let x = wSub(placementBallX(placement), hierarchy_originX).x;
  let y = wSub(placementBallY(placement), hierarchy_originY).x;
  let z = wSub(placementBallZ(placement), hierarchy_originZ).x;
  let along = x * headingX.x + y * headingY.x + z * headingZ.x;
  let square = x * x + y * y + z * z;
  let rounding = 2e-6 * square;
  return square - along * along > placementBallSquare(placement).x + rounding;
}

fn hasRoom() -> bool {
  return end + ENTRY <= 4u * ENTRIES_WORDS;
}
