// Made by tools/emit-wgsl.mjs of kernel/wasm/few-leaves.ts.

// Solids of two or three convex leaves, without lists: a photomultiplier, a
// pipe, a lens. Each gives what the program of the solid would (solid.ts), or
// UNDECIDED in the rare cases, near faces, that are left to that.

// No distance.
const UNDECIDED: vec2f = vec2f(-1.0, 0.0);
fn found(t: vec2f, leaf: i32, face: i32) -> vec2f {
  setHitFace((leaf << 10u) | face);
  return select(vec2f(0.0, 0.0), t, t.x > 0.0);
}

fn foundNegated(t: vec2f, leaf: i32, face: i32) -> vec2f {
  setHitFace(((leaf << 10u) | face) | NEGATED);
  return select(vec2f(0.0, 0.0), t, t.x > 0.0);
}

// The union of `count` leaves from `first` on, each with a box: from the leaf
// that the ray is in on to the next that begins before it ends.
fn unionExit(first: i32, count: i32, boxes: i32, ox: vec2f, oy: vec2f,
  oz: vec2f, dx: vec2f, dy: vec2f, dz: vec2f) -> vec2f {
  let low = wScale(tolerance, -2.0);
  var tried: i32 = 0;
  var end = UNDECIDED;
  var endLeaf: i32 = 0;
  var endFace: i32 = 0;
  for (var i: i32 = 0; i < count; i++) {
    let leaf = first + i;
    if (leafSpans(leaf, ox, oy, oz, dx, dy, dz, low, vec2f(1e+30, 0.0)) == 0) {
      continue;
    }
    if (nearT.x <= 0.0 && farT.x >= 0.0) {
      end = farT;
      endLeaf = leaf;
      endFace = farFace;
      tried = i32(1) << u32(i);
      break;
    }
  }
  if (tried == 0) {
    return UNDECIDED;
  }
  // A leaf behind the end may begin before it.
  for (var i: i32 = 0; i < count; i++) {
    if ((tried & (i32(1) << u32(i))) != 0) {
      continue;
    }
    let leaf = first + i;
    let x = wAdd(ox, wMul(end, dx));
    let y = wAdd(oy, wMul(end, dy));
    let z = wAdd(oz, wMul(end, dz));
    if (isBeyondBox(boxes + 6 * i, x, y, z)) {
      continue;
    }
    if (leafSpans(leaf, ox, oy, oz, dx, dy, dz, low, vec2f(1e+30, 0.0)) == 0) {
      tried |= i32(1) << u32(i);
      continue;
    }
    if (wLess(end, farT) && wLessEq(wSub(nearT, end), tolerance)) {
      tried |= i32(1) << u32(i);
      end = farT;
      endLeaf = leaf;
      endFace = farFace;
      // Those that begin, or whose boxes do, behind the end before are looked at
      // again.
      i = -1;
    }
  }
  return found(end, endLeaf, endFace);
}

fn unionEnter(first: i32, count: i32, ox: vec2f, oy: vec2f, oz: vec2f,
  dx: vec2f, dy: vec2f, dz: vec2f, limit: vec2f) -> vec2f {
  let low = wScale(tolerance, -2.0);
  var met: i32 = 0;
  var leaf: i32 = 0;
  var face: i32 = 0;
  var begin = vec2f(0.0, 0.0);
  var end = vec2f(0.0, 0.0);
  var secondLeaf: i32 = 0;
  var secondFace: i32 = 0;
  var secondBegin = vec2f(0.0, 0.0);
  var secondEnd = vec2f(0.0, 0.0);
  for (var i: i32 = 0; i < count; i++) {
    if (leafSpans(first + i, ox, oy, oz, dx, dy, dz, low, limit) == 0) {
      continue;
    }
    met++;
    if (met == 1) {
      leaf = first + i;
      face = nearFace;
      begin = nearT;
      end = farT;
    } else if (wLess(nearT, begin)) {
      secondLeaf = leaf;
      secondFace = face;
      secondBegin = begin;
      secondEnd = end;
      leaf = first + i;
      face = nearFace;
      begin = nearT;
      end = farT;
    } else {
      secondLeaf = first + i;
      secondFace = nearFace;
      secondBegin = nearT;
      secondEnd = farT;
    }
  }
  if (met == 0) {
    return vec2f(1e+30, 0.0);
  }
  if (met > 2) {
    return UNDECIDED;
  }
  let follows = met == 2 && wLessEq(wSub(secondBegin, end), tolerance);
  if (isEntry(begin, select(end, wMax(end, secondEnd), follows))) {
    return found(begin, leaf, face);
  }
  if (met == 1 || wLess(secondBegin, end)) {
    return vec2f(1e+30, 0.0);
  }
  if (!isEntry(secondBegin, secondEnd)) {
    return vec2f(1e+30, 0.0);
  }
  return found(secondBegin, secondLeaf, secondFace);
}

// The leaf `first` less the one after it.
fn differenceExit(first: i32, ox: vec2f, oy: vec2f, oz: vec2f, dx: vec2f,
  dy: vec2f, dz: vec2f) -> vec2f {
  let low = wScale(tolerance, -2.0);
  if (leafSpans(first, ox, oy, oz, dx, dy, dz, low, vec2f(1e+30, 0.0)) == 0) {
    return UNDECIDED;
  }
  if (nearT.x > 0.0 || farT.x < 0.0) {
    return UNDECIDED;
  }
  let end = farT;
  let face = farFace;
  let taken = first + 1;
  let high = wAdd(end, tolerance);
  if (leafSpans(taken, ox, oy, oz, dx, dy, dz, low, high) == 0) {
    return found(end, first, face);
  }
  if (wLess(end, nearT)) {
    return found(end, first, face);
  }
  // What is taken must be more than rounding, or the ray goes on behind it.
  if (nearT.x >= 0.0 && wLess(tolerance, wSub(farT, nearT))) {
    return foundNegated(nearT, taken, nearFace);
  }
  if (farT.x <= 0.0 && wLess(nearT, low)) {
    return found(end, first, face);
  }
  return UNDECIDED;
}

fn differenceEnter(first: i32, ox: vec2f, oy: vec2f, oz: vec2f, dx: vec2f,
  dy: vec2f, dz: vec2f, limit: vec2f) -> vec2f {
  let low = wScale(tolerance, -2.0);
  if (leafSpans(first, ox, oy, oz, dx, dy, dz, low, limit) == 0) {
    return vec2f(1e+30, 0.0);
  }
  let begin = nearT;
  let end = farT;
  let face = nearFace;
  let taken = first + 1;
  let met = leafSpans(taken, ox, oy, oz, dx, dy, dz, low, limit) != 0 &&
    wLessEq(begin, farT) && wLessEq(nearT, end);
  if (!met) {
    var t1_: vec2f;
    if (isEntry(begin, end)) {
      t1_ = found(begin, first, face);
    } else {
      t1_ = vec2f(1e+30, 0.0);
    }
    return t1_;
  }
  let before = wLessEq(begin, nearT);
  let behind = wLessEq(farT, end);
  if (before && behind && wLessEq(wSub(farT, nearT), tolerance)) {
    return UNDECIDED;
  }
  if (before && isEntry(begin, nearT)) {
    return found(begin, first, face);
  }
  if (behind && wLess(farT, limit) && isEntry(farT, end)) {
    return foundNegated(farT, taken, farFace);
  }
  return vec2f(1e+30, 0.0);
}

// What is in the leaf `first` and in the one after it.
fn commonExit(first: i32, ox: vec2f, oy: vec2f, oz: vec2f, dx: vec2f, dy: vec2f,
  dz: vec2f) -> vec2f {
  let low = wScale(tolerance, -2.0);
  if (leafSpans(first, ox, oy, oz, dx, dy, dz, low, vec2f(1e+30, 0.0)) == 0) {
    return UNDECIDED;
  }
  if (nearT.x > 0.0 || farT.x < 0.0) {
    return UNDECIDED;
  }
  let end = farT;
  let face = farFace;
  let other = first + 1;
  if (leafSpans(other, ox, oy, oz, dx, dy, dz, low, vec2f(1e+30, 0.0)) == 0) {
    return UNDECIDED;
  }
  if (nearT.x > 0.0 || farT.x < 0.0) {
    return UNDECIDED;
  }
  if (wLess(farT, end)) {
    return found(farT, other, farFace);
  }
  return found(end, first, face);
}

fn commonEnter(first: i32, ox: vec2f, oy: vec2f, oz: vec2f, dx: vec2f,
  dy: vec2f, dz: vec2f, limit: vec2f) -> vec2f {
  let low = wScale(tolerance, -2.0);
  if (leafSpans(first, ox, oy, oz, dx, dy, dz, low, limit) == 0) {
    return vec2f(1e+30, 0.0);
  }
  let begin = nearT;
  let end = farT;
  let face = nearFace;
  let other = first + 1;
  if (leafSpans(other, ox, oy, oz, dx, dy, dz, low, limit) == 0) {
    return vec2f(1e+30, 0.0);
  }
  let from_ = wMax(begin, nearT);
  if (!isEntry(from_, wMin(end, farT))) {
    return vec2f(1e+30, 0.0);
  }
  if (wLess(begin, nearT)) {
    return found(nearT, other, nearFace);
  }
  return found(begin, first, face);
}
