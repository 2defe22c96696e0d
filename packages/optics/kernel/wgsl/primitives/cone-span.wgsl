// Made by tools/emit-wgsl.mjs of kernel/wasm/primitives/cone-span.ts.

// A double cone x² + y² <= r² with r = rho + slope (z - z0) along a ray: the
// stretch of the ray in the cone of positive radius.

var<private> coneNear: vec2f = vec2f(0.0, 0.0);
var<private> coneFar: vec2f = vec2f(0.0, 0.0);

// What no solid's tolerance is below, mm.
const LEAST: vec2f = vec2f(1e-9, 2.828193e-17);

// Whether a ray from a point of the cone goes along it, on a generator: depth
// (c + 2 b t + a t²) / 2 r with r + t opening for r, and so at most b / opening,
// or b t / r, away from it. [RAY17]
fn isAlongCone(a: vec2f, b: vec2f, radius: vec2f, opening: vec2f) -> bool {
  return wLessEq(wAbs(a), PARALLEL) &&
    wLessEq(wAbs(b), wDot2(LEAST, wAbs(opening), PARALLEL, wAbs(radius)));
}

// A ray on a generator is in the cone, from the apex on, or not at all: on one
// side as along a plane. Its scales of x and y make the cone round. [RAY17]
fn generatorSpan(ox: vec2f, oy: vec2f, dx: vec2f, dy: vec2f, dz: vec2f,
  radius: vec2f, opening: vec2f, scaleX: vec2f, scaleY: vec2f) -> bool {
  // The outward normal (x, y, -r dr/dz), from any point but the apex.
  var sign = select(vec2f(1.0, 0.0), vec2f(-1.0, 0.0), radius.x < 0.0);
  var x = ox;
  var y = oy;
  var r = radius;
  if (wLessEq(wDot2(ox, ox, oy, oy), wSquare(tolerance))) {
    sign = select(vec2f(1.0, 0.0), vec2f(-1.0, 0.0), opening.x < 0.0);
    x = dx;
    y = dy;
    r = opening;
  }
  if (!isBehind(vec2f(0.0, 0.0), wMul(wMul(sign, scaleX), x),
    wMul(wMul(sign, scaleY), y), wDiv(wMul(wMul(-sign, r), opening), dz))) {
    return false;
  }
  coneNear = select(vec2f(-1e+30, 0.0), wDiv(-radius, opening),
    opening.x > 0.0);
  coneFar = select(vec2f(1e+30, 0.0), wDiv(-radius, opening), opening.x < 0.0);
  return true;
}

// Radius `radius` at the ray's origin; `opening` is its change along the ray;
// (0, 0, center) is the apex, or any point in the solid where that is far away.
// Where a > 0 the ray crosses one of the two cones (the caller's limits in z say
// which); where a < 0 it is in each of them from the apex on. The scales are
// those of the frame in which the cone is round.
fn coneSpan(ox: vec2f, oy: vec2f, oz: vec2f, dx: vec2f, dy: vec2f, dz: vec2f,
  radius: vec2f, opening: vec2f, center: vec2f, scaleX: vec2f,
  scaleY: vec2f) -> bool {
  let a = wDot3(dx, dx, dy, dy, -opening, opening);
  let square = wDot2(ox, ox, oy, oy);
  let depth = wMulAdd(-radius, radius, square);
  var start = vec2f(0.0, 0.0);
  var met = true;
  if (wLessEq(wSquare(depth),
    wMul(wMul(wScale(tolerance, 4.0), tolerance), square))) {
    let b = wDot3(ox, dx, oy, dy, -opening, radius);
    if (isAlongCone(a, b, radius, opening)) {
      return generatorSpan(ox, oy, dx, dy, dz, radius, opening, scaleX, scaleY);
    }
    rootsFromSurface(a, b);
  } else {
    // From the point of closest approach to the center: well conditioned also
    // for a ray from far away, and near the apex.
    start = -wDot3(ox, dx, oy, dy, wSub(oz, center), dz);
    let x = wMulAdd(start, dx, ox);
    let y = wMulAdd(start, dy, oy);
    let r = wMulAdd(start, opening, radius);
    let b = wDot3(x, dx, y, dy, -opening, r);
    met = quadricRoots(a, b, wDot3(x, x, y, y, -r, r));
    // Without a root, but for rounding, the ray passes through the apex.
    if (!met && a.x < 0.0) {
      start = wSub(start, wDiv(b, a));
      rootsFromSurface(a, vec2f(0.0, 0.0));
      met = true;
    }
  }
  coneNear = vec2f(-1e+30, 0.0);
  coneFar = vec2f(1e+30, 0.0);
  if (a.x > 0.0) {
    coneNear = wAdd(start, lowRoot);
    coneFar = wAdd(start, highRoot);
    return met;
  }
  if (!met) {
    return false;
  }
  if (a.x == 0.0) {
    // Along a generator only one root is finite.
    if (highRoot.x >= 1e+29) {
      coneNear = wAdd(start, lowRoot);
    } else {
      coneFar = wAdd(start, highRoot);
    }
  } else if (opening.x > 0.0) {
    coneNear = wAdd(start, highRoot);
  } else {
    coneFar = wAdd(start, lowRoot);
  }
  return true;
}
