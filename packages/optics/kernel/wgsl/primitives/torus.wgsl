// Made by tools/emit-wgsl.mjs of kernel/wasm/primitives/torus.ts.

// A torus about z; parameters: rtor, r. One face. Not convex: a ray may cut it
// in two stretches.

// The stretches of a ray in the torus: how many. With s = x² + y² + z² +
// rtor² - r² the torus is s² = 4 rtor² (x² + y²), a quartic along the ray.
fn torusSpans(p: u32, ox: vec2f, oy: vec2f, oz: vec2f, dx: vec2f, dy: vec2f,
  dz: vec2f, tMin: vec2f, tMax: vec2f) -> i32 {
  // In units of the outer radius, from the point of closest approach to the
  // centre: all coefficients are of order one.
  let size = wAdd(param(p, 0), param(p, 1));
  let unit = wInverse(size);
  let start = -wDot3(ox, dx, oy, dy, oz, dz);
  let x = wMul(wMulAdd(start, dx, ox), unit);
  let y = wMul(wMulAdd(start, dy, oy), unit);
  let z = wMul(wMulAdd(start, dz, oz), unit);
  let ring = wMul(param(p, 0), unit);
  let tube = wMul(param(p, 1), unit);
  let square = wDot3(x, x, y, y, z, z);
  if (wLessEq(vec2f(1.0, 0.0), square)) {
    return 0;
  }
  let reach = wSqrt(wSub(vec2f(1.0, 0.0), square));
  // Between the planes that the torus touches.
  var low = -reach;
  var high = reach;
  if (wLess(PARALLEL, wAbs(dz))) {
    let t0 = wDiv(wSub(-tube, z), dz);
    let t1 = wDiv(wSub(tube, z), dz);
    low = wMax(low, wMin(t0, t1));
    high = wMin(high, wMax(t0, t1));
    if (wLessEq(high, low)) {
      return 0;
    }
  } else if (wLessEq(tube, wAbs(z))) {
    return 0;
  }
  if (wLessEq(wMulAdd(high, size, start), tMin) ||
    wLessEq(tMax, wMulAdd(low, size, start))) {
    return 0;
  }
  // With d a unit vector at right angles to (x, y, z): s = t² + k.
  let k = wAdd(wDot2(ring, ring, -tube, tube), square);
  let four = wMul(wScale(ring, 4.0), ring);
  let c2 = wMulAdd(-four, wDot2(dx, dx, dy, dy), wScale(k, 2.0));
  let c1 = wMul(wScale(four, -2.0), wDot2(x, dx, y, dy));
  // Beyond its bounds the ray is outside; a margin lets a root at a bound be.
  low = wSub(low, vec2f(0.001, -4.749745e-11));
  high = wAdd(high, vec2f(0.001, -4.749745e-11));
  let rho = wSub(wSqrt(wDot2(ox, ox, oy, oy)), param(p, 0));
  let depth = wSub(wSqrt(wDot2(rho, rho, oz, oz)), param(p, 1));
  let isOnSurface = wLessEq(wAbs(depth), tolerance);
  let known = select(vec2f(-1e+30, 0.0), wMul(-start, unit), isOnSurface);
  var t1_: i32;
  if (isOnSurface) {
    t1_ = quarticRootsBeside(known, c2, c1, low, high);
  } else {
    t1_ = quarticRoots(c2, c1, wDot2(k, k, -four, wDot2(x, x, y, y)), low,
      high);
  }
  let count = t1_;
  if (count < 2) {
    return 0;
  }
  let t0 = polished(quarticRoot(0), known, x, y, z, dx, dy, dz, ring, tube);
  let t1 = polished(quarticRoot(1), known, x, y, z, dx, dy, dz, ring, tube);
  setNear(wMulAdd(wMin(t0, t1), size, start), 0);
  setFar(wMulAdd(wMax(t0, t1), size, start), 0);
  if (count < 4) {
    return 1;
  }
  let t2 = polished(quarticRoot(2), known, x, y, z, dx, dy, dz, ring, tube);
  let t3 = polished(quarticRoot(3), known, x, y, z, dx, dy, dz, ring, tube);
  setSecond(wMulAdd(wMin(t2, t3), size, start), 0,
    wMulAdd(wMax(t2, t3), size, start), 0);
  return 2;
}

// A root after a step of Newton's method on (rho - ring)² + z² = tube²: the
// quartic is that times a factor which may be small, and then less exact. Not
// at the known root, nor beside it, where the ray grazes the surface.
fn polished(t: vec2f, known: vec2f, x: vec2f, y: vec2f, z: vec2f, dx: vec2f,
  dy: vec2f, dz: vec2f, ring: vec2f, tube: vec2f) -> vec2f {
  if (wLess(wAbs(wSub(t, known)), vec2f(0.001, -4.749745e-11))) {
    return t;
  }
  let u = wMulAdd(t, dx, x);
  let v = wMulAdd(t, dy, y);
  let w = wMulAdd(t, dz, z);
  let rho = wSqrt(wDot2(u, u, v, v));
  let away = wSub(rho, ring);
  let slope = wScale(wMulAdd(w, dz, wDiv(wMul(away, wDot2(u, dx, v, dy)), rho)),
    2.0);
  let step = wDiv(wDot3(away, away, w, w, -tube, tube), slope);
  return select(t, wSub(t, step),
    wLess(wAbs(step), vec2f(0.000001, 2.5247572e-15)));
}

fn torusNormal(p: u32, x: vec2f, y: vec2f, z: vec2f) {
  let rho = wSqrt(wDot2(x, x, y, y));
  let scale = select(vec2f(0.0, 0.0),
    wSub(vec2f(1.0, 0.0), wDiv(param(p, 0), rho)), rho.x > 0.0);
  setNormalAlong(wMul(x, scale), wMul(y, scale), z, vec2f(1.0, 0.0));
}

fn torusInside(p: u32, x: vec2f, y: vec2f, z: vec2f) -> bool {
  let r = param(p, 1);
  let away = wSub(wSqrt(wDot2(x, x, y, y)), param(p, 0));
  return wLessEq(wDot2(away, away, z, z), wSquare(r));
}
