// An elliptic cylinder along z; parameters: semi-axes x, y, zLow, zHigh, then
// 1/x² and 1/y² of the semi-axes. Faces: 0 side, 1 zLow, 2 zHigh.

import { param } from '../generated/scene';
import { quadricExit } from './quadratic';
import { cutBySide, slabExit, slabNormal, slabSpan } from './slab';
import { isBehind, PARALLEL, setNormalAlong, tolerance } from './span';

// Of a square: a ray along the axis does not meet the side. [RAY13]
const ALONG: f64 = PARALLEL * PARALLEL;

// The distance at which a ray that is inside leaves; sets hitFace.
export function cylinderExit(
  p: usize, ox: f64, oy: f64, oz: f64, dx: f64, dy: f64, dz: f64,
): f64 {
  const wx = param(p, 4);
  const wy = param(p, 5);
  const a = dx * dx * wx + dy * dy * wy;
  const b = ox * dx * wx + oy * dy * wy;
  const c = ox * ox * wx + oy * oy * wy - 1;
  const t = a > ALONG * wx ? quadricExit(a, b, c, 1) : Infinity;
  return slabExit(p, 2, oz, dz, t);
}

// The stretch of a ray in the cylinder.
export function cylinderSpan(
  p: usize, ox: f64, oy: f64, oz: f64, dx: f64, dy: f64, dz: f64,
  tMin: f64, tMax: f64,
): bool {
  if (!slabSpan(param(p, 2), param(p, 3), oz, dz, tMin, tMax)) return false;
  const wx = param(p, 4);
  const wy = param(p, 5);
  const a = dx * dx * wx + dy * dy * wy;
  if (a > ALONG * wx) {
    // From the point of closest approach to the axis.
    const inverse = 1 / a;
    const middle = -(ox * dx * wx + oy * dy * wy) * inverse;
    const x = ox + middle * dx;
    const y = oy + middle * dy;
    const disc = 1 - x * x * wx - y * y * wy;
    let half = abs(middle);
    const size = max(param(p, 0), param(p, 1));
    if (abs(a * middle * middle - disc) * size > 2 * tolerance) {
      if (!(disc > 0)) return false;
      half = sqrt(disc * inverse);
    }
    return cutBySide(middle - half, middle + half, tMin, tMax);
  }
  return isWithin(ox, oy, wx, wy);
}

// Whether a ray along the axis is in the cylinder.
function isWithin(ox: f64, oy: f64, wx: f64, wy: f64): bool {
  const x = ox * wx;
  const y = oy * wy;
  // How deep below the surface, near it, from the gradient of x² wx + y² wy.
  const depth = 0.5 * (1 - ox * x - oy * y) / sqrt(x * x + y * y);
  return isBehind(depth, x, y, 0);
}

export function cylinderNormal(p: usize, face: i32, x: f64, y: f64): void {
  if (face == 0) setNormalAlong(x * param(p, 4), y * param(p, 5), 0);
  else slabNormal(face);
}

export function cylinderInside(p: usize, x: f64, y: f64, z: f64): bool {
  return z >= param(p, 2) && z <= param(p, 3)
    && x * x * param(p, 4) + y * y * param(p, 5) <= 1;
}
