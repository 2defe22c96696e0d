// An elliptic cone along z up to its apex, between two planes; parameters: the
// scales of x and y that make it round, the slope it has then, the z of its apex,
// zLow, zHigh. Faces: 0 side, 1 zLow, 2 zHigh.

import { param } from '../generated/scene';
import { coneFar, coneNear, coneSpan } from './cone-span';
import { cutBySide, slabNormal, slabSpan } from './slab';
import { setNormalAlong } from './span';

// The stretch of a ray in the cone.
export function ellipticConeSpan(
  p: usize, ox: f64, oy: f64, oz: f64, dx: f64, dy: f64, dz: f64,
  tMin: f64, tMax: f64,
): bool {
  if (!slabSpan(param(p, 4), param(p, 5), oz, dz, tMin, tMax)) return false;
  // In the frame where the cone is round lengths along the ray are `scale` times
  // as long.
  const ux = dx * param(p, 0);
  const uy = dy * param(p, 1);
  const slope = param(p, 2);
  const apex = param(p, 3);
  const scale = sqrt(ux * ux + uy * uy + dz * dz);
  const inverse = 1 / scale;
  const met = coneSpan(
    ox * param(p, 0), oy * param(p, 1), oz,
    ux * inverse, uy * inverse, dz * inverse,
    slope * (apex - oz), -slope * dz * inverse, apex, param(p, 0), param(p, 1),
  );
  if (!met) return false;
  return cutBySide(coneNear * inverse, coneFar * inverse, tMin, tMax);
}

export function ellipticConeNormal(
  p: usize, face: i32, x: f64, y: f64, z: f64,
): void {
  if (face != 0) {
    slabNormal(face);
    return;
  }
  const sx = param(p, 0);
  const sy = param(p, 1);
  const slope = param(p, 2);
  const height = param(p, 3) - z;
  setNormalAlong(sx * sx * x, sy * sy * y, slope * slope * height, 1);
}

export function ellipticConeInside(p: usize, x: f64, y: f64, z: f64): bool {
  if (z < param(p, 4) || z > param(p, 5)) return false;
  const u = x * param(p, 0);
  const v = y * param(p, 1);
  const radius = param(p, 2) * (param(p, 3) - z);
  return u * u + v * v <= radius * radius;
}
