// Made by tools/emit-wgsl.mjs of kernel/wasm/primitives/ellipsoid.ts.

// An ellipsoid about the origin between two z planes; parameters: semi-axes
// x, y, z, zLow, zHigh, then 1/x², 1/y², 1/z² of the semi-axes.
// Faces: 0 ellipsoid, 1 zLow, 2 zHigh.

// The distance at which a ray that is inside leaves; sets hitFace.
fn ellipsoidExit(p: u32, ox: vec2f, oy: vec2f, oz: vec2f, dx: vec2f, dy: vec2f,
  dz: vec2f) -> vec2f {
  let wx = param(p, 5);
  let wy = param(p, 6);
  let wz = param(p, 7);
  let a = wDot3(wSquare(dx), wx, wSquare(dy), wy, wSquare(dz), wz);
  let b = wDot3(wMul(ox, dx), wx, wMul(oy, dy), wy, wMul(oz, dz), wz);
  let c = wAddR(wDot3(wSquare(ox), wx, wSquare(oy), wy, wSquare(oz), wz), -1.0);
  let t = quadricExit(a, b, c, vec2f(1.0, 0.0));
  return slabExit(p, 3, oz, dz, t);
}

// The stretch of a ray in the ellipsoid.
fn ellipsoidSpan(p: u32, ox: vec2f, oy: vec2f, oz: vec2f, dx: vec2f, dy: vec2f,
  dz: vec2f, tMin: vec2f, tMax: vec2f) -> bool {
  let wx = param(p, 5);
  let wy = param(p, 6);
  let wz = param(p, 7);
  // From the point of closest approach, in the space where it is a sphere.
  let a = wDot3(wSquare(dx), wx, wSquare(dy), wy, wSquare(dz), wz);
  let inverse = wInverse(a);
  let middle = wMul(
    -wDot3(wMul(ox, dx), wx, wMul(oy, dy), wy, wMul(oz, dz), wz), inverse);
  let x = wMulAdd(middle, dx, ox);
  let y = wMulAdd(middle, dy, oy);
  let z = wMulAdd(middle, dz, oz);
  let disc = wAdd(wDot3(wSquare(x), -wx, wSquare(y), -wy, wSquare(z), -wz),
    vec2f(1.0, 0.0));
  var half = wAbs(middle);
  let size = wMax(param(p, 0), wMax(param(p, 1), param(p, 2)));
  if (wLess(wScale(tolerance, 2.0),
    wMul(wAbs(wMulAdd(wMul(a, middle), middle, -disc)), size))) {
    if (!(disc.x > 0.0)) {
      return false;
    }
    half = wSqrt(wMul(disc, inverse));
  }
  let near = wSub(middle, half);
  let far = wAdd(middle, half);
  if (wLess(far, near) || wLessEq(tMax, near) || wLessEq(far, tMin)) {
    return false;
  }
  if (!slabSpan(param(p, 3), param(p, 4), oz, dz, tMin, tMax)) {
    return false;
  }
  return cutBySide(near, far, tMin, tMax);
}

fn ellipsoidNormal(p: u32, face: i32, x: vec2f, y: vec2f, z: vec2f) {
  if (face == 0) {
    setNormalAlong(wMul(x, param(p, 5)), wMul(y, param(p, 6)),
      wMul(z, param(p, 7)), vec2f(1.0, 0.0));
  } else {
    slabNormal(face);
  }
}

fn ellipsoidInside(p: u32, x: vec2f, y: vec2f, z: vec2f) -> bool {
  return wLessEq(param(p, 3), z) && wLessEq(z, param(p, 4)) &&
    wLessEq(wDot3(wSquare(x), param(p, 5), wSquare(y), param(p, 6), wSquare(z),
    param(p, 7)), vec2f(1.0, 0.0));
}
