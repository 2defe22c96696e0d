// A double cone x² + y² <= r² with r = rho + slope (z - z0) along a ray: the
// stretch of the ray in the cone of positive radius.

import {
  highRoot, lowRoot, quadricRoots, rootsFromSurface,
} from './quadratic';
import { isBehind, PARALLEL, tolerance } from './span';

export let coneNear: f64 = 0;
export let coneFar: f64 = 0;

// What no solid's tolerance is below, mm.
const LEAST: f64 = 1e-9;

// Whether a ray from a point of the cone goes along it, on a generator: depth
// (c + 2 b t + a t²) / 2 r with r + t opening for r, and so at most b / opening,
// or b t / r, away from it. [RAY17]
@inline export function isAlongCone(
  a: f64, b: f64, radius: f64, opening: f64,
): bool {
  return abs(a) <= PARALLEL
    && abs(b) <= LEAST * abs(opening) + PARALLEL * abs(radius);
}

// A ray on a generator is in the cone, from the apex on, or not at all: on one
// side as along a plane. Its scales of x and y make the cone round. [RAY17]
function generatorSpan(
  ox: f64, oy: f64, dx: f64, dy: f64, dz: f64,
  radius: f64, opening: f64, scaleX: f64, scaleY: f64,
): bool {
  // The outward normal (x, y, -r dr/dz), from any point but the apex.
  let sign = radius < 0 ? -1.0 : 1.0;
  let x = ox;
  let y = oy;
  let r = radius;
  if (ox * ox + oy * oy <= tolerance * tolerance) {
    sign = opening < 0 ? -1.0 : 1.0;
    x = dx;
    y = dy;
    r = opening;
  }
  if (!isBehind(
    0, sign * scaleX * x, sign * scaleY * y, -sign * r * opening / dz,
  )) return false;
  coneNear = opening > 0 ? -radius / opening : -Infinity;
  coneFar = opening < 0 ? -radius / opening : Infinity;
  return true;
}

// Radius `radius` at the ray's origin; `opening` is its change along the ray;
// (0, 0, center) is the apex, or any point in the solid where that is far away.
// Where a > 0 the ray crosses one of the two cones (the caller's limits in z say
// which); where a < 0 it is in each of them from the apex on. The scales are
// those of the frame in which the cone is round.
export function coneSpan(
  ox: f64, oy: f64, oz: f64, dx: f64, dy: f64, dz: f64,
  radius: f64, opening: f64, center: f64, scaleX: f64 = 1, scaleY: f64 = 1,
): bool {
  const a = dx * dx + dy * dy - opening * opening;
  const square = ox * ox + oy * oy;
  const depth = square - radius * radius;
  let start: f64 = 0;
  let met = true;
  if (depth * depth <= 4 * tolerance * tolerance * square) {
    const b = ox * dx + oy * dy - opening * radius;
    if (isAlongCone(a, b, radius, opening)) {
      return generatorSpan(
        ox, oy, dx, dy, dz, radius, opening, scaleX, scaleY,
      );
    }
    rootsFromSurface(a, b);
  } else {
    // From the point of closest approach to the center: well conditioned also
    // for a ray from far away, and near the apex.
    start = -(ox * dx + oy * dy + (oz - center) * dz);
    const x = ox + start * dx;
    const y = oy + start * dy;
    const r = radius + start * opening;
    const b = x * dx + y * dy - opening * r;
    met = quadricRoots(a, b, x * x + y * y - r * r);
    // Without a root, but for rounding, the ray passes through the apex.
    if (!met && a < 0) {
      start -= b / a;
      rootsFromSurface(a, 0);
      met = true;
    }
  }
  coneNear = -Infinity;
  coneFar = Infinity;
  if (a > 0) {
    coneNear = start + lowRoot;
    coneFar = start + highRoot;
    return met;
  }
  if (!met) return false;
  if (a == 0) {
    // Along a generator only one root is finite.
    if (highRoot == Infinity) coneNear = start + lowRoot;
    else coneFar = start + highRoot;
  } else if (opening > 0) {
    coneNear = start + highRoot;
  } else {
    coneFar = start + lowRoot;
  }
  return true;
}
