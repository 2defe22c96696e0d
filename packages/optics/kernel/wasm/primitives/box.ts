// A box about the origin; parameters: half lengths x, y, z.
// Faces: 0 -x, 1 +x, 2 -y, 3 +y, 4 -z, 5 +z.

import { param } from '../generated/scene';
import {
  isBehind, PARALLEL, setFar, setHitFace, setNear, setNormal, snapped,
} from './span';

// The distance at which a ray that is inside leaves; sets hitFace.
export function boxExit(
  p: usize, ox: f64, oy: f64, oz: f64, dx: f64, dy: f64, dz: f64,
): f64 {
  let t = Infinity;
  let face = 0;
  if (abs(dx) > PARALLEL) {
    t = (copysign(param(p, 0), dx) - ox) / dx;
    face = i32(dx > 0);
  }
  if (abs(dy) > PARALLEL) {
    const u = (copysign(param(p, 1), dy) - oy) / dy;
    if (u < t) {
      t = u;
      face = 2 + i32(dy > 0);
    }
  }
  if (abs(dz) > PARALLEL) {
    const u = (copysign(param(p, 2), dz) - oz) / dz;
    if (u < t) {
      t = u;
      face = 4 + i32(dz > 0);
    }
  }
  setHitFace(face);
  return t;
}

// The stretch of a ray in the box.
export function boxSpan(
  p: usize, ox: f64, oy: f64, oz: f64, dx: f64, dy: f64, dz: f64,
  tMin: f64, tMax: f64,
): bool {
  const hx = param(p, 0);
  const hy = param(p, 1);
  const hz = param(p, 2);
  let near = -Infinity;
  let far = Infinity;
  let nearAt = 0;
  let farAt = 0;
  if (abs(dx) > PARALLEL) {
    const inverse = 1 / dx;
    const side = copysign(hx, dx);
    near = snapped(-side - ox) * inverse;
    far = snapped(side - ox) * inverse;
    farAt = i32(dx > 0);
    nearAt = 1 - farAt;
    if (near >= tMax || far <= tMin) return false;
  } else if (
    !isBehind(hx - ox, 1, 0, 0) || !isBehind(hx + ox, -1, 0, 0)
  ) {
    return false;
  }
  if (abs(dy) > PARALLEL) {
    const inverse = 1 / dy;
    const side = copysign(hy, dy);
    const t0 = snapped(-side - oy) * inverse;
    const t1 = snapped(side - oy) * inverse;
    const up = i32(dy > 0);
    if (t0 > near) {
      near = t0;
      nearAt = 3 - up;
    }
    if (t1 < far) {
      far = t1;
      farAt = 2 + up;
    }
    if (near > far || near >= tMax || far <= tMin) return false;
  } else if (
    !isBehind(hy - oy, 0, 1, 0) || !isBehind(hy + oy, 0, -1, 0)
  ) {
    return false;
  }
  if (abs(dz) > PARALLEL) {
    const inverse = 1 / dz;
    const side = copysign(hz, dz);
    const t0 = snapped(-side - oz) * inverse;
    const t1 = snapped(side - oz) * inverse;
    const up = i32(dz > 0);
    if (t0 > near) {
      near = t0;
      nearAt = 5 - up;
    }
    if (t1 < far) {
      far = t1;
      farAt = 4 + up;
    }
    if (near > far || near >= tMax || far <= tMin) return false;
  } else if (
    !isBehind(hz - oz, 0, 0, 1) || !isBehind(hz + oz, 0, 0, -1)
  ) {
    return false;
  }
  setNear(near, nearAt);
  setFar(far, farAt);
  return true;
}

export function boxNormal(face: i32): void {
  const sign: f64 = face & 1 ? 1 : -1;
  const axis = face >> 1;
  setNormal(
    axis == 0 ? sign : 0, axis == 1 ? sign : 0, axis == 2 ? sign : 0,
  );
}

export function boxInside(p: usize, x: f64, y: f64, z: f64): bool {
  return abs(x) <= param(p, 0) && abs(y) <= param(p, 1)
    && abs(z) <= param(p, 2);
}
