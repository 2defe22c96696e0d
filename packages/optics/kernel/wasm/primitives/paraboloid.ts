// A paraboloid x² + y² <= slope z + square between two planes; parameters: slope,
// square, zLow, zHigh. Faces: 0 side, 1 zLow, 2 zHigh.

import { param } from '../generated/scene';
import {
  highRoot, lowRoot, quadricRoots, rootsFromSurface,
} from './quadratic';
import {
  isBehind, PARALLEL, setFar, setNear, setNormal, setNormalAlong, snapped,
  tolerance,
} from './span';

// The stretch of a ray in the paraboloid.
export function paraboloidSpan(
  p: usize, ox: f64, oy: f64, oz: f64, dx: f64, dy: f64, dz: f64,
  tMin: f64, tMax: f64,
): bool {
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
    if (near >= tMax || far <= tMin) return false;
  } else if (
    !isBehind(oz - low, 0, 0, -1) || !isBehind(high - oz, 0, 0, 1)
  ) {
    return false;
  }
  const slope = param(p, 0);
  const a = dx * dx + dy * dy;
  const square = ox * ox + oy * oy;
  const depth = square - slope * oz - param(p, 1);
  let start: f64 = 0;
  if (
    depth * depth <= tolerance * tolerance * (4 * square + slope * slope)
  ) {
    rootsFromSurface(a, ox * dx + oy * dy - 0.5 * slope * dz);
  } else {
    start = -(ox * dx + oy * dy + oz * dz);
    const x = ox + start * dx;
    const y = oy + start * dy;
    const z = oz + start * dz;
    const b = x * dx + y * dy - 0.5 * slope * dz;
    const c = x * x + y * y - slope * z - param(p, 1);
    if (!quadricRoots(a, b, c)) return false;
  }
  if (start + lowRoot > near) {
    near = start + lowRoot;
    nearAt = 0;
  }
  if (start + highRoot < far) {
    far = start + highRoot;
    farAt = 0;
  }
  if (!(near <= far) || near >= tMax || far <= tMin) return false;
  setNear(near, nearAt);
  setFar(far, farAt);
  return true;
}

export function paraboloidNormal(p: usize, face: i32, x: f64, y: f64): void {
  if (face == 0) setNormalAlong(2 * x, 2 * y, -param(p, 0), -1);
  else setNormal(0, 0, face == 1 ? -1 : 1);
}

export function paraboloidInside(p: usize, x: f64, y: f64, z: f64): bool {
  return z >= param(p, 2) && z <= param(p, 3)
    && x * x + y * y <= param(p, 0) * z + param(p, 1);
}
