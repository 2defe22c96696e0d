// A hyperboloid of one sheet between two planes, x² + y² <= r² + tan² z²;
// parameters: r², tan², zLow, zHigh. Faces: 0 side, 1 zLow, 2 zHigh.
// Not convex: a ray may cut it in two stretches.

import { param } from '../generated/scene';
import {
  highRoot, lowRoot, quadricRoots, rootsFromSurface,
} from './quadratic';
import {
  isBehind, PARALLEL, setFar, setNear, setNormal, setNormalAlong, setSecond,
  snapped, tolerance,
} from './span';

// The stretches of a ray in the hyperboloid: how many.
export function hyperboloidSpans(
  p: usize, ox: f64, oy: f64, oz: f64, dx: f64, dy: f64, dz: f64,
  tMin: f64, tMax: f64,
): i32 {
  const low = param(p, 2);
  const high = param(p, 3);
  let near = -Infinity;
  let far = Infinity;
  let nearAt = 1;
  let farAt = 2;
  if (abs(dz) > PARALLEL) {
    const inverse = 1 / dz;
    const t0 = snapped(low - oz) * inverse;
    const t1 = snapped(high - oz) * inverse;
    near = min(t0, t1);
    far = max(t0, t1);
    nearAt = dz > 0 ? 1 : 2;
    farAt = 3 - nearAt;
    if (near >= tMax || far <= tMin) return 0;
  } else if (
    !isBehind(oz - low, 0, 0, -1) || !isBehind(high - oz, 0, 0, 1)
  ) {
    return 0;
  }
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
  setNear(near, nearAt);
  setFar(far, farAt);
  if (!met) {
    // No root: all of the ray inside or all outside.
    return i32(a <= 0 && c <= 0);
  }
  const first = start + lowRoot;
  const last = start + highRoot;
  if (a > 0 || (a == 0 && (b > 0 ? first == -Infinity : last == Infinity))) {
    if (first > near) setNear(first, 0);
    if (last < far) setFar(last, 0);
    return i32(max(near, first) <= min(far, last));
  }
  // Outside between the roots.
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
      setFar(far, farAt);
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
  else setNormal(0, 0, face == 1 ? -1 : 1);
}

export function hyperboloidInside(p: usize, x: f64, y: f64, z: f64): bool {
  return z >= param(p, 2) && z <= param(p, 3)
    && x * x + y * y <= param(p, 0) + param(p, 1) * z * z;
}
