// What lies between two planes across z, zLow and zHigh, and within a side:
// faces 0 side, 1 zLow, 2 zHigh. All of a ray but its z is the side's matter.

import { param } from '../generated/scene';
import {
  farT, isBehind, nearT, PARALLEL, setFar, setHitFace, setNear, setNormal,
  snapped,
} from './span';

// The distance at which a ray that is inside leaves, by the side at `side` or
// by the plane ahead; sets hitFace. zLow is the parameter `low`, zHigh the next.
@inline export function slabExit(
  p: usize, low: i32, oz: f64, dz: f64, side: f64,
): f64 {
  let t = side;
  let face = 0;
  if (abs(dz) > PARALLEL) {
    const up = i32(dz > 0);
    const u = (param(p, low + up) - oz) / dz;
    if (u < t) {
      t = u;
      face = 1 + up;
    }
  }
  setHitFace(face);
  return t;
}

// Sets the stretch of a ray between the planes, which cutBySide makes that of
// the solid; false where there is none in the window.
@inline export function slabSpan(
  low: f64, high: f64, oz: f64, dz: f64, tMin: f64, tMax: f64,
): bool {
  if (abs(dz) > PARALLEL) {
    const inverse = 1 / dz;
    const t0 = snapped(low - oz) * inverse;
    const t1 = snapped(high - oz) * inverse;
    const near = min(t0, t1);
    const far = max(t0, t1);
    if (near >= tMax || far <= tMin) return false;
    const up = i32(dz > 0);
    setNear(near, 2 - up);
    setFar(far, 1 + up);
    return true;
  }
  setNear(-Infinity, 1);
  setFar(Infinity, 2);
  return isBehind(oz - low, 0, 0, -1) && isBehind(high - oz, 0, 0, 1);
}

// Cuts the stretch to what is within the side, which the ray enters at `from`
// and leaves at `to`; false where nothing is left of it in the window.
@inline export function cutBySide(
  from: f64, to: f64, tMin: f64, tMax: f64,
): bool {
  if (from > nearT) setNear(from, 0);
  if (to < farT) setFar(to, 0);
  return nearT <= farT && nearT < tMax && farT > tMin;
}

// The outward normal of one of the planes.
@inline export function slabNormal(face: i32): void {
  setNormal(0, 0, face == 1 ? -1 : 1);
}
