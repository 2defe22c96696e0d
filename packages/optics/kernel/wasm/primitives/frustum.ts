// A cone along z between two planes; parameters: r at zLow, r at zHigh, zLow,
// zHigh, then the slope dr/dz and the z of the apex, or 0 where that is far
// away. Faces: 0 side, 1 zLow, 2 zHigh.

import { param } from '../generated/scene';
import { coneFar, coneNear, coneSpan, isAlongCone } from './cone-span';
import { quadricExit } from './quadratic';
import { cutBySide, slabExit, slabNormal, slabSpan } from './slab';
import { setNormalAlong } from './span';

// The distance at which a ray that is inside leaves; sets hitFace.
export function frustumExit(
  p: usize, ox: f64, oy: f64, oz: f64, dx: f64, dy: f64, dz: f64,
): f64 {
  const slope = param(p, 4);
  const radius = param(p, 0) + slope * (oz - param(p, 2));
  const opening = slope * dz;
  const a = dx * dx + dy * dy - opening * opening;
  const b = ox * dx + oy * dy - opening * radius;
  const c = ox * ox + oy * oy - radius * radius;
  // A ray that is inside and along the side does not meet it. [RAY17]
  const t = isAlongCone(a, b, radius, opening)
    ? Infinity
    : quadricExit(a, b, c, radius * radius);
  return slabExit(p, 2, oz, dz, t);
}

// The stretch of a ray in the frustum.
export function frustumSpan(
  p: usize, ox: f64, oy: f64, oz: f64, dx: f64, dy: f64, dz: f64,
  tMin: f64, tMax: f64,
): bool {
  const low = param(p, 2);
  const high = param(p, 3);
  if (!slabSpan(low, high, oz, dz, tMin, tMax)) return false;
  const slope = param(p, 4);
  const radius = param(p, 0) + slope * (oz - low);
  const met = coneSpan(
    ox, oy, oz, dx, dy, dz, radius, slope * dz, param(p, 5),
  );
  if (!met) return false;
  return cutBySide(coneNear, coneFar, tMin, tMax);
}

export function frustumNormal(
  p: usize, face: i32, x: f64, y: f64, z: f64,
): void {
  if (face == 0) {
    const slope = param(p, 4);
    const radius = param(p, 0) + slope * (z - param(p, 2));
    setNormalAlong(x, y, -slope * radius, slope > 0 ? -1 : 1);
  } else {
    slabNormal(face);
  }
}

export function frustumInside(p: usize, x: f64, y: f64, z: f64): bool {
  const low = param(p, 2);
  if (z < low || z > param(p, 3)) return false;
  const radius = param(p, 0) + param(p, 4) * (z - low);
  return x * x + y * y <= radius * radius;
}
