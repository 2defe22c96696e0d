// Made by tools/emit-wgsl.mjs of kernel/wasm/primitives/hyperboloid.ts.

// A hyperboloid of one sheet between two planes, x² + y² <= r² + tan² z²;
// parameters: r², tan², zLow, zHigh. Faces: 0 side, 1 zLow, 2 zHigh.
// Not convex: a ray may cut it in two stretches.

// The stretches of a ray in the hyperboloid: how many.
fn hyperboloidSpans(p: u32, ox: vec2f, oy: vec2f, oz: vec2f, dx: vec2f,
  dy: vec2f, dz: vec2f, tMin: vec2f, tMax: vec2f) -> i32 {
  if (!slabSpan(param(p, 2), param(p, 3), oz, dz, tMin, tMax)) {
    return 0;
  }
  let slope = param(p, 1);
  let a = wDot3(dx, dx, dy, dy, wMul(slope, dz), -dz);
  let square = wDot2(ox, ox, oy, oy);
  let depth = wSub(wMulAdd(wMul(slope, oz), -oz, square), param(p, 0));
  var start = vec2f(0.0, 0.0);
  var b = vec2f(0.0, 0.0);
  var c = vec2f(0.0, 0.0);
  var met = true;
  if (wLessEq(wSquare(depth),
    wMul(wMul(wScale(tolerance, 4.0), tolerance), square))) {
    b = wDot3(ox, dx, oy, dy, wMul(slope, oz), -dz);
    rootsFromSurface(a, b);
  } else {
    start = -wDot3(ox, dx, oy, dy, oz, dz);
    let x = wMulAdd(start, dx, ox);
    let y = wMulAdd(start, dy, oy);
    let z = wMulAdd(start, dz, oz);
    b = wDot3(x, dx, y, dy, wMul(slope, z), -dz);
    c = wSub(wDot3(x, x, y, y, wMul(slope, z), -z), param(p, 0));
    met = quadricRoots(a, b, c);
  }
  if (!met) {
    // No root: all of the ray inside or all outside.
    return i32(a.x <= 0.0 && c.x <= 0.0);
  }
  let first = wAdd(start, lowRoot);
  let last = wAdd(start, highRoot);
  if (a.x > 0.0 ||
    (a.x == 0.0 && select(last.x >= 1e+29, first.x <= -1e+29, b.x > 0.0))) {
    return i32(cutBySide(first, last, tMin, tMax));
  }
  // Outside between the roots.
  let near = nearT;
  let nearAt = nearFace;
  let far = farT;
  let farAt = farFace;
  var count: i32 = 0;
  if (wLessEq(near, first)) {
    count = 1;
    if (wLess(first, far)) {
      setFar(first, 0);
    }
  }
  if (wLessEq(last, far)) {
    let from_ = wMax(near, last);
    let fromAt = select(nearAt, 0, wLess(near, last));
    if (count == 0) {
      setNear(from_, fromAt);
      return 1;
    }
    setSecond(from_, fromAt, far, farAt);
    count = 2;
  }
  return count;
}

fn hyperboloidNormal(p: u32, face: i32, x: vec2f, y: vec2f, z: vec2f) {
  if (face == 0) {
    setNormalAlong(x, y, wMul(-param(p, 1), z), vec2f(1.0, 0.0));
  } else {
    slabNormal(face);
  }
}

fn hyperboloidInside(p: u32, x: vec2f, y: vec2f, z: vec2f) -> bool {
  return wLessEq(param(p, 2), z) && wLessEq(z, param(p, 3)) &&
    wLessEq(wDot2(x, x, y, y), wMulAdd(wMul(param(p, 1), z), z, param(p, 0)));
}
