// Made by tools/emit-wgsl.mjs of kernel/wasm/primitives/paraboloid.ts.

// A paraboloid x² + y² <= slope z + square between two planes; parameters: slope,
// square, zLow, zHigh. Faces: 0 side, 1 zLow, 2 zHigh.

// The stretch of a ray in the paraboloid.
fn paraboloidSpan(p: u32, ox: vec2f, oy: vec2f, oz: vec2f, dx: vec2f, dy: vec2f,
  dz: vec2f, tMin: vec2f, tMax: vec2f) -> bool {
  if (!slabSpan(param(p, 2), param(p, 3), oz, dz, tMin, tMax)) {
    return false;
  }
  let slope = param(p, 0);
  let a = wDot2(dx, dx, dy, dy);
  let square = wDot2(ox, ox, oy, oy);
  let depth = wSub(wMulAdd(-slope, oz, square), param(p, 1));
  var start = vec2f(0.0, 0.0);
  if (wLessEq(wSquare(depth),
    wMul(wSquare(tolerance), wMulAdd(slope, slope, wScale(square, 4.0))))) {
    rootsFromSurface(a, wDot3(ox, dx, oy, dy, wScale(slope, 0.5), -dz));
  } else {
    start = -wDot3(ox, dx, oy, dy, oz, dz);
    let x = wMulAdd(start, dx, ox);
    let y = wMulAdd(start, dy, oy);
    let z = wMulAdd(start, dz, oz);
    let b = wDot3(x, dx, y, dy, wScale(slope, 0.5), -dz);
    let c = wSub(wDot3(x, x, y, y, -slope, z), param(p, 1));
    if (!quadricRoots(a, b, c)) {
      return false;
    }
  }
  return cutBySide(wAdd(start, lowRoot), wAdd(start, highRoot), tMin, tMax);
}

fn paraboloidNormal(p: u32, face: i32, x: vec2f, y: vec2f) {
  if (face == 0) {
    setNormalAlong(wScale(x, 2.0), wScale(y, 2.0), -param(p, 0),
      vec2f(-1.0, 0.0));
  } else {
    slabNormal(face);
  }
}

fn paraboloidInside(p: u32, x: vec2f, y: vec2f, z: vec2f) -> bool {
  return wLessEq(param(p, 2), z) && wLessEq(z, param(p, 3)) &&
    wLessEq(wDot2(x, x, y, y), wMulAdd(param(p, 0), z, param(p, 1)));
}
