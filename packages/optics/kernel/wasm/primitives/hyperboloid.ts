// A hyperboloid of one sheet between two planes, x² + y² <= r² + tan² z²;
// parameters: r², tan², zLow, zHigh. Faces: 0 side, 1 zLow, 2 zHigh.
// Not convex: a ray may cut it in two stretches.

import { param } from '../generated/scene';
import {
  highRoot, lowRoot, quadricRoots, rootsFromSurface,
} from './quadratic';
import { cutBySide, slabNormal, slabSpan } from './slab';
import {
  farFace, farT, nearFace, nearT, setFar, setNear, setNormalAlong, setSecond,
  tolerance,
} from './span';

// The stretches of a ray in the hyperboloid: how many.
export function hyperboloidSpans(
  p: usize, ox: f64, oy: f64, oz: f64, dx: f64, dy: f64, dz: f64,
  tMin: f64, tMax: f64,
): i32 {
  if (!slabSpan(param(p, 2), param(p, 3), oz, dz, tMin, tMax)) return 0;
  const slope = param(p, 1);
  const a = dx * dx + dy * dy - slope * dz * dz;
  const square = ox * ox + oy * oy;
  const depth = square - slope * oz * oz - param(p, 0);
  let start: f64 = 0;
  let b: f64 = 0;
  let c: f64 = 0;
  let met = true;
  if (depth * depth <= 4 * tolerance * tolerance * square) {
    b = ox * dx + oy * dy - slope * oz * dz;
    rootsFromSurface(a, b);
  } else {
    start = -(ox * dx + oy * dy + oz * dz);
    const x = ox + start * dx;
    const y = oy + start * dy;
    const z = oz + start * dz;
    b = x * dx + y * dy - slope * z * dz;
    c = x * x + y * y - slope * z * z - param(p, 0);
    met = quadricRoots(a, b, c);
  }
  if (!met) {
    // No root: all of the ray inside or all outside.
    return i32(a <= 0 && c <= 0);
  }
  const first = start + lowRoot;
  const last = start + highRoot;
  if (a > 0 || (a == 0 && (b > 0 ? first == -Infinity : last == Infinity))) {
    return i32(cutBySide(first, last, tMin, tMax));
  }
  // Outside between the roots.
  const near = nearT;
  const nearAt = nearFace;
  const far = farT;
  const farAt = farFace;
  let count = 0;
  if (near <= first) {
    count = 1;
    if (first < far) setFar(first, 0);
  }
  if (far >= last) {
    const from = max(near, last);
    const fromAt = last > near ? 0 : nearAt;
    if (count == 0) {
      setNear(from, fromAt);
      return 1;
    }
    setSecond(from, fromAt, far, farAt);
    count = 2;
  }
  return count;
}

export function hyperboloidNormal(
  p: usize, face: i32, x: f64, y: f64, z: f64,
): void {
  if (face == 0) setNormalAlong(x, y, -param(p, 1) * z);
  else slabNormal(face);
}

export function hyperboloidInside(p: usize, x: f64, y: f64, z: f64): bool {
  return z >= param(p, 2) && z <= param(p, 3)
    && x * x + y * y <= param(p, 0) + param(p, 1) * z * z;
}
