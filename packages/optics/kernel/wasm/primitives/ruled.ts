// What is behind a ruled surface, whose cuts at constant z are straight lines:
// k1 + kx x + ky y + kz z + kxz xz + kyz yz + kzz z² <= 0. Parameters: these
// seven. One face; not convex: a ray may cut it in two stretches, which may be
// infinite.

import { param } from '../generated/scene';
import {
  highRoot, lowRoot, quadricRoots, rootsFromSurface,
} from './quadratic';
import {
  isBehind, setFar, setNear, setNormalAlong, setSecond, tolerance,
} from './span';

// What rounding makes of a direction along one of the lines.
const ALONG: f64 = 1e-15;

// Its gradient at the last point asked for.
let gx: f64 = 0;
let gy: f64 = 0;
let gz: f64 = 0;

// The value at a point; sets the gradient.
@inline function valueAt(p: usize, x: f64, y: f64, z: f64): f64 {
  gx = param(p, 1) + param(p, 4) * z;
  gy = param(p, 2) + param(p, 5) * z;
  const along = param(p, 3) + param(p, 6) * z;
  gz = along + param(p, 4) * x + param(p, 5) * y + param(p, 6) * z;
  return param(p, 0) + gx * x + gy * y + along * z;
}

// The stretches of a ray behind the surface: how many.
export function ruledSpans(
  p: usize, ox: f64, oy: f64, oz: f64, dx: f64, dy: f64, dz: f64,
): i32 {
  const a = dz * (
    param(p, 4) * dx + param(p, 5) * dy + param(p, 6) * dz
  );
  const depth = valueAt(p, ox, oy, oz);
  const square = gx * gx + gy * gy + gz * gz;
  let start: f64 = 0;
  let b: f64 = 0;
  let c: f64 = 0;
  let met = true;
  if (depth * depth <= tolerance * tolerance * square) {
    b = 0.5 * (gx * dx + gy * dy + gz * dz);
    const size = sqrt(square);
    // Along one of its lines, but for rounding.
    if (abs(b) < ALONG * size && abs(a) < ALONG * size) {
      const scale = 1 / size;
      if (!isBehind(0, gx * scale, gy * scale, gz * scale)) return 0;
      setNear(-Infinity, 0);
      setFar(Infinity, 0);
      return 1;
    }
    rootsFromSurface(a, b);
  } else {
    start = -(ox * dx + oy * dy + oz * dz);
    c = valueAt(p, ox + start * dx, oy + start * dy, oz + start * dz);
    b = 0.5 * (gx * dx + gy * dy + gz * dz);
    met = quadricRoots(a, b, c);
  }
  setNear(-Infinity, 0);
  setFar(Infinity, 0);
  // No root: all of the ray behind it or none.
  if (!met) return i32(c <= 0);
  const first = start + lowRoot;
  const last = start + highRoot;
  if (a > 0) {
    setNear(first, 0);
    setFar(last, 0);
    return 1;
  }
  if (a == 0) {
    // Only one root is finite.
    if (b > 0) setFar(first == -Infinity ? last : first, 0);
    else setNear(last == Infinity ? first : last, 0);
    return 1;
  }
  // In front of it between the roots.
  setFar(first, 0);
  setSecond(last, 0, Infinity, 0);
  return 2;
}

export function ruledNormal(p: usize, x: f64, y: f64, z: f64): void {
  valueAt(p, x, y, z);
  setNormalAlong(gx, gy, gz);
}

export function ruledInside(p: usize, x: f64, y: f64, z: f64): bool {
  return valueAt(p, x, y, z) <= 0;
}
