// Made by tools/emit-wgsl.mjs of kernel/wasm/primitives/cylinder.ts.

// An elliptic cylinder along z; parameters: semi-axes x, y, zLow, zHigh, then
// 1/x² and 1/y² of the semi-axes. Faces: 0 side, 1 zLow, 2 zHigh.

// Of a square: a ray along the axis does not meet the side. [RAY13]
const cylinder_ALONG: vec2f = vec2f(1e-24, -1.9541481e-32);

// The distance at which a ray that is inside leaves; sets hitFace.
fn cylinderExit(p: u32, ox: vec2f, oy: vec2f, oz: vec2f, dx: vec2f, dy: vec2f,
  dz: vec2f) -> vec2f {
  let wx = param(p, 4);
  let wy = param(p, 5);
  let a = wDot2(wSquare(dx), wx, wSquare(dy), wy);
  let b = wDot2(wMul(ox, dx), wx, wMul(oy, dy), wy);
  let c = wAddR(wDot2(wSquare(ox), wx, wSquare(oy), wy), -1.0);
  var t1_: vec2f;
  if (wLess(wMul(cylinder_ALONG, wx), a)) {
    t1_ = quadricExit(a, b, c, vec2f(1.0, 0.0));
  } else {
    t1_ = vec2f(1e+30, 0.0);
  }
  let t = t1_;
  return slabExit(p, 2, oz, dz, t);
}

// The stretch of a ray in the cylinder.
fn cylinderSpan(p: u32, ox: vec2f, oy: vec2f, oz: vec2f, dx: vec2f, dy: vec2f,
  dz: vec2f, tMin: vec2f, tMax: vec2f) -> bool {
  if (!slabSpan(param(p, 2), param(p, 3), oz, dz, tMin, tMax)) {
    return false;
  }
  let wx = param(p, 4);
  let wy = param(p, 5);
  let a = wDot2(wSquare(dx), wx, wSquare(dy), wy);
  if (wLess(wMul(cylinder_ALONG, wx), a)) {
    // From the point of closest approach to the axis.
    let inverse = wInverse(a);
    let middle = wMul(-wDot2(wMul(ox, dx), wx, wMul(oy, dy), wy), inverse);
    let x = wMulAdd(middle, dx, ox);
    let y = wMulAdd(middle, dy, oy);
    let disc = wAdd(wDot2(wSquare(x), -wx, wSquare(y), -wy), vec2f(1.0, 0.0));
    var half = wAbs(middle);
    let size = wMax(param(p, 0), param(p, 1));
    if (wLess(wScale(tolerance, 2.0),
      wMul(wAbs(wMulAdd(wMul(a, middle), middle, -disc)), size))) {
      if (!(disc.x > 0.0)) {
        return false;
      }
      half = wSqrt(wMul(disc, inverse));
    }
    return cutBySide(wSub(middle, half), wAdd(middle, half), tMin, tMax);
  }
  return isWithin(ox, oy, wx, wy);
}

// Whether a ray along the axis is in the cylinder.
fn isWithin(ox: vec2f, oy: vec2f, wx: vec2f, wy: vec2f) -> bool {
  let x = wMul(ox, wx);
  let y = wMul(oy, wy);
  // How deep below the surface, near it, from the gradient of x² wx + y² wy.
  let depth = wDiv(wScale(wAdd(wDot2(-ox, x, -oy, y), vec2f(1.0, 0.0)), 0.5),
    wSqrt(wDot2(x, x, y, y)));
  return isBehind(depth, x, y, vec2f(0.0, 0.0));
}

fn cylinderNormal(p: u32, face: i32, x: vec2f, y: vec2f) {
  if (face == 0) {
    setNormalAlong(wMul(x, param(p, 4)), wMul(y, param(p, 5)), vec2f(0.0, 0.0),
      vec2f(1.0, 0.0));
  } else {
    slabNormal(face);
  }
}

fn cylinderInside(p: u32, x: vec2f, y: vec2f, z: vec2f) -> bool {
  return wLessEq(param(p, 2), z) && wLessEq(z, param(p, 3)) &&
    wLessEq(wDot2(wSquare(x), param(p, 4), wSquare(y), param(p, 5)),
    vec2f(1.0, 0.0));
}
