// A cone along z between two planes; parameters: r at zLow, r at zHigh, zLow,
// zHigh, then the slope dr/dz and the z of the apex, or 0 where that is far
// away. Faces: 0 side, 1 zLow, 2 zHigh.

import { param } from '../generated/scene';
import { coneFar, coneNear, coneSpan, isAlongCone } from './cone-span';
import { quadricExit } from './quadratic';
import {
  isBehind, PARALLEL, setFar, setHitFace, setNear, setNormal, setNormalAlong,
  snapped,
} from './span';

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
  let t = isAlongCone(a, b, radius, opening)
    ? Infinity
    : quadricExit(a, b, c, radius * radius);
  let face = 0;
  if (abs(dz) > PARALLEL) {
    const up = i32(dz > 0);
    const u = (param(p, 2 + up) - oz) / dz;
    if (u < t) {
      t = u;
      face = 1 + up;
    }
  }
  setHitFace(face);
  return t;
}

// The stretch of a ray in the frustum.
export function frustumSpan(
  p: usize, ox: f64, oy: f64, oz: f64, dx: f64, dy: f64, dz: f64,
  tMin: f64, tMax: f64,
): bool {
  const low = param(p, 2);
  const high = param(p, 3);
  let near = -Infinity;
  let far = Infinity;
  let nearAt = 1;
  let farAt = 2;
  if (abs(dz) > PARALLEL) {
    const inverse = 1 / dz;
    const t0 = snapped(low - oz) * inverse;
    const t1 = snapped(high - oz) * inverse;
    near = min(t0, t1);
    far = max(t0, t1);
    nearAt = dz > 0 ? 1 : 2;
    farAt = 3 - nearAt;
    if (near >= tMax || far <= tMin) return false;
  } else if (
    !isBehind(oz - low, 0, 0, -1) || !isBehind(high - oz, 0, 0, 1)
  ) {
    return false;
  }
  const slope = param(p, 4);
  const radius = param(p, 0) + slope * (oz - low);
  const met = coneSpan(
    ox, oy, oz, dx, dy, dz, radius, slope * dz, param(p, 5),
  );
  if (!met) return false;
  if (coneNear > near) {
    near = coneNear;
    nearAt = 0;
  }
  if (coneFar < far) {
    far = coneFar;
    farAt = 0;
  }
  if (!(near <= far) || near >= tMax || far <= tMin) return false;
  setNear(near, nearAt);
  setFar(far, farAt);
  return true;
}

export function frustumNormal(
  p: usize, face: i32, x: f64, y: f64, z: f64,
): void {
  if (face == 0) {
    const slope = param(p, 4);
    const radius = param(p, 0) + slope * (z - param(p, 2));
    setNormalAlong(x, y, -slope * radius, slope > 0 ? -1 : 1);
  } else {
    setNormal(0, 0, face == 1 ? -1 : 1);
  }
}

export function frustumInside(p: usize, x: f64, y: f64, z: f64): bool {
  const low = param(p, 2);
  if (z < low || z > param(p, 3)) return false;
  const radius = param(p, 0) + param(p, 4) * (z - low);
  return x * x + y * y <= radius * radius;
}
