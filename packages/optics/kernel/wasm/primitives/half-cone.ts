// The infinite cone about +z with its apex at the origin; parameter: tan of the
// half angle. One face.

import { param } from '../generated/scene';
import { coneFar, coneNear, coneSpan } from './cone-span';
import { setFar, setNear, setNormalAlong } from './span';

// The stretch of a ray in the cone; it may be infinite.
export function halfConeSpan(
  p: usize, ox: f64, oy: f64, oz: f64, dx: f64, dy: f64, dz: f64,
  tMin: f64, tMax: f64,
): bool {
  const slope = param(p, 0);
  const met = coneSpan(
    ox, oy, oz, dx, dy, dz, slope * oz, slope * dz, 0,
  );
  if (!met) return false;
  const near = coneNear;
  const far = coneFar;
  // The other of the two cones.
  if (near > -Infinity && far < Infinity && oz + 0.5 * (near + far) * dz <= 0) {
    return false;
  }
  if (!(near <= far) || near >= tMax || far <= tMin) return false;
  setNear(near, 0);
  setFar(far, 0);
  return true;
}

export function halfConeNormal(p: usize, x: f64, y: f64, z: f64): void {
  const slope = param(p, 0);
  setNormalAlong(x, y, -slope * slope * z, -1);
}

export function halfConeInside(p: usize, x: f64, y: f64, z: f64): bool {
  const radius = param(p, 0) * z;
  return z >= 0 && x * x + y * y <= radius * radius;
}
