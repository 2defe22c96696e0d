// A solid: where a ray leaves it and where it enters it. The photon knows
// whether it is inside (the navigation does), so that rounding never decides
// that: the direction and the knowledge do. Rules [RAY1]... in SPEC.md. Here
// leaving and entering, solids of few leaves and programs go through one loop:
// a GPU has a copy of all leaves for each place that meets one.

// The kinds of solids whose leaves are met first, one after the other: one leaf,
// or few.
fn leavesToMeet(solid: i32, kind: i32) -> i32 {
  if (u32(kind) <= u32(LEAF_IS_PLANES)) {
    return 1;
  }
  if (kind == SOLID_IS_UNION_OF_FEW) {
    return solidOpCount(solid);
  }
  return select(0, 2, kind < SOLID_IS_UNION_OF_FEW);
}

// The ray that meets a solid.
var<private> rayX: vec2f;
var<private> rayY: vec2f;
var<private> rayZ: vec2f;
var<private> rayDx: vec2f;
var<private> rayDy: vec2f;
var<private> rayDz: vec2f;

// [RAY1] The distance at which a ray that is inside the solid leaves it, not
// negative; sets hitFace. [RAY2] That at which one that is outside enters it;
// Infinity if it does not before `limit`.
fn solidCrossing(solid: i32, ox: vec2f, oy: vec2f, oz: vec2f, dx: vec2f,
  dy: vec2f, dz: vec2f, limit: vec2f, leaving: bool) -> vec2f {
  setTolerance(solidTolerance(solid));
  rayX = ox;
  rayY = oy;
  rayZ = oz;
  rayDx = dx;
  rayDy = dy;
  rayDz = dz;
  let kind = solidKind(solid);
  let leaf = solidLeaf(solid);
  if (leaving && u32(kind) <= u32(LEAF_IS_PLANES)) {
    return leafExit(kind, leaf);
  }
  var low = wScale(tolerance, -2.0);
  var high = select(limit, WIDE_FAR, leaving);
  var inProgram = false;
  var i = 0;
  var end_ = leavesToMeet(solid, kind);
  let few = end_;
  metLeaves = 0;
  if (few == 0 && kind == LEAF_IS_MESH) {
    let t = meshCrossing(leaf, limit, leaving);
    if (!isUndecided) {
      return t;
    }
  }
  loop {
    if (i >= end_) {
      var t = UNDECIDED;
      if (!inProgram) {
        if (few > 0) {
          t = fewLeavesCrossing(kind, leaf, few, limit, leaving);
        }
        if (t.x != UNDECIDED.x) {
          return t;
        }
        // What is behind the end that is looked for need not be met.
        inProgram = true;
        high = firstWindow(solid, high);
      } else {
        if (leaving) {
          t = programExit(solid, low, high);
        } else {
          t = programEnter(high, limit);
        }
        if (t.x != UNDECIDED.x) {
          return t;
        }
        high = nextWindow;
        low = nextLow;
      }
      clearLists();
      if (kind == SOLID_IS_PROGRAM_WITH_BOXES) {
        aimAtBoxes(ox, oy, oz, dx, dy, dz);
      }
      i = solidFirstOp(solid);
      end_ = i + solidOpCount(solid);
    }
    var one = leaf + i;
    var operation = OP_PUSH;
    var from_ = low;
    var to = high;
    if (inProgram) {
      operation = opCode(i);
      one = opLeaf(i);
      let more = combineLists(operation, i, one, low, high);
      if (more != MEET) {
        i += more;
        continue;
      }
      if (operation == OP_INTERSECT_LEAF || operation == OP_SUBTRACT_LEAF) {
        from_ = wMax(low, wSub(topBegin(), tolerance));
        to = wMin(high, wAdd(topEnd(), tolerance));
      }
    }
    let count = leafSpans(one, ox, oy, oz, dx, dy, dz, from_, to);
    if (inProgram) {
      combineLeaf(operation, one, count);
    } else if (count > 0) {
      keepLeaf(i);
    }
    i++;
  }
}

// A solid of one leaf, from inside.
fn leafExit(kind: i32, leaf: i32) -> vec2f {
  let p = paramsOf(leaf);
  var t = vec2f(0.0, 0.0);
  switch (kind) {
    case LEAF_IS_BOX {
      t = boxExit(p, rayX, rayY, rayZ, rayDx, rayDy, rayDz);
    }
    case LEAF_IS_SPHERE {
      t = sphereExit(p, rayX, rayY, rayZ, rayDx, rayDy, rayDz);
    }
    case LEAF_IS_CYLINDER {
      t = cylinderExit(p, rayX, rayY, rayZ, rayDx, rayDy, rayDz);
    }
    case LEAF_IS_FRUSTUM {
      t = frustumExit(p, rayX, rayY, rayZ, rayDx, rayDy, rayDz);
    }
    case LEAF_IS_ELLIPSOID {
      t = ellipsoidExit(p, rayX, rayY, rayZ, rayDx, rayDy, rayDz);
    }
    default {
      t = planesExit(p, leafCount(leaf), rayX, rayY, rayZ, rayDx, rayDy, rayDz);
    }
  }
  setHitFace((leaf << u32(FACE_BITS)) | hitFace);
  return select(vec2f(0.0, 0.0), t, t.x > 0.0);
}

// A solid that is one mesh: the nearest crossing tells, but for odd cases. As
// meshExit() and meshEnter(), which look ahead in one place here.
fn meshCrossing(leaf: i32, limit: vec2f, leaving: bool) -> vec2f {
  isUndecided = false;
  let held = leaving || heldCounts;
  var way = vec2f(0.0, 0.0);
  for (var grazes = 0; grazes < 64; grazes++) {
    let rest = wSub(limit, way);
    let far = select(wMax(rest, wScale(tolerance, 4.0)), WIDE_FAR, held);
    lookAhead(paramsOf(leaf), leafCount(leaf), wMulAdd(way, rayDx, rayX),
      wMulAdd(way, rayDy, rayY), wMulAdd(way, rayDz, rayZ), rayDx, rayDy, rayDz,
      far);
    if (leaving) {
      if (aheadTriangle >= 0 && aheadLeaves) {
        setHitFace(MESH_FACE | aheadTriangle);
        return aheadT;
      }
      if (onExit >= 0) {
        setHitFace(MESH_FACE | onExit);
        return vec2f(0.0, 0.0);
      }
      break;
    }
    if (isAlreadyIn(far, held)) {
      if (onEntry < 0 && !held) {
        break;
      }
      setHitFace(MESH_FACE | select(onEntry, aheadTriangle, onEntry < 0));
      return select(WIDE_FAR, way, wLess(way, limit));
    }
    if (aheadTriangle < 0 || wLessEq(rest, aheadT)) {
      return WIDE_FAR;
    }
    if (!isDouble) {
      setHitFace(MESH_FACE | aheadTriangle);
      return wAdd(way, aheadT);
    }
    way = wAdd(way, aheadT);
  }
  isUndecided = true;
  return vec2f(0.0, 0.0);
}

// Of leaves that have been met, directly, if that can say.
fn fewLeavesCrossing(kind: i32, leaf: i32, count: i32, limit: vec2f,
  leaving: bool) -> vec2f {
  switch (kind) {
    case SOLID_IS_ONE_LESS_ONE {
      if (leaving) {
        return differenceExit(leaf);
      }
      return differenceEnter(leaf, limit);
    }
    case SOLID_IS_IN_BOTH {
      if (leaving) {
        return commonExit(leaf);
      }
      return commonEnter(leaf);
    }
    default {
      if (leaving) {
        return unionExit(leaf, count);
      }
      return unionEnter(leaf, count);
    }
  }
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

const MEET: i32 = 0;

// What an operation does that needs no leaf met: how many operations it goes
// on by, or MEET.
fn combineLists(operation: i32, i: i32, leaf: i32, low: vec2f, high: vec2f) ->
  i32 {
  switch (operation) {
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
      return select(1, 1 + leaf, isTopEmpty());
    }
    case OP_SKIP_OPERAND {
      if (missesBox(opBox(i), low, high)) {
        pushList();
        return 1 + leaf;
      }
    }
    case OP_SKIP_OPERATION {
      return select(1, 1 + leaf, missesBox(opBox(i), low, high));
    }
    case OP_INTERSECT_LEAF, OP_SUBTRACT_LEAF {
      return select(MEET, 1, isTopEmpty());
    }
    case OP_UNITE_LEAF {
      return MEET;
    }
    default {
      if (leafType(leaf) != LEAF_IS_MESH) {
        return MEET;
      }
      pushMesh(paramsOf(leaf), leafCount(leaf), rayX, rayY, rayZ, rayDx, rayDy,
        rayDz);
    }
  }
  return 1;
}

// Combines the list on top with the stretches of the ray in a leaf.
fn combineLeaf(operation: i32, leaf: i32, count: i32) {
  let face = leaf << u32(FACE_BITS);
  if (operation == OP_PUSH) {
    pushList();
    if (count > 0) {
      addInterval(nearT, face | nearFace, farT, face | farFace);
    }
    if (count > 1) {
      addInterval(secondNearT, face | secondNearFace, secondFarT,
        face | secondFarFace);
    }
  } else if (count == 0) {
    if (operation == OP_INTERSECT_LEAF) {
      makeEmpty();
    }
  } else if (operation == OP_UNITE_LEAF) {
    uniteInterval(nearT, face | nearFace, farT, face | farFace);
  } else if (operation == OP_SUBTRACT_LEAF) {
    subtractInterval(nearT, face | nearFace, farT, face | farFace);
  } else {
    intersectInterval(nearT, face | nearFace, farT, face | farFace);
  }
}

// Where a program has to be run again: along which part of the ray.
var<private> nextLow: vec2f;
var<private> nextWindow: vec2f;

// The ray is in the interval nearest to its origin, and leaves where that ends
// and no other begins within the tolerance. Where there is no interval at its
// origin (it touches the solid in a point; or volumes overlap, and it is not
// inside after all) it leaves at once, through the nearest face it meets, or
// that of the last hit.
fn programExit(solid: i32, low: vec2f, window: vec2f) -> vec2f {
  let i = nearestInterval();
  nextLow = low;
  nextWindow = WIDE_FAR;
  if (low.x <= -1e29) {
    if (i >= 0) {
      let behind = intervalOut(i).x < 0.0;
      setHitFace(select(intervalFaceIn(i), intervalFaceOut(i), behind));
    }
    return vec2f(0.0, 0.0);
  }
  if (i >= 0 && wLessEq(intervalDistance(i), tolerance)) {
    let end_ = endOfInterval(i);
    if (window.x >= 1e29 || wLess(wAdd(end_, wScale(tolerance, 2.0)), window)) {
      return end_;
    }
    if (window.x < 1000.0 * solidStride(solid).x) {
      nextWindow = wScale(window, 4.0);
    }
  } else {
    nextLow = -WIDE_FAR;
  }
  return UNDECIDED;
}

// How far the ray's origin is from an interval, along the ray.
fn intervalDistance(i: i32) -> vec2f {
  return wMax(wMax(intervalIn(i), -intervalOut(i)), vec2f(0.0, 0.0));
}

// -1: there is none.
fn nearestInterval() -> i32 {
  let count = intervalCount();
  var nearest: i32 = -1;
  var distance = WIDE_FAR;
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
fn programEnter(window: vec2f, limit: vec2f) -> vec2f {
  nextLow = wScale(tolerance, -2.0);
  nextWindow = limit;
  if (wLessEq(limit, window)) {
    return firstEntry(limit);
  }
  let t = firstEntry(wSub(window, wScale(tolerance, 2.0)));
  return select(UNDECIDED, t, t.x < 1e29);
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
      return WIDE_FAR;
    }
    if (isEntry(tIn, intervalOut(lastTouching(i)))) {
      setHitFace(intervalFaceIn(i));
      return wMax(tIn, vec2f(0.0, 0.0));
    }
  }
  return WIDE_FAR;
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
    let operation = opCode(i);
    let above = truths_loadU8(top) != 0u;
    switch (operation) {
      case OP_UNION {
        top--;
        if (above) {
          truths_storeU8(top, 1u);
        }
      }
      case OP_INTERSECTION {
        top--;
        if (!above) {
          truths_storeU8(top, 0u);
        }
      }
      case OP_SUBTRACTION {
        top--;
        if (above) {
          truths_storeU8(top, 0u);
        }
      }
      case OP_SKIP_EMPTY {
        if (!above) {
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
      case OP_SKIP_OPERATION {
        if (isBeyondBox(opBox(i), x, y, z)) {
          i += opLeaf(i);
        }
      }
      default {
        // A leaf that is united matters where the rest is not, others where it is.
        if (operation != OP_PUSH && above == (operation == OP_UNITE_LEAF)) {
          break;
        }
        if (operation == OP_PUSH) {
          top++;
        }
        let within = leafInside(opLeaf(i), x, y,
          z);
        truths_storeU8(top, u32(within != (operation == OP_SUBTRACT_LEAF)));
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
