// Made by tools/emit-wgsl.mjs of kernel/wasm/primitives/sphere.ts.

// A sphere about the origin; parameter: radius. One face.

// The distance at which a ray that is inside leaves; sets hitFace.
fn sphereExit(p: u32, ox: vec2f, oy: vec2f, oz: vec2f, dx: vec2f, dy: vec2f,
  dz: vec2f) -> vec2f {
  let square = wSquare(param(p, 0));
  let b = wAdd(wAdd(wMul(ox, dx), wMul(oy, dy)), wMul(oz, dz));
  let c = wSub(wAdd(wAdd(wSquare(ox), wSquare(oy)), wSquare(oz)), square);
  setHitFace(0);
  let disc = wSub(wSquare(b), c);
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
  let b = wAdd(wAdd(wMul(ox, dx), wMul(oy, dy)), wMul(oz, dz));
  let x = wSub(ox, wMul(b, dx));
  let y = wSub(oy, wMul(b, dy));
  let z = wSub(oz, wMul(b, dz));
  let disc = wSub(wSub(wSub(wSquare(r), wSquare(x)), wSquare(y)), wSquare(z));
  var half = wAbs(b);
  if (wLess(wMul(wScale(r, 2.0), tolerance), wAbs(wSub(wSquare(b), disc)))) {
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
  return wLessEq(wAdd(wAdd(wSquare(x), wSquare(y)), wSquare(z)),
    wSquare(param(p, 0)));
}
