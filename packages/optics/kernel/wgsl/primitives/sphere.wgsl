// Made by tools/emit-wgsl.mjs of kernel/wasm/primitives/sphere.ts.

// A sphere about the origin; parameter: radius. One face.

// The distance at which a ray that is inside leaves; sets hitFace.
fn sphereExit(p: u32, ox: vec2f, oy: vec2f, oz: vec2f, dx: vec2f, dy: vec2f,
  dz: vec2f) -> vec2f {
  let square = wSquare(param(p, 0));
  let b = wDot3(ox, dx, oy, dy, oz, dz);
  let c = wSub(wDot3(ox, ox, oy, oy, oz, oz), square);
  setHitFace(0);
  let disc = wMulAdd(b, b, -c);
  if (c.x < 0.0) {
    return wSub(wSqrt(disc), b);
  }
  return quadricExit(vec2f(1.0, 0.0), b, c, square);
}

// The stretch of a ray in the sphere, from the point of closest approach:
// exact also for a ray from far away (Haines et al., "Precision Improvements
// for Ray/Sphere Intersection", Ray Tracing Gems, 2019, ch. 7).
fn sphereSpan(p: u32, ox: vec2f, oy: vec2f, oz: vec2f, dx: vec2f, dy: vec2f,
  dz: vec2f, tMin: vec2f, tMax: vec2f) -> bool {
  let r = param(p, 0);
  let b = wDot3(ox, dx, oy, dy, oz, dz);
  let x = wMulAdd(-b, dx, ox);
  let y = wMulAdd(-b, dy, oy);
  let z = wMulAdd(-b, dz, oz);
  let disc = wMulAdd(-z, z, wDot3(r, r, -x, x, -y, y));
  var half = wAbs(b);
  if (wLess(wMul(wScale(r, 2.0), tolerance), wAbs(wMulAdd(b, b, -disc)))) {
    if (!(disc.x > 0.0)) {
      return false;
    }
    half = wSqrt(disc);
  }
  let near = wSub(-b, half);
  let far = wSub(half, b);
  if (wLess(far, near) || wLessEq(tMax, near) || wLessEq(far, tMin)) {
    return false;
  }
  setNear(near, 0);
  setFar(far, 0);
  return true;
}

fn sphereNormal(x: vec2f, y: vec2f, z: vec2f) {
  setNormalAlong(x, y, z, vec2f(1.0, 0.0));
}

fn sphereInside(p: u32, x: vec2f, y: vec2f, z: vec2f) -> bool {
  return wLessEq(wDot3(x, x, y, y, z, z), wSquare(param(p, 0)));
}
