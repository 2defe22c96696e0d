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
  let a = wAdd(wSquare(dx), wSquare(dy));
  let square = wAdd(wSquare(ox), wSquare(oy));
  let depth = wSub(wSub(square, wMul(slope, oz)), param(p, 1));
  var start = vec2f(0.0, 0.0);
  if (wLessEq(wSquare(depth),
    wMul(wSquare(tolerance), wAdd(wScale(square, 4.0), wSquare(slope))))) {
    rootsFromSurface(a,
      wSub(wAdd(wMul(ox, dx), wMul(oy, dy)), wMul(wScale(slope, 0.5), dz)));
  } else {
    start = -wAdd(wAdd(wMul(ox, dx), wMul(oy, dy)), wMul(oz, dz));
    let x = wAdd(ox, wMul(start, dx));
    let y = wAdd(oy, wMul(start, dy));
    let z = wAdd(oz, wMul(start, dz));
    let b = wSub(wAdd(wMul(x, dx), wMul(y, dy)), wMul(wScale(slope, 0.5), dz));
    let c = wSub(wSub(wAdd(wSquare(x), wSquare(y)), wMul(slope, z)),
      param(p, 1));
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
    wLessEq(wAdd(wSquare(x), wSquare(y)),
    wAdd(wMul(param(p, 0), z), param(p, 1)));
}
