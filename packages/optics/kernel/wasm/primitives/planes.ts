// A convex polyhedron, or one or more half-spaces; parameters: for each of the
// `count` planes its unit normal n and c, meaning n·x <= c inside.
// Faces: the number of the plane.

import { param } from '../generated/scene';
import {
  isBehind, PARALLEL, setFar, setHitFace, setNear, setNormal, snapped,
} from './span';

// Bytes of a plane.
const PLANE: usize = 32;

// The distance at which a ray that is inside leaves; sets hitFace.
export function planesExit(
  p: usize, count: i32,
  ox: f64, oy: f64, oz: f64, dx: f64, dy: f64, dz: f64,
): f64 {
  let t = Infinity;
  let face = 0;
  for (let i = 0, q = p; i < count; i++, q += PLANE) {
    const nx = param(q, 0);
    const ny = param(q, 1);
    const nz = param(q, 2);
    const rate = nx * dx + ny * dy + nz * dz;
    if (rate > PARALLEL) {
      const depth = param(q, 3) - (nx * ox + ny * oy + nz * oz);
      if (depth < t * rate) {
        t = depth / rate;
        face = i;
      }
    }
  }
  setHitFace(face);
  return t;
}

// The stretch of a ray in the polyhedron.
export function planesSpan(
  p: usize, count: i32,
  ox: f64, oy: f64, oz: f64, dx: f64, dy: f64, dz: f64,
  tMin: f64, tMax: f64,
): bool {
  let near = -Infinity;
  let far = Infinity;
  let nearAt = 0;
  let farAt = 0;
  for (let i = 0, q = p; i < count; i++, q += PLANE) {
    const nx = param(q, 0);
    const ny = param(q, 1);
    const nz = param(q, 2);
    const rate = nx * dx + ny * dy + nz * dz;
    const depth = snapped(param(q, 3) - (nx * ox + ny * oy + nz * oz));
    if (rate > PARALLEL) {
      if (depth < far * rate) {
        far = depth / rate;
        farAt = i;
      }
    } else if (rate < -PARALLEL) {
      if (depth < near * rate) {
        near = depth / rate;
        nearAt = i;
      }
    } else if (!isBehind(depth, nx, ny, nz)) {
      return false;
    }
    if (near > far || near >= tMax || far <= tMin) return false;
  }
  setNear(near, nearAt);
  setFar(far, farAt);
  return true;
}

export function planesNormal(p: usize, face: i32): void {
  const q = p + <usize>face * PLANE;
  setNormal(param(q, 0), param(q, 1), param(q, 2));
}

export function planesInside(
  p: usize, count: i32, x: f64, y: f64, z: f64,
): bool {
  for (let i = 0, q = p; i < count; i++, q += PLANE) {
    const along = param(q, 0) * x + param(q, 1) * y + param(q, 2) * z;
    if (along > param(q, 3)) return false;
  }
  return true;
}
