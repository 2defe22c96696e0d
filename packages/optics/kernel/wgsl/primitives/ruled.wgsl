// Made by tools/emit-wgsl.mjs of kernel/wasm/primitives/ruled.ts.

// What is behind a ruled surface, whose cuts at constant z are straight lines:
// k1 + kx x + ky y + kz z + kxz xz + kyz yz + kzz z² <= 0. Parameters: these
// seven. One face; not convex: a ray may cut it in two stretches, which may be
// infinite.

// What rounding makes of a direction along one of the lines.
const ruled_ALONG: vec2f = vec2f(1e-13, 1.754833e-21);

// Its gradient at the last point asked for.
var<private> ruled_gx: vec2f = vec2f(0.0, 0.0);
var<private> ruled_gy: vec2f = vec2f(0.0, 0.0);
var<private> ruled_gz: vec2f = vec2f(0.0, 0.0);

// The value at a point; sets the gradient.
fn valueAt(p: u32, x: vec2f, y: vec2f, z: vec2f) -> vec2f {
  ruled_gx = wMulAdd(param(p, 4), z, param(p, 1));
  ruled_gy = wMulAdd(param(p, 5), z, param(p, 2));
  let along = wMulAdd(param(p, 6), z, param(p, 3));
  ruled_gz = wAdd(wDot3(param(p, 4), x, param(p, 5), y, param(p, 6), z), along);
  return wAdd(wDot3(ruled_gx, x, ruled_gy, y, along, z), param(p, 0));
}

// The stretches of a ray behind the surface: how many.
fn ruledSpans(p: u32, ox: vec2f, oy: vec2f, oz: vec2f, dx: vec2f, dy: vec2f,
  dz: vec2f) -> i32 {
  let a = wMul(dz, wDot3(param(p, 4), dx, param(p, 5), dy, param(p, 6), dz));
  let depth = valueAt(p, ox, oy, oz);
  let square = wDot3(ruled_gx, ruled_gx, ruled_gy, ruled_gy, ruled_gz,
    ruled_gz);
  var start = vec2f(0.0, 0.0);
  var b = vec2f(0.0, 0.0);
  var c = vec2f(0.0, 0.0);
  var met = true;
  if (wLessEq(wSquare(depth), wMul(wSquare(tolerance), square))) {
    b = wScale(wDot3(ruled_gx, dx, ruled_gy, dy, ruled_gz, dz), 0.5);
    let size = wSqrt(square);
    // Along one of its lines, but for rounding.
    if (wLess(wAbs(b), wMul(ruled_ALONG, size)) &&
      wLess(wAbs(a), wMul(ruled_ALONG, size))) {
      let scale = wInverse(size);
      if (
        !isBehind(vec2f(0.0, 0.0), wMul(ruled_gx, scale), wMul(ruled_gy, scale),
        wMul(ruled_gz, scale))) {
        return 0;
      }
      setNear(vec2f(-1e+30, 0.0), 0);
      setFar(vec2f(1e+30, 0.0), 0);
      return 1;
    }
    rootsFromSurface(a, b);
  } else {
    start = -wDot3(ox, dx, oy, dy, oz, dz);
    c = valueAt(p, wMulAdd(start, dx, ox), wMulAdd(start, dy, oy),
      wMulAdd(start, dz, oz));
    b = wScale(wDot3(ruled_gx, dx, ruled_gy, dy, ruled_gz, dz), 0.5);
    met = quadricRoots(a, b, c);
  }
  setNear(vec2f(-1e+30, 0.0), 0);
  setFar(vec2f(1e+30, 0.0), 0);
  // No root: all of the ray behind it or none.
  if (!met) {
    return i32(c.x <= 0.0);
  }
  let first = wAdd(start, lowRoot);
  let last = wAdd(start, highRoot);
  if (a.x > 0.0) {
    setNear(first, 0);
    setFar(last, 0);
    return 1;
  }
  if (a.x == 0.0) {
    // Only one root is finite.
    if (b.x > 0.0) {
      setFar(select(first, last, first.x <= -1e+29), 0);
    } else {
      setNear(select(last, first, last.x >= 1e+29), 0);
    }
    return 1;
  }
  // In front of it between the roots.
  setFar(first, 0);
  setSecond(last, 0, vec2f(1e+30, 0.0), 0);
  return 2;
}

fn ruledNormal(p: u32, x: vec2f, y: vec2f, z: vec2f) {
  valueAt(p, x, y, z);
  setNormalAlong(ruled_gx, ruled_gy, ruled_gz, vec2f(1.0, 0.0));
}

fn ruledInside(p: u32, x: vec2f, y: vec2f, z: vec2f) -> bool {
  return valueAt(p, x, y, z).x <= 0.0;
}
