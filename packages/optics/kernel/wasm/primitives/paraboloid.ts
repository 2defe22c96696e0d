// A paraboloid x² + y² <= slope z + square between two planes; parameters: slope,
// square, zLow, zHigh. Faces: 0 side, 1 zLow, 2 zHigh.

import { param } from '../generated/scene';
import {
  highRoot, lowRoot, quadricRoots, rootsFromSurface,
} from './quadratic';
import { cutBySide, slabNormal, slabSpan } from './slab';
import { setNormalAlong, tolerance } from './span';

// The stretch of a ray in the paraboloid.
export function paraboloidSpan(
  p: usize, ox: f64, oy: f64, oz: f64, dx: f64, dy: f64, dz: f64,
  tMin: f64, tMax: f64,
): bool {
  if (!slabSpan(param(p, 2), param(p, 3), oz, dz, tMin, tMax)) return false;
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
  return cutBySide(start + lowRoot, start + highRoot, tMin, tMax);
}

export function paraboloidNormal(p: usize, face: i32, x: f64, y: f64): void {
  if (face == 0) setNormalAlong(2 * x, 2 * y, -param(p, 0), -1);
  else slabNormal(face);
}

export function paraboloidInside(p: usize, x: f64, y: f64, z: f64): bool {
  return z >= param(p, 2) && z <= param(p, 3)
    && x * x + y * y <= param(p, 0) * z + param(p, 1);
}
