// An ellipsoid about the origin between two z planes; parameters: semi-axes
// x, y, z, zLow, zHigh, then 1/x², 1/y², 1/z² of the semi-axes.
// Faces: 0 ellipsoid, 1 zLow, 2 zHigh.

import { param } from '../generated/scene';
import { quadricExit } from './quadratic';
import { cutBySide, slabExit, slabNormal, slabSpan } from './slab';
import { setNormalAlong, tolerance } from './span';

// The distance at which a ray that is inside leaves; sets hitFace.
export function ellipsoidExit(
  p: usize, ox: f64, oy: f64, oz: f64, dx: f64, dy: f64, dz: f64,
): f64 {
  const wx = param(p, 5);
  const wy = param(p, 6);
  const wz = param(p, 7);
  const a = dx * dx * wx + dy * dy * wy + dz * dz * wz;
  const b = ox * dx * wx + oy * dy * wy + oz * dz * wz;
  const c = ox * ox * wx + oy * oy * wy + oz * oz * wz - 1;
  const t = quadricExit(a, b, c, 1);
  return slabExit(p, 3, oz, dz, t);
}

// The stretch of a ray in the ellipsoid.
export function ellipsoidSpan(
  p: usize, ox: f64, oy: f64, oz: f64, dx: f64, dy: f64, dz: f64,
  tMin: f64, tMax: f64,
): bool {
  const wx = param(p, 5);
  const wy = param(p, 6);
  const wz = param(p, 7);
  // From the point of closest approach, in the space where it is a sphere.
  const a = dx * dx * wx + dy * dy * wy + dz * dz * wz;
  const inverse = 1 / a;
  const middle = -(ox * dx * wx + oy * dy * wy + oz * dz * wz) * inverse;
  const x = ox + middle * dx;
  const y = oy + middle * dy;
  const z = oz + middle * dz;
  const disc = 1 - x * x * wx - y * y * wy - z * z * wz;
  let half = abs(middle);
  const size = max(param(p, 0), max(param(p, 1), param(p, 2)));
  if (abs(a * middle * middle - disc) * size > 2 * tolerance) {
    if (!(disc > 0)) return false;
    half = sqrt(disc * inverse);
  }
  const near = middle - half;
  const far = middle + half;
  if (near > far || near >= tMax || far <= tMin) return false;
  if (!slabSpan(param(p, 3), param(p, 4), oz, dz, tMin, tMax)) return false;
  return cutBySide(near, far, tMin, tMax);
}

export function ellipsoidNormal(
  p: usize, face: i32, x: f64, y: f64, z: f64,
): void {
  if (face == 0) {
    setNormalAlong(
      x * param(p, 5), y * param(p, 6), z * param(p, 7),
    );
  } else {
    slabNormal(face);
  }
}

export function ellipsoidInside(p: usize, x: f64, y: f64, z: f64): bool {
  return z >= param(p, 3) && z <= param(p, 4)
    && x * x * param(p, 5) + y * y * param(p, 6)
      + z * z * param(p, 7) <= 1;
}
