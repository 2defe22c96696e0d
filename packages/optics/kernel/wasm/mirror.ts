// Reflections that do not ask for the amplitude of the field.

import { draw } from './philox';
import {
  dx,
  dy,
  dz,
  ex,
  ey,
  ez,
  setDirection,
  setPolarisation,
} from './photon';
import { turn, turnCos, turnSin } from './turn';

// By the law of reflection at the unit normal n; the field by the boundary
// condition of a mirror: E' = -E + 2 (E.n) n. [SURF2]
export function mirror(nx: f64, ny: f64, nz: f64): void {
  const d = -2.0 * (dx * nx + dy * ny + dz * nz);
  const x = dx + d * nx;
  const y = dy + d * ny;
  const z = dz + d * nz;
  const n = 1.5 - 0.5 * (x * x + y * y + z * z);
  setDirection(n * x, n * y, n * z);
  mirrorField(nx, ny, nz);
}

@inline function mirrorField(nx: f64, ny: f64, nz: f64): void {
  const e = 2.0 * (ex * nx + ey * ny + ez * nz);
  const x = e * nx - ex;
  const y = e * ny - ey;
  const z = e * nz - ez;
  const n = 1.5 - 0.5 * (x * x + y * y + z * z);
  setPolarisation(n * x, n * y, n * z);
}

// Straight back, with the opposite field. [SURF2]
export function scatterBack(): void {
  setDirection(-dx, -dy, -dz);
  setPolarisation(-ex, -ey, -ez);
}

// By Lambert's law about the unit normal n: the normal plus an isotropic unit
// vector has the density cos/pi. The field as from the facet that would have
// mirrored the photon so. Draws: 2. [SURF3]
export function scatterLambert(nx: f64, ny: f64, nz: f64): void {
  const c = 2.0 * draw() - 1.0;
  const s = Math.sqrt((1.0 - c) * (1.0 + c));
  turn(draw());
  const x = nx + s * turnCos;
  const y = ny + s * turnSin;
  const z = nz + c;
  const squared = x * x + y * y + z * z;
  // One draw in 1e20 is opposite to the normal.
  if (squared < 1e-20) {
    redirect(nx, ny, nz);
    return;
  }
  const n = 1.0 / Math.sqrt(squared);
  redirect(n * x, n * y, n * z);
}

// Into the unit vector u, as by the facet halfway between.
export function redirect(ux: f64, uy: f64, uz: f64): void {
  const fx = ux - dx;
  const fy = uy - dy;
  const fz = uz - dz;
  const n = 1.0 / Math.sqrt(fx * fx + fy * fy + fz * fz);
  mirrorField(n * fx, n * fy, n * fz);
  setDirection(ux, uy, uz);
}
