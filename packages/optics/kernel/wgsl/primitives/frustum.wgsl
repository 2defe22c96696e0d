// Made by tools/emit-wgsl.mjs of kernel/wasm/primitives/frustum.ts.

// A cone along z between two planes; parameters: r at zLow, r at zHigh, zLow,
// zHigh, then the slope dr/dz and the z of the apex, or 0 where that is far
// away. Faces: 0 side, 1 zLow, 2 zHigh.

// The distance at which a ray that is inside leaves; sets hitFace.
fn frustumExit(p: u32, ox: vec2f, oy: vec2f, oz: vec2f, dx: vec2f, dy: vec2f,
  dz: vec2f) -> vec2f {
  let slope = param(p, 4);
  let radius = wMulAdd(slope, wSub(oz, param(p, 2)), param(p, 0));
  let opening = wMul(slope, dz);
  let a = wDot3(dx, dx, dy, dy, -opening, opening);
  let b = wDot3(ox, dx, oy, dy, -opening, radius);
  let c = wDot3(ox, ox, oy, oy, -radius, radius);
  // A ray that is inside and along the side does not meet it. [RAY17]
  var t1_: vec2f;
  if (isAlongCone(a, b, radius, opening)) {
    t1_ = vec2f(1e+30, 0.0);
  } else {
    t1_ = quadricExit(a, b, c, wSquare(radius));
  }
  let t = t1_;
  return slabExit(p, 2, oz, dz, t);
}

// The stretch of a ray in the frustum.
fn frustumSpan(p: u32, ox: vec2f, oy: vec2f, oz: vec2f, dx: vec2f, dy: vec2f,
  dz: vec2f, tMin: vec2f, tMax: vec2f) -> bool {
  let low = param(p, 2);
  let high = param(p, 3);
  if (!slabSpan(low, high, oz, dz, tMin, tMax)) {
    return false;
  }
  let slope = param(p, 4);
  let radius = wMulAdd(slope, wSub(oz, low), param(p, 0));
  let met = coneSpan(ox, oy, oz, dx, dy, dz, radius, wMul(slope, dz),
    param(p, 5), vec2f(1.0, 0.0), vec2f(1.0, 0.0));
  if (!met) {
    return false;
  }
  return cutBySide(coneNear, coneFar, tMin, tMax);
}

fn frustumNormal(p: u32, face: i32, x: vec2f, y: vec2f, z: vec2f) {
  if (face == 0) {
    let slope = param(p, 4);
    let radius = wMulAdd(slope, wSub(z, param(p, 2)), param(p, 0));
    setNormalAlong(x, y, wMul(-slope, radius),
      select(vec2f(1.0, 0.0), vec2f(-1.0, 0.0), slope.x > 0.0));
  } else {
    slabNormal(face);
  }
}

fn frustumInside(p: u32, x: vec2f, y: vec2f, z: vec2f) -> bool {
  let low = param(p, 2);
  if (wLess(z, low) || wLess(param(p, 3), z)) {
    return false;
  }
  let radius = wMulAdd(param(p, 4), wSub(z, low), param(p, 0));
  return wLessEq(wDot2(x, x, y, y), wSquare(radius));
}
