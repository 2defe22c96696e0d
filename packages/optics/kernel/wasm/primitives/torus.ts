// A torus about z; parameters: rtor, r. One face. Not convex: a ray may cut it
// in two stretches.

import { param } from '../generated/scene';
import { quarticRoot, quarticRoots, quarticRootsBeside } from './quartic';
import {
  PARALLEL, setFar, setNear, setNormalAlong, setSecond,
  tolerance,
} from './span';

// The stretches of a ray in the torus: how many. With s = x² + y² + z² +
// rtor² - r² the torus is s² = 4 rtor² (x² + y²), a quartic along the ray.
export function torusSpans(
  p: usize, ox: f64, oy: f64, oz: f64, dx: f64, dy: f64, dz: f64,
  tMin: f64, tMax: f64,
): i32 {
  // In units of the outer radius, from the point of closest approach to the
  // centre: all coefficients are of order one.
  const size = param(p, 0) + param(p, 1);
  const unit = 1 / size;
  const start = -(ox * dx + oy * dy + oz * dz);
  const x = (ox + start * dx) * unit;
  const y = (oy + start * dy) * unit;
  const z = (oz + start * dz) * unit;
  const ring = param(p, 0) * unit;
  const tube = param(p, 1) * unit;
  const square = x * x + y * y + z * z;
  if (square >= 1) return 0;
  const reach = sqrt(1 - square);
  // Between the planes that the torus touches.
  let low = -reach;
  let high = reach;
  if (abs(dz) > PARALLEL) {
    const t0 = (-tube - z) / dz;
    const t1 = (tube - z) / dz;
    low = max(low, min(t0, t1));
    high = min(high, max(t0, t1));
    if (low >= high) return 0;
  } else if (abs(z) >= tube) {
    return 0;
  }
  if (start + high * size <= tMin || start + low * size >= tMax) return 0;
  // With d a unit vector at right angles to (x, y, z): s = t² + k.
  const k = square + ring * ring - tube * tube;
  const four = 4 * ring * ring;
  const c2 = 2 * k - four * (dx * dx + dy * dy);
  const c1 = -2 * four * (x * dx + y * dy);
  // Beyond its bounds the ray is outside; a margin lets a root at a bound be.
  low -= 1e-3;
  high += 1e-3;
  const rho = sqrt(ox * ox + oy * oy) - param(p, 0);
  const depth = sqrt(rho * rho + oz * oz) - param(p, 1);
  const isOnSurface = abs(depth) <= tolerance;
  const known = isOnSurface ? -start * unit : -Infinity;
  const count = isOnSurface
    ? quarticRootsBeside(known, c2, c1, low, high)
    : quarticRoots(c2, c1, k * k - four * (x * x + y * y), low, high);
  if (count < 2) return 0;
  const t0 = polished(quarticRoot(0), known, x, y, z, dx, dy, dz, ring, tube);
  const t1 = polished(quarticRoot(1), known, x, y, z, dx, dy, dz, ring, tube);
  setNear(start + min(t0, t1) * size, 0);
  setFar(start + max(t0, t1) * size, 0);
  if (count < 4) return 1;
  const t2 = polished(quarticRoot(2), known, x, y, z, dx, dy, dz, ring, tube);
  const t3 = polished(quarticRoot(3), known, x, y, z, dx, dy, dz, ring, tube);
  setSecond(start + min(t2, t3) * size, 0, start + max(t2, t3) * size, 0);
  return 2;
}

// A root after a step of Newton's method on (rho - ring)² + z² = tube²: the
// quartic is that times a factor which may be small, and then less exact. Not
// at the known root, nor beside it, where the ray grazes the surface.
function polished(
  t: f64, known: f64, x: f64, y: f64, z: f64, dx: f64, dy: f64, dz: f64,
  ring: f64, tube: f64,
): f64 {
  if (abs(t - known) < 1e-3) return t;
  const u = x + t * dx;
  const v = y + t * dy;
  const w = z + t * dz;
  const rho = sqrt(u * u + v * v);
  const away = rho - ring;
  const slope = 2 * (away * (u * dx + v * dy) / rho + w * dz);
  const step = (away * away + w * w - tube * tube) / slope;
  return abs(step) < 1e-6 ? t - step : t;
}

export function torusNormal(p: usize, x: f64, y: f64, z: f64): void {
  const rho = sqrt(x * x + y * y);
  const scale = rho > 0 ? 1 - param(p, 0) / rho : 0;
  setNormalAlong(x * scale, y * scale, z);
}

export function torusInside(p: usize, x: f64, y: f64, z: f64): bool {
  const r = param(p, 1);
  const away = sqrt(x * x + y * y) - param(p, 0);
  return away * away + z * z <= r * r;
}
