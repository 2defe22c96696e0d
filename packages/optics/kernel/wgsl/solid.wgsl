// Made by tools/emit-wgsl.mjs of kernel/wasm/solid.ts.

// A solid: where a ray leaves it and where it enters it. The photon knows
// whether it is inside (the navigation does), so that rounding never decides
// that: the direction and the knowledge do. Rules [RAY1]... in SPEC.md.

// [RAY1] The distance at which a ray that is inside the solid leaves it, not
// negative; sets hitFace.
fn solidExit(solid: i32, ox: vec2f, oy: vec2f, oz: vec2f, dx: vec2f, dy: vec2f,
  dz: vec2f) -> vec2f {
  let kind = solidKind(solid);
  // Below 0: more than one leaf.
  if (u32(kind) > u32(LEAF_IS_PLANES)) {
    return compoundExit(solid, kind, ox, oy, oz, dx, dy, dz);
  }
  let leaf = solidLeaf(solid);
  let p = paramsOf(leaf);
  var t = vec2f(0.0, 0.0);
  switch (kind) {
    case LEAF_IS_BOX {
      t = boxExit(p, ox, oy, oz, dx, dy, dz);
    }
    case LEAF_IS_SPHERE {
      t = sphereExit(p, ox, oy, oz, dx, dy, dz);
    }
    case LEAF_IS_CYLINDER {
      t = cylinderExit(p, ox, oy, oz, dx, dy, dz);
    }
    case LEAF_IS_FRUSTUM {
      t = frustumExit(p, ox, oy, oz, dx, dy, dz);
    }
    case LEAF_IS_ELLIPSOID {
      t = ellipsoidExit(p, ox, oy, oz, dx, dy, dz);
    }
    default {
      t = planesExit(p, leafCount(leaf), ox, oy, oz, dx, dy, dz);
    }
  }
  setHitFace((leaf << 10u) | hitFace);
  return select(vec2f(0.0, 0.0), t, t.x > 0.0);
}

// [RAY2] The distance at which a ray that is outside the solid enters it, not
// negative; Infinity if it does not before `limit`; sets hitFace.
fn solidEnter(solid: i32, ox: vec2f, oy: vec2f, oz: vec2f, dx: vec2f, dy: vec2f,
  dz: vec2f, limit: vec2f) -> vec2f {
  setTolerance(solidTolerance(solid));
  let kind = solidKind(solid);
  if (u32(kind) > u32(LEAF_IS_PLANES)) {
    return compoundEnter(solid, kind, ox, oy, oz, dx, dy, dz, limit);
  }
  setLeafFrame(-1);
  let leaf = solidLeaf(solid);
  let p = paramsOf(leaf);
  var met = false;
  switch (kind) {
    case LEAF_IS_BOX {
      met = boxSpan(p, ox, oy, oz, dx, dy, dz, vec2f(0.0, 0.0), limit);
    }
    case LEAF_IS_SPHERE {
      met = sphereSpan(p, ox, oy, oz, dx, dy, dz, vec2f(0.0, 0.0), limit);
    }
    case LEAF_IS_CYLINDER {
      met = cylinderSpan(p, ox, oy, oz, dx, dy, dz, vec2f(0.0, 0.0), limit);
    }
    case LEAF_IS_FRUSTUM {
      met = frustumSpan(p, ox, oy, oz, dx, dy, dz, vec2f(0.0, 0.0), limit);
    }
    case LEAF_IS_ELLIPSOID {
      met = ellipsoidSpan(p, ox, oy, oz, dx, dy, dz, vec2f(0.0, 0.0), limit);
    }
    default {
      met = planesSpan(p, leafCount(leaf), ox, oy, oz, dx, dy, dz,
        vec2f(0.0, 0.0), limit);
    }
  }
  if (!met) {
    return vec2f(1e+30, 0.0);
  }
  if (!isEntry(nearT, farT)) {
    return vec2f(1e+30, 0.0);
  }
  setHitFace((leaf << 10u) | nearFace);
  return select(vec2f(0.0, 0.0), nearT, nearT.x > 0.0);
}

// A solid that is one mesh: the nearest crossing tells, but for odd cases.
fn exitOfMesh(leaf: i32, ox: vec2f, oy: vec2f, oz: vec2f, dx: vec2f, dy: vec2f,
  dz: vec2f) -> vec2f {
  let t = meshExit(paramsOf(leaf), leafCount(leaf), ox, oy, oz, dx, dy, dz);
  return select(t, wFromF32(UNDECIDED), isUndecided);
}

fn enterMesh(leaf: i32, ox: vec2f, oy: vec2f, oz: vec2f, dx: vec2f, dy: vec2f,
  dz: vec2f, limit: vec2f) -> vec2f {
  let t = meshEnter(paramsOf(leaf), leafCount(leaf), ox, oy, oz, dx, dy, dz,
    limit, heldCounts);
  return select(t, wFromF32(UNDECIDED), isUndecided);
}

// A mesh, or a solid of more than one leaf: directly where it is of few, if that
// can say; else by its program.
fn compoundExit(solid: i32, kind: i32, ox: vec2f, oy: vec2f, oz: vec2f,
  dx: vec2f, dy: vec2f, dz: vec2f) -> vec2f {
  setTolerance(solidTolerance(solid));
  let leaf = solidLeaf(solid);
  var t = UNDECIDED;
  if (kind == LEAF_IS_MESH) {
    t = exitOfMesh(leaf, ox, oy, oz, dx, dy, dz);
  } else if (kind <= SOLID_IS_UNION_OF_FEW) {
    let isUnion = kind == SOLID_IS_UNION_OF_FEW;
    let count = select(2, solidOpCount(solid), isUnion);
    meetFewLeaves(leaf, count, ox, oy, oz, dx, dy, dz, vec2f(1e30, 0.0));
    if (isUnion) {
      t = unionExit(leaf, count);
    } else if (kind == SOLID_IS_ONE_LESS_ONE) {
      t = differenceExit(leaf);
    } else {
      t = commonExit(leaf);
    }
  }
  if (t.x != UNDECIDED.x) {
    return t;
  }
  return programExit(solid, ox, oy, oz, dx, dy, dz);
}

fn compoundEnter(solid: i32, kind: i32, ox: vec2f, oy: vec2f, oz: vec2f,
  dx: vec2f, dy: vec2f, dz: vec2f, limit: vec2f) -> vec2f {
  let leaf = solidLeaf(solid);
  var t = UNDECIDED;
  if (kind == LEAF_IS_MESH) {
    t = enterMesh(leaf, ox, oy, oz, dx, dy, dz, limit);
  } else if (kind <= SOLID_IS_UNION_OF_FEW) {
    let isUnion = kind == SOLID_IS_UNION_OF_FEW;
    let count = select(2, solidOpCount(solid), isUnion);
    meetFewLeaves(leaf, count, ox, oy, oz, dx, dy, dz, limit);
    if (isUnion) {
      t = unionEnter(leaf, count);
    } else if (kind == SOLID_IS_ONE_LESS_ONE) {
      t = differenceEnter(leaf, limit);
    } else {
      t = commonEnter(leaf);
    }
  }
  if (t.x != UNDECIDED.x) {
    return t;
  }
  return programEnter(solid, ox, oy, oz, dx, dy, dz, limit);
}

// [RAY3] The outward unit normal of a face (hitFace) at a point on it; sets
// normalX, normalY, normalZ.
fn solidNormal(face: i32, x: vec2f, y: vec2f, z: vec2f) {
  if ((face & MESH_FACE) != 0) {
    meshNormal(face & (MESH_FACE - 1));
  } else {
    leafNormal((face & ~NEGATED) >> 10u, face & FACE_MASK, x, y, z);
  }
  if (face < 0) {
    setNormal(-normalX, -normalY, -normalZ);
  }
}

// Runs the solid's program over a ray: the list of intervals is then on top.
fn evaluate(solid: i32, ox: vec2f, oy: vec2f, oz: vec2f, dx: vec2f, dy: vec2f,
  dz: vec2f, tMin: vec2f, tMax: vec2f) {
  clearLists();
  if (solidKind(solid) == SOLID_IS_PROGRAM_WITH_BOXES) {
    aimAtBoxes(ox, oy, oz, dx, dy, dz);
  }
  let first = solidFirstOp(solid);
  let end = first + solidOpCount(solid);
  for (var i = first; i < end; i++) {
    switch (opCode(i)) {
      case OP_UNION {
        uniteLists();
      }
      case OP_INTERSECTION {
        intersectLists();
      }
      case OP_SUBTRACTION {
        subtractLists();
      }
      case OP_SKIP_EMPTY {
        if (isTopEmpty()) {
          i += opLeaf(i);
        }
      }
      case OP_SKIP_OPERAND {
        if (missesBox(opBox(i), tMin, tMax)) {
          pushList();
          i += opLeaf(i);
        }
      }
      case OP_SKIP_OPERATION {
        if (missesBox(opBox(i), tMin, tMax)) {
          i += opLeaf(i);
        }
      }
      default {
        meetLeaf(opCode(i), opLeaf(i), ox, oy, oz, dx, dy, dz, tMin, tMax);
      }
    }
  }
}

// Combines the list on top with the stretches of the ray in a leaf. Of one that
// cuts, only what meets the list matters; faces that meet its ends count.
fn meetLeaf(operation: i32, leaf: i32, ox: vec2f, oy: vec2f, oz: vec2f,
  dx: vec2f, dy: vec2f, dz: vec2f, tMin: vec2f, tMax: vec2f) {
  var low = tMin;
  var high = tMax;
  if (operation == OP_INTERSECT_LEAF || operation == OP_SUBTRACT_LEAF) {
    if (isTopEmpty()) {
      return;
    }
    low = wMax(tMin, wSub(topBegin(), tolerance));
    high = wMin(tMax, wAdd(topEnd(), tolerance));
  } else if (operation == OP_PUSH && leafType(leaf) == LEAF_IS_MESH) {
    pushMesh(paramsOf(leaf), leafCount(leaf), ox, oy, oz, dx, dy, dz);
    return;
  }
  let count = leafSpans(leaf, ox, oy, oz, dx, dy, dz, low, high);
  let face = leaf << 10u;
  if (operation == OP_UNITE_LEAF) {
    if (count == 0) {
      return;
    }
    uniteInterval(nearT, face | nearFace, farT, face | farFace);
  } else if (operation == OP_SUBTRACT_LEAF) {
    if (count == 0) {
      return;
    }
    subtractInterval(nearT, face | nearFace, farT, face | farFace);
  } else if (operation == OP_INTERSECT_LEAF) {
    if (count == 0) {
      makeEmpty();
    } else {
      intersectInterval(nearT, face | nearFace, farT, face | farFace);
    }
  } else {
    pushList();
    if (count == 0) {
      return;
    }
    addInterval(nearT, face | nearFace, farT, face | farFace);
    if (count == 1) {
      return;
    }
    addInterval(secondNearT, face | secondNearFace, secondFarT, face |
      secondFarFace);
  }
}

// The ray is in the interval nearest to its origin, and leaves where that ends
// and no other begins within the tolerance. Where there is no interval at its
// origin (it touches the solid in a point; or volumes overlap, and it is not
// inside after all) it leaves at once, through the nearest face it meets, or
// that of the last hit.
fn programExit(solid: i32, ox: vec2f, oy: vec2f, oz: vec2f, dx: vec2f,
  dy: vec2f, dz: vec2f) -> vec2f {
  // What is behind the end that is looked for need not be met.
  var window = firstWindow(solid, vec2f(1e+30, 0.0));
  var low = wScale(tolerance, -2.0);
  loop {
    evaluate(solid, ox, oy, oz, dx, dy, dz, low, window);
    let i = nearestInterval();
    if (low.x <= -1e+29) {
      if (i >= 0) {
        var t1_: i32;
        if (intervalOut(i).x < 0.0) {
          t1_ = intervalFaceOut(i);
        } else {
          t1_ = intervalFaceIn(i);
        }
        setHitFace(t1_);
      }
      return vec2f(0.0, 0.0);
    }
    if (i >= 0 && wLessEq(intervalDistance(i), tolerance)) {
      let end = endOfInterval(i);
      if (window.x >= 1e+29 ||
        wLess(wAdd(end, wScale(tolerance, 2.0)), window)) {
        return end;
      }
      window = select(vec2f(1e+30, 0.0), wScale(window, 4.0),
        wLess(window, wMulR(solidStride(solid), 1000.0)));
    } else {
      low = vec2f(-1e+30, 0.0);
      window = vec2f(1e+30, 0.0);
    }
  }
}

// How far the ray's origin is from an interval, along the ray.
fn intervalDistance(i: i32) -> vec2f {
  return wMax(wMax(intervalIn(i), -intervalOut(i)), vec2f(0.0, 0.0));
}

// -1: there is none.
fn nearestInterval() -> i32 {
  let count = intervalCount();
  var nearest: i32 = -1;
  var distance = vec2f(1e+30, 0.0);
  for (var i: i32 = 0; i < count; i++) {
    let away = intervalDistance(i);
    // Several that are behind may end together.
    if (wLess(distance, away)) {
      break;
    }
    if (wLess(away, distance)) {
      nearest = i;
    }
    distance = away;
  }
  return nearest;
}

fn endOfInterval(i: i32) -> vec2f {
  let last = lastTouching(i);
  setHitFace(intervalFaceOut(last));
  return wMax(intervalOut(last), vec2f(0.0, 0.0));
}

// The last of the intervals that follow each other without a gap from the i-th.
fn lastTouching(i_: i32) -> i32 {
  var i = i_;
  let count = intervalCount();
  while (i + 1 < count &&
    wLessEq(wSub(intervalIn(i + 1), intervalOut(i)), tolerance)) {
    i++;
  }
  return i;
}

// The first interval that the ray enters. Gaps are joined only to tell slivers:
// one at the ray's origin is real, because the ray is outside.
fn programEnter(solid: i32, ox: vec2f, oy: vec2f, oz: vec2f, dx: vec2f,
  dy: vec2f, dz: vec2f, limit: vec2f) -> vec2f {
  var window = firstWindow(solid, limit);
  loop {
    evaluate(solid, ox, oy, oz, dx, dy, dz, wScale(tolerance, -2.0), window);
    if (wLessEq(limit, window)) {
      return firstEntry(limit);
    }
    let t = firstEntry(wSub(window, wScale(tolerance, 2.0)));
    if (t.x < 1e+29) {
      return t;
    }
    window = limit;
  }
}

// Along how much of the ray a solid of many parts is met first: there is likely
// to be a boundary; all of it where the solid has few.
fn firstWindow(solid: i32, limit: vec2f) -> vec2f {
  if (solidKind(solid) != SOLID_IS_PROGRAM_WITH_BOXES) {
    return limit;
  }
  return wMin(solidStride(solid), limit);
}

fn firstEntry(limit: vec2f) -> vec2f {
  let count = intervalCount();
  for (var i: i32 = 0; i < count; i++) {
    let tIn = intervalIn(i);
    if (wLessEq(limit, tIn)) {
      return vec2f(1e+30, 0.0);
    }
    if (isEntry(tIn, intervalOut(lastTouching(i)))) {
      setHitFace(intervalFaceIn(i));
      return wMax(tIn, vec2f(0.0, 0.0));
    }
  }
  return vec2f(1e+30, 0.0);
}

// A stack of truth values, one byte each, as deep as the lists of intervals.ts.
const TRUTHS_WORDS: u32 = 8u;
var<private> truths: array<u32, TRUTHS_WORDS>;

// [RAY4] Whether a point is in the solid, or on it.
fn solidInside(solid: i32, x: vec2f, y: vec2f, z: vec2f) -> bool {
  var top = 0u;
  let first = solidFirstOp(solid);
  let end = first + solidOpCount(solid);
  for (var i = first; i < end; i++) {
    switch (opCode(i)) {
      case OP_PUSH {
        top++;
        truths_storeU8(top, u32(leafInside(opLeaf(i), x, y, z)));
      }
      case OP_UNITE_LEAF {
        if (!(truths_loadU8(top) != 0u)) {
          truths_storeU8(top, u32(leafInside(opLeaf(i), x, y, z)));
        }
      }
      case OP_INTERSECT_LEAF {
        if (truths_loadU8(top) != 0u) {
          truths_storeU8(top, u32(leafInside(opLeaf(i), x, y, z)));
        }
      }
      case OP_SUBTRACT_LEAF {
        if (truths_loadU8(top) != 0u) {
          truths_storeU8(top, u32(!leafInside(opLeaf(i), x, y, z)));
        }
      }
      case OP_UNION {
        top--;
        truths_storeU8(top, truths_loadU8(top) | truths_loadU8(top + 1u));
      }
      case OP_INTERSECTION {
        top--;
        truths_storeU8(top, truths_loadU8(top) & truths_loadU8(top + 1u));
      }
      case OP_SUBTRACTION {
        top--;
        truths_storeU8(top, truths_loadU8(top) & ~truths_loadU8(top + 1u));
      }
      case OP_SKIP_EMPTY {
        if (!(truths_loadU8(top) != 0u)) {
          i += opLeaf(i);
        }
      }
      case OP_SKIP_OPERAND {
        if (isBeyondBox(opBox(i), x, y, z)) {
          top++;
          truths_storeU8(top, 0u);
          i += opLeaf(i);
        }
      }
      default {
        if (isBeyondBox(opBox(i), x, y, z)) {
          i += opLeaf(i);
        }
      }
    }
  }
  return truths_loadU8(top) != 0u;
}

fn truths_loadU8(at: u32) -> u32 {
  return (truths[at >> 2u] >> (8u * (at & 3u))) & 0xffu;
}

fn truths_storeU8(at: u32, value: u32) {
  let shift = 8u * (at & 3u);
  truths[at >> 2u] = (truths[at >> 2u] & ~(0xffu << shift)) |
    ((value & 0xffu) << shift);
}
