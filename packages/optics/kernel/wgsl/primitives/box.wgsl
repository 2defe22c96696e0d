// Made by tools/emit-wgsl.mjs of kernel/wasm/primitives/box.ts.

// A box about the origin; parameters: half lengths x, y, z.
// Faces: 0 -x, 1 +x, 2 -y, 3 +y, 4 -z, 5 +z.

// The distance at which a ray that is inside leaves; sets hitFace.
fn boxExit(p: u32, ox: vec2f, oy: vec2f, oz: vec2f, dx: vec2f, dy: vec2f,
  dz: vec2f) -> vec2f {
  var t = vec2f(1e+30, 0.0);
  var face: i32 = 0;
  if (wLess(PARALLEL, wAbs(dx))) {
    t = wDiv(wSub(wCopysign(param(p, 0), dx), ox), dx);
    face = i32(dx.x > 0.0);
  }
  if (wLess(PARALLEL, wAbs(dy))) {
    let u = wDiv(wSub(wCopysign(param(p, 1), dy), oy), dy);
    if (wLess(u, t)) {
      t = u;
      face = 2 + i32(dy.x > 0.0);
    }
  }
  if (wLess(PARALLEL, wAbs(dz))) {
    let u = wDiv(wSub(wCopysign(param(p, 2), dz), oz), dz);
    if (wLess(u, t)) {
      t = u;
      face = 4 + i32(dz.x > 0.0);
    }
  }
  setHitFace(face);
  return t;
}

// The stretch of a ray in the box.
fn boxSpan(p: u32, ox: vec2f, oy: vec2f, oz: vec2f, dx: vec2f, dy: vec2f,
  dz: vec2f, tMin: vec2f, tMax: vec2f) -> bool {
  let hx = param(p, 0);
  let hy = param(p, 1);
  let hz = param(p, 2);
  var near = vec2f(-1e+30, 0.0);
  var far = vec2f(1e+30, 0.0);
  var nearAt: i32 = 0;
  var farAt: i32 = 0;
  if (wLess(PARALLEL, wAbs(dx))) {
    let inverse = wInverse(dx);
    let side = wCopysign(hx, dx);
    near = wMul(snapped(wSub(-side, ox)), inverse);
    far = wMul(snapped(wSub(side, ox)), inverse);
    farAt = i32(dx.x > 0.0);
    nearAt = 1 - farAt;
    if (wLessEq(tMax, near) || wLessEq(far, tMin)) {
      return false;
    }
  } else if (
    !isBehind(wSub(hx, ox), vec2f(1.0, 0.0), vec2f(0.0, 0.0),
    vec2f(0.0, 0.0)) ||
    !isBehind(wAdd(hx, ox), vec2f(-1.0, 0.0), vec2f(0.0, 0.0),
    vec2f(0.0, 0.0))) {
    return false;
  }
  if (wLess(PARALLEL, wAbs(dy))) {
    let inverse = wInverse(dy);
    let side = wCopysign(hy, dy);
    let t0 = wMul(snapped(wSub(-side, oy)), inverse);
    let t1 = wMul(snapped(wSub(side, oy)), inverse);
    let up = i32(dy.x > 0.0);
    if (wLess(near, t0)) {
      near = t0;
      nearAt = 3 - up;
    }
    if (wLess(t1, far)) {
      far = t1;
      farAt = 2 + up;
    }
    if (wLess(far, near) || wLessEq(tMax, near) || wLessEq(far, tMin)) {
      return false;
    }
  } else if (
    !isBehind(wSub(hy, oy), vec2f(0.0, 0.0), vec2f(1.0, 0.0),
    vec2f(0.0, 0.0)) ||
    !isBehind(wAdd(hy, oy), vec2f(0.0, 0.0), vec2f(-1.0, 0.0),
    vec2f(0.0, 0.0))) {
    return false;
  }
  if (wLess(PARALLEL, wAbs(dz))) {
    let inverse = wInverse(dz);
    let side = wCopysign(hz, dz);
    let t0 = wMul(snapped(wSub(-side, oz)), inverse);
    let t1 = wMul(snapped(wSub(side, oz)), inverse);
    let up = i32(dz.x > 0.0);
    if (wLess(near, t0)) {
      near = t0;
      nearAt = 5 - up;
    }
    if (wLess(t1, far)) {
      far = t1;
      farAt = 4 + up;
    }
    if (wLess(far, near) || wLessEq(tMax, near) || wLessEq(far, tMin)) {
      return false;
    }
  } else if (
    !isBehind(wSub(hz, oz), vec2f(0.0, 0.0), vec2f(0.0, 0.0),
    vec2f(1.0, 0.0)) ||
    !isBehind(wAdd(hz, oz), vec2f(0.0, 0.0), vec2f(0.0, 0.0),
    vec2f(-1.0, 0.0))) {
    return false;
  }
  setNear(near, nearAt);
  setFar(far, farAt);
  return true;
}

fn boxNormal(face: i32) {
  let sign = select(vec2f(-1.0, 0.0), vec2f(1.0, 0.0), (face & 1) != 0);
  let axis = face >> 1u;
  setNormal(select(vec2f(0.0, 0.0), sign, axis == 0),
    select(vec2f(0.0, 0.0), sign, axis == 1),
    select(vec2f(0.0, 0.0), sign, axis == 2));
}

fn boxInside(p: u32, x: vec2f, y: vec2f, z: vec2f) -> bool {
  return wLessEq(wAbs(x), param(p, 0)) && wLessEq(wAbs(y), param(p, 1)) &&
    wLessEq(wAbs(z), param(p, 2));
}
