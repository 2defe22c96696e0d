// Made by tools/emit-wgsl.mjs of kernel/wasm/well-inside.ts.

// A proof that a point is in a solid and not near to its faces, where that is
// cheap: most points need no more, and for them a direction plays no part.

// Of a squared radius in units of the semi-axis, and of a length in mm: both
// far above TOUCH for semi-axes of 1 mm and more.
const ROUND_MARGIN: vec2f = vec2f(0.000001, 2.5247572e-15);
const FLAT_MARGIN: vec2f = vec2f(0.000001, 2.5247572e-15);
const LEAST_AXIS: vec2f = vec2f(1.0, 0.0);

// False proves nothing.
fn wellInside(solid: i32, x: vec2f, y: vec2f, z: vec2f) -> bool {
  let kind = solidKind(solid);
  if (kind < 0) {
    return false;
  }
  let p = paramsOf(solidLeaf(solid));
  if (kind == LEAF_IS_BOX) {
    if (wLess(wSub(param(p, 0), FLAT_MARGIN), wAbs(x))) {
      return false;
    }
    if (wLess(wSub(param(p, 1), FLAT_MARGIN), wAbs(y))) {
      return false;
    }
    return wLess(wAbs(z), wSub(param(p, 2), FLAT_MARGIN));
  }
  let r = param(p, 0);
  if (wLess(r, LEAST_AXIS)) {
    return false;
  }
  if (kind == LEAF_IS_SPHERE) {
    return wLess(wDot3(x, x, y, y, z, z),
      wMul(wSquare(r), wSub(vec2f(1.0, 0.0), ROUND_MARGIN)));
  }
  if (kind == LEAF_IS_CYLINDER) {
    if (wLess(param(p, 1), LEAST_AXIS)) {
      return false;
    }
    if (wLess(z, wAdd(param(p, 2), FLAT_MARGIN))) {
      return false;
    }
    if (wLess(wSub(param(p, 3), FLAT_MARGIN), z)) {
      return false;
    }
    return wLess(wDot2(wSquare(x), param(p, 4), wSquare(y), param(p, 5)),
      wSub(vec2f(1.0, 0.0), ROUND_MARGIN));
  }
  if (kind != LEAF_IS_ELLIPSOID) {
    return false;
  }
  if (wLess(param(p, 1), LEAST_AXIS)) {
    return false;
  }
  if (wLess(param(p, 2), LEAST_AXIS)) {
    return false;
  }
  if (wLess(z, wAdd(param(p, 3), FLAT_MARGIN))) {
    return false;
  }
  if (wLess(wSub(param(p, 4), FLAT_MARGIN), z)) {
    return false;
  }
  let across = wDot2(wSquare(x), param(p, 5), wSquare(y), param(p, 6));
  return wLess(wMulAdd(wSquare(z), param(p, 7), across),
    wSub(vec2f(1.0, 0.0), ROUND_MARGIN));
}
