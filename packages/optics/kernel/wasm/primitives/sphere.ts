// A sphere about the origin; parameter: radius. One face.

import { param } from '../generated/scene';
import { quadricExit } from './quadratic';
import {
  setFar, setHitFace, setNear, setNormalAlong, tolerance,
} from './span';

// The distance at which a ray that is inside leaves; sets hitFace.
export function sphereExit(
  p: usize, ox: f64, oy: f64, oz: f64, dx: f64, dy: f64, dz: f64,
): f64 {
  const square = param(p, 0) * param(p, 0);
  const b = ox * dx + oy * dy + oz * dz;
  const c = ox * ox + oy * oy + oz * oz - square;
  setHitFace(0);
  const disc = b * b - c;
  if (c < 0) return sqrt(disc) - b;
  return quadricExit(1, b, c, square);
}

// The stretch of a ray in the sphere, from the point of closest approach:
// exact also for a ray from far away (Haines et al., "Precision Improvements
// for Ray/Sphere Intersection", Ray Tracing Gems, 2019, ch. 7).
export function sphereSpan(
  p: usize, ox: f64, oy: f64, oz: f64, dx: f64, dy: f64, dz: f64,
  tMin: f64, tMax: f64,
): bool {
  const r = param(p, 0);
  const b = ox * dx + oy * dy + oz * dz;
  const x = ox - b * dx;
  const y = oy - b * dy;
  const z = oz - b * dz;
  const disc = r * r - x * x - y * y - z * z;
  let half = abs(b);
  if (abs(b * b - disc) > 2 * r * tolerance) {
    if (!(disc > 0)) return false;
    half = sqrt(disc);
  }
  const near = -b - half;
  const far = half - b;
  if (near > far || near >= tMax || far <= tMin) return false;
  setNear(near, 0);
  setFar(far, 0);
  return true;
}

export function sphereNormal(x: f64, y: f64, z: f64): void {
  setNormalAlong(x, y, z);
}

export function sphereInside(p: usize, x: f64, y: f64, z: f64): bool {
  return x * x + y * y + z * z <= param(p, 0) * param(p, 0);
}
