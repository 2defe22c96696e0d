// Boxes along the axes that let a solid's program leave out what a ray or a
// point is far from. They are wider than all rounding (compile-solid-program.ts).
// A box is six numbers of `param`: min x, y, z, max x, y, z.

import { reciprocal } from './box-numbers';
import { param, paramBase } from './generated/scene';

// The ray that is tested: its origin, the inverse of its direction, and which
// side of a box it meets first along each axis.
let startX: f64 = 0;
let startY: f64 = 0;
let startZ: f64 = 0;
let inverseX: f64 = 0;
let inverseY: f64 = 0;
let inverseZ: f64 = 0;
let nearX: i32 = 0;
let nearY: i32 = 1;
let nearZ: i32 = 2;

export function aimAtBoxes(
  ox: f64, oy: f64, oz: f64, dx: f64, dy: f64, dz: f64,
): void {
  startX = ox;
  startY = oy;
  startZ = oz;
  inverseX = reciprocal(dx);
  inverseY = reciprocal(dy);
  inverseZ = reciprocal(dz);
  nearX = inverseX > 0 ? 0 : 3;
  nearY = inverseY > 0 ? 1 : 4;
  nearZ = inverseZ > 0 ? 2 : 5;
}

// Where the numbers of a box begin.
@inline function boxAt(box: i32): usize {
  return paramBase + (<usize>box << 3);
}

// Whether the ray is in the box nowhere in [tMin, tMax].
export function missesBox(box: i32, tMin: f64, tMax: f64): bool {
  const b = boxAt(box);
  const x0 = (param(b, nearX) - startX) * inverseX;
  const x1 = (param(b, 3 - nearX) - startX) * inverseX;
  const y0 = (param(b, nearY) - startY) * inverseY;
  const y1 = (param(b, 5 - nearY) - startY) * inverseY;
  const z0 = (param(b, nearZ) - startZ) * inverseZ;
  const z1 = (param(b, 7 - nearZ) - startZ) * inverseZ;
  let enter = x0 > y0 ? x0 : y0;
  enter = z0 > enter ? z0 : enter;
  enter = tMin > enter ? tMin : enter;
  let leave = x1 < y1 ? x1 : y1;
  leave = z1 < leave ? z1 : leave;
  leave = tMax < leave ? tMax : leave;
  return enter > leave;
}

export function isBeyondBox(box: i32, x: f64, y: f64, z: f64): bool {
  const b = boxAt(box);
  return x < param(b, 0) || x > param(b, 3)
    || y < param(b, 1) || y > param(b, 4)
    || z < param(b, 2) || z > param(b, 5);
}
