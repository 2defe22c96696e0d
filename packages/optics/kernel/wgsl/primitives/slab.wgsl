// Made by tools/emit-wgsl.mjs of kernel/wasm/primitives/slab.ts.

// What lies between two planes across z, zLow and zHigh, and within a side:
// faces 0 side, 1 zLow, 2 zHigh. All of a ray but its z is the side's matter.

// The distance at which a ray that is inside leaves, by the side at `side` or
// by the plane ahead; sets hitFace. zLow is the parameter `low`, zHigh the next.
fn slabExit(p: u32, low: i32, oz: vec2f, dz: vec2f, side: vec2f) -> vec2f {
  var t = side;
  var face: i32 = 0;
  if (wLess(PARALLEL, wAbs(dz))) {
    let up = i32(dz.x > 0.0);
    let u = wDiv(wSub(param(p, low + up), oz), dz);
    if (wLess(u, t)) {
      t = u;
      face = 1 + up;
    }
  }
  setHitFace(face);
  return t;
}

// Sets the stretch of a ray between the planes, which cutBySide makes that of
// the solid; false where there is none in the window.
fn slabSpan(low: vec2f, high: vec2f, oz: vec2f, dz: vec2f, tMin: vec2f,
  tMax: vec2f) -> bool {
  if (wLess(PARALLEL, wAbs(dz))) {
    let inverse = wInverse(dz);
    let t0 = wMul(snapped(wSub(low, oz)), inverse);
    let t1 = wMul(snapped(wSub(high, oz)), inverse);
    let near = wMin(t0, t1);
    let far = wMax(t0, t1);
    if (wLessEq(tMax, near) || wLessEq(far, tMin)) {
      return false;
    }
    let up = i32(dz.x > 0.0);
    setNear(near, 2 - up);
    setFar(far, 1 + up);
    return true;
  }
  setNear(vec2f(-1e+30, 0.0), 1);
  setFar(vec2f(1e+30, 0.0), 2);
  return isBehind(wSub(oz, low), vec2f(0.0, 0.0), vec2f(0.0, 0.0),
    vec2f(-1.0, 0.0)) &&
    isBehind(wSub(high, oz), vec2f(0.0, 0.0), vec2f(0.0, 0.0), vec2f(1.0, 0.0));
}

// Cuts the stretch to what is within the side, which the ray enters at `from`
// and leaves at `to`; false where nothing is left of it in the window.
fn cutBySide(from_: vec2f, to: vec2f, tMin: vec2f, tMax: vec2f) -> bool {
  if (wLess(nearT, from_)) {
    setNear(from_, 0);
  }
  if (wLess(to, farT)) {
    setFar(to, 0);
  }
  return wLessEq(nearT, farT) && wLess(nearT, tMax) && wLess(tMin, farT);
}

// The outward normal of one of the planes.
fn slabNormal(face: i32) {
  setNormal(vec2f(0.0, 0.0), vec2f(0.0, 0.0),
    select(vec2f(1.0, 0.0), vec2f(-1.0, 0.0), face == 1));
}
