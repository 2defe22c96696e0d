// How a photon comes to a surface: its angle, and two axes in the surface.

import { dx, dy, dz, ex, ey, ez, setPolarisation } from './photon';

const DEGREES: f64 = 57.29577951308232;

// The angle between the photon and the normal against it, degrees, 0 to 90.
export function incidenceDegrees(nx: f64, ny: f64, nz: f64): f64 {
  const cosine = -(dx * nx + dy * ny + dz * nz);
  return DEGREES * Math.acos(max(0.0, min(1.0, cosine)));
}

// Of the last findPlane(): where the photon goes along the surface, and the
// axis normal x along.
export let alongX: f64 = 1;
export let alongY: f64 = 0;
export let alongZ: f64 = 0;
export let acrossX: f64 = 0;
export let acrossY: f64 = 1;
export let acrossZ: f64 = 0;

// The axes of the plane of incidence; any where the photon is on the normal.
export function findPlane(nx: f64, ny: f64, nz: f64): void {
  const c = dx * nx + dy * ny + dz * nz;
  setAlong(dx - c * nx, dy - c * ny, dz - c * nz);
  const squared = alongX * alongX + alongY * alongY + alongZ * alongZ;
  if (squared > 1e-20) scaleAlong(1.0 / Math.sqrt(squared));
  else findAnyAxis(nx, ny, nz);
  acrossX = ny * alongZ - nz * alongY;
  acrossY = nz * alongX - nx * alongZ;
  acrossZ = nx * alongY - ny * alongX;
}

@inline function setAlong(x: f64, y: f64, z: f64): void {
  alongX = x;
  alongY = y;
  alongZ = z;
}

@inline function scaleAlong(factor: f64): void {
  setAlong(factor * alongX, factor * alongY, factor * alongZ);
}

// The axis of the frame that is farthest from n, made perpendicular to it.
function findAnyAxis(nx: f64, ny: f64, nz: f64): void {
  const x = Math.abs(nx);
  const y = Math.abs(ny);
  const z = Math.abs(nz);
  if (x <= y && x <= z) setAlong(1.0 - nx * nx, -nx * ny, -nx * nz);
  else if (y <= z) setAlong(-ny * nx, 1.0 - ny * ny, -ny * nz);
  else setAlong(-nz * nx, -nz * ny, 1.0 - nz * nz);
  const squared = alongX * alongX + alongY * alongY + alongZ * alongZ;
  scaleAlong(1.0 / Math.sqrt(squared));
}

// The old field, made perpendicular to the direction that the photon has now;
// one that has nothing perpendicular to it, any.
export function keepField(): void {
  const c = ex * dx + ey * dy + ez * dz;
  const x = ex - c * dx;
  const y = ey - c * dy;
  const z = ez - c * dz;
  const squared = x * x + y * y + z * z;
  if (squared > 1e-20) {
    const n = 1.0 / Math.sqrt(squared);
    setPolarisation(n * x, n * y, n * z);
    return;
  }
  findAnyAxis(dx, dy, dz);
  setPolarisation(alongX, alongY, alongZ);
}
