// Made by tools/emit-wgsl.mjs of kernel/wasm/primitives/elliptic-cone.ts.

// An elliptic cone along z up to its apex, between two planes; parameters: the
// scales of x and y that make it round, the slope it has then, the z of its apex,
// zLow, zHigh. Faces: 0 side, 1 zLow, 2 zHigh.

// The stretch of a ray in the cone.
fn ellipticConeSpan(p: u32, ox: vec2f, oy: vec2f, oz: vec2f, dx: vec2f,
  dy: vec2f, dz: vec2f, tMin: vec2f, tMax: vec2f) -> bool {
  if (!slabSpan(param(p, 4), param(p, 5), oz, dz, tMin, tMax)) {
    return false;
  }
  // In the frame where the cone is round lengths along the ray are `scale` times
  // as long.
  let ux = wMul(dx, param(p, 0));
  let uy = wMul(dy, param(p, 1));
  let slope = param(p, 2);
  let apex = param(p, 3);
  let scale = wSqrt(wDot3(ux, ux, uy, uy, dz, dz));
  let inverse = wInverse(scale);
  let met = coneSpan(wMul(ox, param(p, 0)), wMul(oy, param(p, 1)), oz,
    wMul(ux, inverse), wMul(uy, inverse), wMul(dz, inverse),
    wMul(slope, wSub(apex, oz)), wMul(wMul(-slope, dz), inverse), apex,
    param(p, 0), param(p, 1));
  if (!met) {
    return false;
  }
  return cutBySide(wMul(coneNear, inverse), wMul(coneFar, inverse), tMin, tMax);
}

fn ellipticConeNormal(p: u32, face: i32, x: vec2f, y: vec2f, z: vec2f) {
  if (face != 0) {
    slabNormal(face);
    return;
  }
  let sx = param(p, 0);
  let sy = param(p, 1);
  let slope = param(p, 2);
  let height = wSub(param(p, 3), z);
  setNormalAlong(wMul(wSquare(sx), x), wMul(wSquare(sy), y),
    wMul(wSquare(slope), height), vec2f(1.0, 0.0));
}

fn ellipticConeInside(p: u32, x: vec2f, y: vec2f, z: vec2f) -> bool {
  if (wLess(z, param(p, 4)) || wLess(param(p, 5), z)) {
    return false;
  }
  let u = wMul(x, param(p, 0));
  let v = wMul(y, param(p, 1));
  let radius = wMul(param(p, 2), wSub(param(p, 3), z));
  return wLessEq(wDot2(u, u, v, v), wSquare(radius));
}
