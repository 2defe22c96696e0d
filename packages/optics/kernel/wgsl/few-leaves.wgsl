// Solids of two or three convex leaves, without lists: a photomultiplier, a
// pipe, a lens. Each gives what the program of the solid would (solid.wgsl), or
// UNDECIDED in the rare cases, near faces, that are left to that. Here the
// stretches of all leaves are found first, in one place, and then looked at.

// No distance.
const UNDECIDED: vec2f = vec2f(-1.0, 0.0);

const MOST_LEAVES: i32 = 3;
// The stretch of the ray in each leaf that it meets: bit i of `metLeaves`.
var<private> metLeaves: i32 = 0;
var<private> begins: array<vec2f, MOST_LEAVES>;
var<private> ends: array<vec2f, MOST_LEAVES>;
var<private> beginFaces: array<i32, MOST_LEAVES>;
var<private> endFaces: array<i32, MOST_LEAVES>;

fn found(t: vec2f, leaf: i32, face: i32) -> vec2f {
  setHitFace((leaf << u32(FACE_BITS)) | face);
  return select(vec2f(0.0, 0.0), t, t.x > 0.0);
}

fn foundNegated(t: vec2f, leaf: i32, face: i32) -> vec2f {
  return found(t, leaf, face | NEGATED);
}

// The stretch just found is of the i-th leaf.
fn keepLeaf(i: i32) {
  metLeaves |= 1 << u32(i);
  begins[i] = nearT;
  ends[i] = farT;
  beginFaces[i] = nearFace;
  endFaces[i] = farFace;
}

// The union of `count` leaves from `first` on: from the leaf that the ray is in
// on to the next that begins before it ends.
fn unionExit(first: i32, count: i32) -> vec2f {
  var left = metLeaves;
  var last = -1;
  for (var i: i32 = 0; i < count; i++) {
    let isIn = begins[i].x <= 0.0 && ends[i].x >= 0.0;
    if ((left & (1 << u32(i))) != 0 && isIn) {
      last = i;
      break;
    }
  }
  if (last < 0) {
    return UNDECIDED;
  }
  left &= ~(1 << u32(last));
  for (var i: i32 = 0; i < count; i++) {
    let isLeft = (left & (1 << u32(i))) != 0;
    if (isLeft && wLess(ends[last], ends[i]) &&
      wLessEq(wSub(begins[i], ends[last]), tolerance)) {
      left &= ~(1 << u32(i));
      last = i;
      // Those that begin behind the end before are looked at again.
      i = -1;
    }
  }
  return found(ends[last], first + last, endFaces[last]);
}

fn unionEnter(first: i32, count: i32) -> vec2f {
  // The first to begin, and the last one of the others.
  var one = -1;
  var other = -1;
  for (var i: i32 = 0; i < count; i++) {
    if ((metLeaves & (1 << u32(i))) == 0) {
      continue;
    }
    if (one < 0) {
      one = i;
    } else if (wLess(begins[i], begins[one])) {
      other = one;
      one = i;
    } else {
      other = i;
    }
  }
  if (one < 0) {
    return WIDE_FAR;
  }
  if (countOneBits(metLeaves) > 2) {
    return UNDECIDED;
  }
  var end_ = ends[one];
  if (other >= 0 && wLessEq(wSub(begins[other], end_), tolerance)) {
    end_ = wMax(end_, ends[other]);
  }
  if (isEntry(begins[one], end_)) {
    return found(begins[one], first + one, beginFaces[one]);
  }
  if (other < 0 || wLess(begins[other], ends[one])) {
    return WIDE_FAR;
  }
  if (!isEntry(begins[other], ends[other])) {
    return WIDE_FAR;
  }
  return found(begins[other], first + other, beginFaces[other]);
}

// The leaf `first` less the one after it.
fn differenceExit(first: i32) -> vec2f {
  if ((metLeaves & 1) == 0 || begins[0].x > 0.0 || ends[0].x < 0.0) {
    return UNDECIDED;
  }
  if ((metLeaves & 2) == 0 || wLess(ends[0], begins[1])) {
    return found(ends[0], first, endFaces[0]);
  }
  // What is taken must be more than rounding, or the ray goes on behind it.
  if (begins[1].x >= 0.0 && wLess(tolerance, wSub(ends[1], begins[1]))) {
    return foundNegated(begins[1], first + 1, beginFaces[1]);
  }
  if (ends[1].x <= 0.0 && wLess(begins[1], wScale(tolerance, -2.0))) {
    return found(ends[0], first, endFaces[0]);
  }
  return UNDECIDED;
}

fn differenceEnter(first: i32, limit: vec2f) -> vec2f {
  if ((metLeaves & 1) == 0) {
    return WIDE_FAR;
  }
  let begin_ = begins[0];
  let end_ = ends[0];
  let met = (metLeaves & 2) != 0 && wLessEq(begin_, ends[1]) &&
    wLessEq(begins[1], end_);
  let before = met && wLessEq(begin_, begins[1]);
  let behind = met && wLessEq(ends[1], end_);
  if (before && behind && wLessEq(wSub(ends[1], begins[1]), tolerance)) {
    return UNDECIDED;
  }
  var until = end_;
  if (met) {
    until = begins[1];
  }
  if ((before || !met) && isEntry(begin_, until)) {
    return found(begin_, first, beginFaces[0]);
  }
  if (behind && wLess(ends[1], limit) && isEntry(ends[1], end_)) {
    return foundNegated(ends[1], first + 1, endFaces[1]);
  }
  return WIDE_FAR;
}

// What is in the leaf `first` and in the one after it.
fn commonExit(first: i32) -> vec2f {
  if (metLeaves != 3) {
    return UNDECIDED;
  }
  if (begins[0].x > 0.0 || ends[0].x < 0.0 || begins[1].x > 0.0 ||
    ends[1].x < 0.0) {
    return UNDECIDED;
  }
  if (wLess(ends[1], ends[0])) {
    return found(ends[1], first + 1, endFaces[1]);
  }
  return found(ends[0], first, endFaces[0]);
}

fn commonEnter(first: i32) -> vec2f {
  if (metLeaves != 3) {
    return WIDE_FAR;
  }
  let begin_ = wMax(begins[0], begins[1]);
  if (!isEntry(begin_, wMin(ends[0], ends[1]))) {
    return WIDE_FAR;
  }
  if (wLess(begins[0], begins[1])) {
    return found(begins[1], first + 1, beginFaces[1]);
  }
  return found(begins[0], first, beginFaces[0]);
}
