// Solids of two or three convex leaves, without lists: a photomultiplier, a
// pipe, a lens. Each gives what the program of the solid would (solid.ts), or
// UNDECIDED in the rare cases, near faces, that are left to that.

import { isBeyondBox } from './box-test';
import { isEntry } from './entry';
import { FACE_BITS, NEGATED } from './intervals';
import { leafSpans } from './leaf';
import {
  farFace, farT, nearFace, nearT, setHitFace, tolerance,
} from './primitives/span';

// No distance.
export const UNDECIDED: f64 = -1;

@inline function found(t: f64, leaf: i32, face: i32): f64 {
  setHitFace((leaf << FACE_BITS) | face);
  return t > 0 ? t : 0;
}

@inline function foundNegated(t: f64, leaf: i32, face: i32): f64 {
  setHitFace((leaf << FACE_BITS) | face | NEGATED);
  return t > 0 ? t : 0;
}

// The union of `count` leaves from `first` on, each with a box: from the leaf
// that the ray is in on to the next that begins before it ends.
export function unionExit(
  first: i32, count: i32, boxes: i32,
  ox: f64, oy: f64, oz: f64, dx: f64, dy: f64, dz: f64,
): f64 {
  const low = -2 * tolerance;
  let tried = 0;
  let end = UNDECIDED;
  let endLeaf = 0;
  let endFace = 0;
  for (let i = 0; i < count; i++) {
    const leaf = first + i;
    if (leafSpans(leaf, ox, oy, oz, dx, dy, dz, low, Infinity) == 0) continue;
    if (nearT <= 0 && farT >= 0) {
      end = farT;
      endLeaf = leaf;
      endFace = farFace;
      tried = 1 << i;
      break;
    }
  }
  if (tried == 0) return UNDECIDED;
  // A leaf behind the end may begin before it.
  for (let i = 0; i < count; i++) {
    if (tried & (1 << i)) continue;
    const leaf = first + i;
    const x = ox + end * dx;
    const y = oy + end * dy;
    const z = oz + end * dz;
    if (isBeyondBox(boxes + 6 * i, x, y, z)) continue;
    if (leafSpans(leaf, ox, oy, oz, dx, dy, dz, low, Infinity) == 0) {
      tried |= 1 << i;
      continue;
    }
    if (farT > end && nearT - end <= tolerance) {
      tried |= 1 << i;
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

export function unionEnter(
  first: i32, count: i32,
  ox: f64, oy: f64, oz: f64, dx: f64, dy: f64, dz: f64, limit: f64,
): f64 {
  const low = -2 * tolerance;
  let met = 0;
  let leaf = 0;
  let face = 0;
  let begin: f64 = 0;
  let end: f64 = 0;
  let secondLeaf = 0;
  let secondFace = 0;
  let secondBegin: f64 = 0;
  let secondEnd: f64 = 0;
  for (let i = 0; i < count; i++) {
    if (leafSpans(first + i, ox, oy, oz, dx, dy, dz, low, limit) == 0) continue;
    met++;
    if (met == 1) {
      leaf = first + i;
      face = nearFace;
      begin = nearT;
      end = farT;
    } else if (nearT < begin) {
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
  if (met == 0) return Infinity;
  if (met > 2) return UNDECIDED;
  const follows = met == 2 && secondBegin - end <= tolerance;
  if (isEntry(begin, follows ? max(end, secondEnd) : end)) {
    return found(begin, leaf, face);
  }
  if (met == 1 || secondBegin < end) return Infinity;
  if (!isEntry(secondBegin, secondEnd)) return Infinity;
  return found(secondBegin, secondLeaf, secondFace);
}

// The leaf `first` less the one after it.
export function differenceExit(
  first: i32, ox: f64, oy: f64, oz: f64, dx: f64, dy: f64, dz: f64,
): f64 {
  const low = -2 * tolerance;
  if (leafSpans(first, ox, oy, oz, dx, dy, dz, low, Infinity) == 0) {
    return UNDECIDED;
  }
  if (nearT > 0 || farT < 0) return UNDECIDED;
  const end = farT;
  const face = farFace;
  const taken = first + 1;
  const high = end + tolerance;
  if (leafSpans(taken, ox, oy, oz, dx, dy, dz, low, high) == 0) {
    return found(end, first, face);
  }
  if (nearT > end) return found(end, first, face);
  // What is taken must be more than rounding, or the ray goes on behind it.
  if (nearT >= 0 && farT - nearT > tolerance) {
    return foundNegated(nearT, taken, nearFace);
  }
  if (farT <= 0 && nearT < low) return found(end, first, face);
  return UNDECIDED;
}

export function differenceEnter(
  first: i32,
  ox: f64, oy: f64, oz: f64, dx: f64, dy: f64, dz: f64, limit: f64,
): f64 {
  const low = -2 * tolerance;
  if (leafSpans(first, ox, oy, oz, dx, dy, dz, low, limit) == 0) {
    return Infinity;
  }
  const begin = nearT;
  const end = farT;
  const face = nearFace;
  const taken = first + 1;
  const met = leafSpans(taken, ox, oy, oz, dx, dy, dz, low, limit) != 0
    && farT >= begin && nearT <= end;
  if (!met) {
    return isEntry(begin, end) ? found(begin, first, face) : Infinity;
  }
  const before = nearT >= begin;
  const behind = farT <= end;
  if (before && behind && farT - nearT <= tolerance) return UNDECIDED;
  if (before && isEntry(begin, nearT)) return found(begin, first, face);
  if (behind && farT < limit && isEntry(farT, end)) {
    return foundNegated(farT, taken, farFace);
  }
  return Infinity;
}

// What is in the leaf `first` and in the one after it.
export function commonExit(
  first: i32, ox: f64, oy: f64, oz: f64, dx: f64, dy: f64, dz: f64,
): f64 {
  const low = -2 * tolerance;
  if (leafSpans(first, ox, oy, oz, dx, dy, dz, low, Infinity) == 0) {
    return UNDECIDED;
  }
  if (nearT > 0 || farT < 0) return UNDECIDED;
  const end = farT;
  const face = farFace;
  const other = first + 1;
  if (leafSpans(other, ox, oy, oz, dx, dy, dz, low, Infinity) == 0) {
    return UNDECIDED;
  }
  if (nearT > 0 || farT < 0) return UNDECIDED;
  if (farT < end) return found(farT, other, farFace);
  return found(end, first, face);
}

export function commonEnter(
  first: i32,
  ox: f64, oy: f64, oz: f64, dx: f64, dy: f64, dz: f64, limit: f64,
): f64 {
  const low = -2 * tolerance;
  if (leafSpans(first, ox, oy, oz, dx, dy, dz, low, limit) == 0) {
    return Infinity;
  }
  const begin = nearT;
  const end = farT;
  const face = nearFace;
  const other = first + 1;
  if (leafSpans(other, ox, oy, oz, dx, dy, dz, low, limit) == 0) {
    return Infinity;
  }
  const from = max(begin, nearT);
  if (!isEntry(from, min(end, farT))) return Infinity;
  if (nearT > begin) return found(nearT, other, nearFace);
  return found(begin, first, face);
}
