// A solid: where a ray leaves it and where it enters it. The photon knows
// whether it is inside (the navigation does), so that rounding never decides
// that: the direction and the knowledge do. Rules [RAY1]... in SPEC.md.

import {
  LEAF_IS_BOX, LEAF_IS_CYLINDER, LEAF_IS_ELLIPSOID, LEAF_IS_FRUSTUM,
  LEAF_IS_MESH, LEAF_IS_PLANES, LEAF_IS_SPHERE,
  OP_INTERSECT_LEAF, OP_INTERSECTION, OP_PUSH, OP_SKIP_EMPTY, OP_SKIP_OPERAND,
  OP_SKIP_OPERATION, OP_SUBTRACT_LEAF, OP_SUBTRACTION, OP_UNION, OP_UNITE_LEAF,
  leafCount, leafType, opBox, opCode, opLeaf, paramsOf,
  SOLID_IS_IN_BOTH, SOLID_IS_ONE_LESS_ONE, SOLID_IS_PROGRAM_WITH_BOXES,
  SOLID_IS_UNION_OF_FEW,
  solidBox, solidFirstOp, solidKind, solidLeaf, solidOpCount, solidStride,
  solidTolerance,
} from './generated/scene';
import { aimAtBoxes, isBeyondBox, missesBox } from './box-test';
import {
  addInterval, clearLists, FACE_BITS, FACE_MASK, intersectInterval,
  intersectLists, intervalCount, intervalFaceIn, intervalFaceOut, intervalIn,
  intervalOut, isTopEmpty, makeEmpty, MESH_FACE, NEGATED, pushList, subtractInterval,
  subtractLists, topBegin, topEnd, uniteInterval, uniteLists,
} from './intervals';
import { leafInside, leafNormal, leafSpans } from './leaf';
import {
  commonEnter, commonExit, differenceEnter, differenceExit, UNDECIDED,
  unionEnter, unionExit,
} from './few-leaves';
import { countHeld, heldCounts, isEntry } from './entry';
import { boxExit, boxSpan } from './primitives/box';
import { cylinderExit, cylinderSpan } from './primitives/cylinder';
import { ellipsoidExit, ellipsoidSpan } from './primitives/ellipsoid';
import { frustumExit, frustumSpan } from './primitives/frustum';
import {
  isUndecided, meshEnter, meshExit, meshNormal, pushMesh,
} from './primitives/mesh';
import { planesExit, planesSpan } from './primitives/planes';
import {
  farFace, farT, hitFace, nearFace, nearT, normalX, normalY, normalZ,
  secondFarFace, secondFarT, secondNearFace, secondNearT,
  setHitFace, setLeafFrame, setNormal, setTolerance, tolerance,
} from './primitives/span';
import { sphereExit, sphereSpan } from './primitives/sphere';

export { countHeld, hitFace, normalX, normalY, normalZ };


// [RAY1] The distance at which a ray that is inside the solid leaves it, not
// negative; sets hitFace.
export function solidExit(
  solid: i32, ox: f64, oy: f64, oz: f64, dx: f64, dy: f64, dz: f64,
): f64 {
  const kind = solidKind(solid);
  // Below 0: more than one leaf.
  if (<u32>kind > <u32>LEAF_IS_PLANES)
    return compoundExit(solid, kind, ox, oy, oz, dx, dy, dz);
  const leaf = solidLeaf(solid);
  const p = paramsOf(leaf);
  let t: f64 = 0;
  switch (kind) {
    case LEAF_IS_BOX: t = boxExit(p, ox, oy, oz, dx, dy, dz); break;
    case LEAF_IS_SPHERE: t = sphereExit(p, ox, oy, oz, dx, dy, dz); break;
    case LEAF_IS_CYLINDER: t = cylinderExit(p, ox, oy, oz, dx, dy, dz); break;
    case LEAF_IS_FRUSTUM: t = frustumExit(p, ox, oy, oz, dx, dy, dz); break;
    case LEAF_IS_ELLIPSOID: t = ellipsoidExit(p, ox, oy, oz, dx, dy, dz); break;
    default: t = planesExit(p, leafCount(leaf), ox, oy, oz, dx, dy, dz);
  }
  setHitFace((leaf << FACE_BITS) | hitFace);
  return t > 0 ? t : 0;
}

// [RAY2] The distance at which a ray that is outside the solid enters it, not
// negative; Infinity if it does not before `limit`; sets hitFace.
export function solidEnter(
  solid: i32, ox: f64, oy: f64, oz: f64, dx: f64, dy: f64, dz: f64, limit: f64,
): f64 {
  setTolerance(solidTolerance(solid));
  const kind = solidKind(solid);
  if (<u32>kind > <u32>LEAF_IS_PLANES) {
    return compoundEnter(solid, kind, ox, oy, oz, dx, dy, dz, limit);
  }
  setLeafFrame(-1);
  const leaf = solidLeaf(solid);
  const p = paramsOf(leaf);
  let met = false;
  switch (kind) {
    case LEAF_IS_BOX:
      met = boxSpan(p, ox, oy, oz, dx, dy, dz, 0, limit);
      break;
    case LEAF_IS_SPHERE:
      met = sphereSpan(p, ox, oy, oz, dx, dy, dz, 0, limit);
      break;
    case LEAF_IS_CYLINDER:
      met = cylinderSpan(p, ox, oy, oz, dx, dy, dz, 0, limit);
      break;
    case LEAF_IS_FRUSTUM:
      met = frustumSpan(p, ox, oy, oz, dx, dy, dz, 0, limit);
      break;
    case LEAF_IS_ELLIPSOID:
      met = ellipsoidSpan(p, ox, oy, oz, dx, dy, dz, 0, limit);
      break;
    default:
      met = planesSpan(p, leafCount(leaf), ox, oy, oz, dx, dy, dz, 0, limit);
  }
  if (!met) return Infinity;
  if (!isEntry(nearT, farT)) return Infinity;
  setHitFace((leaf << FACE_BITS) | nearFace);
  return nearT > 0 ? nearT : 0;
}

// A solid that is one mesh: the nearest crossing tells, but for odd cases.
function exitOfMesh(
  leaf: i32, ox: f64, oy: f64, oz: f64, dx: f64, dy: f64, dz: f64,
): f64 {
  const t = meshExit(paramsOf(leaf), leafCount(leaf), ox, oy, oz, dx, dy, dz);
  return isUndecided ? UNDECIDED : t;
}

function enterMesh(
  leaf: i32, ox: f64, oy: f64, oz: f64, dx: f64, dy: f64, dz: f64, limit: f64,
): f64 {
  const t = meshEnter(
    paramsOf(leaf), leafCount(leaf), ox, oy, oz, dx, dy, dz, limit, heldCounts,
  );
  return isUndecided ? UNDECIDED : t;
}

// A mesh, or a solid of more than one leaf: directly where it is of few, if that
// can say; else by its program.
function compoundExit(
  solid: i32, kind: i32,
  ox: f64, oy: f64, oz: f64, dx: f64, dy: f64, dz: f64,
): f64 {
  setTolerance(solidTolerance(solid));
  const leaf = solidLeaf(solid);
  let t = UNDECIDED;
  if (kind == SOLID_IS_UNION_OF_FEW) {
    const count = solidOpCount(solid);
    t = unionExit(leaf, count, solidBox(solid), ox, oy, oz, dx, dy, dz);
  } else if (kind == SOLID_IS_ONE_LESS_ONE) {
    t = differenceExit(leaf, ox, oy, oz, dx, dy, dz);
  } else if (kind == SOLID_IS_IN_BOTH) {
    t = commonExit(leaf, ox, oy, oz, dx, dy, dz);
  } else if (kind == LEAF_IS_MESH) {
    t = exitOfMesh(leaf, ox, oy, oz, dx, dy, dz);
  }
  if (t != UNDECIDED) return t;
  return programExit(solid, ox, oy, oz, dx, dy, dz);
}

function compoundEnter(
  solid: i32, kind: i32,
  ox: f64, oy: f64, oz: f64, dx: f64, dy: f64, dz: f64, limit: f64,
): f64 {
  const leaf = solidLeaf(solid);
  let t = UNDECIDED;
  if (kind == SOLID_IS_UNION_OF_FEW) {
    const count = solidOpCount(solid);
    t = unionEnter(leaf, count, ox, oy, oz, dx, dy, dz, limit);
  } else if (kind == SOLID_IS_ONE_LESS_ONE) {
    t = differenceEnter(leaf, ox, oy, oz, dx, dy, dz, limit);
  } else if (kind == SOLID_IS_IN_BOTH) {
    t = commonEnter(leaf, ox, oy, oz, dx, dy, dz, limit);
  } else if (kind == LEAF_IS_MESH) {
    t = enterMesh(leaf, ox, oy, oz, dx, dy, dz, limit);
  }
  if (t != UNDECIDED) return t;
  return programEnter(solid, ox, oy, oz, dx, dy, dz, limit);
}

// [RAY3] The outward unit normal of a face (hitFace) at a point on it; sets
// normalX, normalY, normalZ.
export function solidNormal(face: i32, x: f64, y: f64, z: f64): void {
  if (face & MESH_FACE) meshNormal(face & (MESH_FACE - 1));
  else leafNormal((face & ~NEGATED) >> FACE_BITS, face & FACE_MASK, x, y, z);
  if (face < 0) setNormal(-normalX, -normalY, -normalZ);
}

// Runs the solid's program over a ray: the list of intervals is then on top.
function evaluate(
  solid: i32, ox: f64, oy: f64, oz: f64, dx: f64, dy: f64, dz: f64,
  tMin: f64, tMax: f64,
): void {
  clearLists();
  if (solidKind(solid) == SOLID_IS_PROGRAM_WITH_BOXES) aimAtBoxes(ox, oy, oz, dx, dy, dz);
  const first = solidFirstOp(solid);
  const end = first + solidOpCount(solid);
  for (let i = first; i < end; i++) {
    switch (opCode(i)) {
      case OP_UNION: uniteLists(); break;
      case OP_INTERSECTION: intersectLists(); break;
      case OP_SUBTRACTION: subtractLists(); break;
      case OP_SKIP_EMPTY:
        if (isTopEmpty()) i += opLeaf(i);
        break;
      case OP_SKIP_OPERAND:
        if (missesBox(opBox(i), tMin, tMax)) {
          pushList();
          i += opLeaf(i);
        }
        break;
      case OP_SKIP_OPERATION:
        if (missesBox(opBox(i), tMin, tMax)) i += opLeaf(i);
        break;
      default:
        meetLeaf(opCode(i), opLeaf(i), ox, oy, oz, dx, dy, dz, tMin, tMax);
    }
  }
}

// Combines the list on top with the stretches of the ray in a leaf. Of one that
// cuts, only what meets the list matters; faces that meet its ends count.
@inline function meetLeaf(
  operation: i32, leaf: i32,
  ox: f64, oy: f64, oz: f64, dx: f64, dy: f64, dz: f64, tMin: f64, tMax: f64,
): void {
  let low = tMin;
  let high = tMax;
  if (operation == OP_INTERSECT_LEAF || operation == OP_SUBTRACT_LEAF) {
    if (isTopEmpty()) return;
    low = max(tMin, topBegin() - tolerance);
    high = min(tMax, topEnd() + tolerance);
  } else if (operation == OP_PUSH && leafType(leaf) == LEAF_IS_MESH) {
    pushMesh(paramsOf(leaf), leafCount(leaf), ox, oy, oz, dx, dy, dz);
    return;
  }
  const count = leafSpans(leaf, ox, oy, oz, dx, dy, dz, low, high);
  const face = leaf << FACE_BITS;
  if (operation == OP_UNITE_LEAF) {
    if (count == 0) return;
    uniteInterval(nearT, face | nearFace, farT, face | farFace);
  } else if (operation == OP_SUBTRACT_LEAF) {
    if (count == 0) return;
    subtractInterval(nearT, face | nearFace, farT, face | farFace);
  } else if (operation == OP_INTERSECT_LEAF) {
    if (count == 0) makeEmpty();
    else intersectInterval(nearT, face | nearFace, farT, face | farFace);
  } else {
    pushList();
    if (count == 0) return;
    addInterval(nearT, face | nearFace, farT, face | farFace);
    if (count == 1) return;
    addInterval(
      secondNearT, face | secondNearFace, secondFarT, face | secondFarFace,
    );
  }
}

// The ray is in the interval nearest to its origin, and leaves where that ends
// and no other begins within the tolerance. Where there is no interval at its
// origin (it touches the solid in a point; or volumes overlap, and it is not
// inside after all) it leaves at once, through the nearest face it meets, or
// that of the last hit.
function programExit(
  solid: i32, ox: f64, oy: f64, oz: f64, dx: f64, dy: f64, dz: f64,
): f64 {
  // What is behind the end that is looked for need not be met.
  let window = firstWindow(solid, Infinity);
  let low = -2 * tolerance;
  while (true) {
    evaluate(solid, ox, oy, oz, dx, dy, dz, low, window);
    const i = nearestInterval();
    if (low == -Infinity) {
      if (i >= 0)
        setHitFace(intervalOut(i) < 0 ? intervalFaceOut(i) : intervalFaceIn(i));
      return 0;
    }
    if (i >= 0 && intervalDistance(i) <= tolerance) {
      const end = endOfInterval(i);
      if (window == Infinity || end + 2 * tolerance < window) return end;
      window = window < 1e3 * solidStride(solid) ? 4 * window : Infinity;
    } else {
      low = -Infinity;
      window = Infinity;
    }
  }
}

// How far the ray's origin is from an interval, along the ray.
@inline function intervalDistance(i: i32): f64 {
  return max(max(intervalIn(i), -intervalOut(i)), 0);
}

// -1: there is none.
@inline function nearestInterval(): i32 {
  const count = intervalCount();
  let nearest = -1;
  let distance = Infinity;
  for (let i = 0; i < count; i++) {
    const away = intervalDistance(i);
    // Several that are behind may end together.
    if (away > distance) break;
    if (away < distance) nearest = i;
    distance = away;
  }
  return nearest;
}

@inline function endOfInterval(i: i32): f64 {
  const last = lastTouching(i);
  setHitFace(intervalFaceOut(last));
  return max(intervalOut(last), 0);
}

// The last of the intervals that follow each other without a gap from the i-th.
@inline function lastTouching(i: i32): i32 {
  const count = intervalCount();
  while (i + 1 < count && intervalIn(i + 1) - intervalOut(i) <= tolerance) i++;
  return i;
}

// The first interval that the ray enters. Gaps are joined only to tell slivers:
// one at the ray's origin is real, because the ray is outside.
function programEnter(
  solid: i32, ox: f64, oy: f64, oz: f64, dx: f64, dy: f64, dz: f64, limit: f64,
): f64 {
  let window = firstWindow(solid, limit);
  while (true) {
    evaluate(solid, ox, oy, oz, dx, dy, dz, -2 * tolerance, window);
    if (window >= limit) return firstEntry(limit);
    const t = firstEntry(window - 2 * tolerance);
    if (t < Infinity) return t;
    window = limit;
  }
}

// Along how much of the ray a solid of many parts is met first: there is likely
// to be a boundary; all of it where the solid has few.
@inline function firstWindow(solid: i32, limit: f64): f64 {
  if (solidKind(solid) != SOLID_IS_PROGRAM_WITH_BOXES) return limit;
  return min(solidStride(solid), limit);
}

function firstEntry(limit: f64): f64 {
  const count = intervalCount();
  for (let i = 0; i < count; i++) {
    const tIn = intervalIn(i);
    if (tIn >= limit) return Infinity;
    if (isEntry(tIn, intervalOut(lastTouching(i)))) {
      setHitFace(intervalFaceIn(i));
      return max(tIn, 0);
    }
  }
  return Infinity;
}

// A stack of truth values, one byte each, as deep as the lists of intervals.ts.
const truths: usize = memory.data(131073, 16);

// [RAY4] Whether a point is in the solid, or on it.
export function solidInside(solid: i32, x: f64, y: f64, z: f64): bool {
  let top = truths;
  const first = solidFirstOp(solid);
  const end = first + solidOpCount(solid);
  for (let i = first; i < end; i++) {
    const operation = opCode(i);
    const above = load<u8>(top) != 0;
    switch (operation) {
      case OP_UNION:
        top--;
        if (above) store<u8>(top, 1);
        break;
      case OP_INTERSECTION:
        top--;
        if (!above) store<u8>(top, 0);
        break;
      case OP_SUBTRACTION:
        top--;
        if (above) store<u8>(top, 0);
        break;
      case OP_SKIP_EMPTY:
        if (!above) i += opLeaf(i);
        break;
      case OP_SKIP_OPERAND:
        if (isBeyondBox(opBox(i), x, y, z)) {
          top++;
          store<u8>(top, 0);
          i += opLeaf(i);
        }
        break;
      case OP_SKIP_OPERATION:
        if (isBeyondBox(opBox(i), x, y, z)) i += opLeaf(i);
        break;
      default: {
        // A leaf that is united matters where the rest is not, others where it is.
        if (operation != OP_PUSH && above == (operation == OP_UNITE_LEAF)) break;
        if (operation == OP_PUSH) top++;
        const within = leafInside(opLeaf(i), x, y, z);
        store<u8>(top, u8(within != (operation == OP_SUBTRACT_LEAF)));
      }
    }
  }
  return load<u8>(top) != 0;
}
