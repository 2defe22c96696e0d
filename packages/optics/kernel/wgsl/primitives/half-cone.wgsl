// Made by tools/emit-wgsl.mjs of kernel/wasm/primitives/half-cone.ts.

// The infinite cone about +z with its apex at the origin; parameter: tan of the
// half angle. One face.

// The stretch of a ray in the cone; it may be infinite.
fn halfConeSpan(p: u32, ox: vec2f, oy: vec2f, oz: vec2f, dx: vec2f, dy: vec2f,
  dz: vec2f, tMin: vec2f, tMax: vec2f) -> bool {
  let slope = param(p, 0);
  let met = coneSpan(ox, oy, oz, dx, dy, dz, wMul(slope, oz), wMul(slope, dz),
    vec2f(0.0, 0.0), vec2f(1.0, 0.0), vec2f(1.0, 0.0));
  if (!met) {
    return false;
  }
  let near = coneNear;
  let far = coneFar;
  // The other of the two cones.
  if (near.x > -1e+29 && far.x < 1e+29 &&
    wMulAdd(wScale(wAdd(near, far), 0.5), dz, oz).x <= 0.0) {
    return false;
  }
  if (!wLessEq(near, far) || wLessEq(tMax, near) || wLessEq(far, tMin)) {
    return false;
  }
  setNear(near, 0);
  setFar(far, 0);
  return true;
}

fn halfConeNormal(p: u32, x: vec2f, y: vec2f, z: vec2f) {
  let slope = param(p, 0);
  setNormalAlong(x, y, wMul(wMul(-slope, slope), z), vec2f(-1.0, 0.0));
}

fn halfConeInside(p: u32, x: vec2f, y: vec2f, z: vec2f) -> bool {
  let radius = wMul(param(p, 0), z);
  return z.x >= 0.0 && wLessEq(wDot2(x, x, y, y), wSquare(radius));
}
