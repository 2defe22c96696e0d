// Fresnel's equations at one plane facet. Perpendicular (s) is along d x n,
// parallel (p) along d x (d x n); both are kept times the sine of the angle of
// incidence, so that no square root is needed. Jackson, Classical
// Electrodynamics, 3rd ed., 7.39 and 7.41.

import { mirror } from './mirror';
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

// Below this squared sine the incidence is taken as normal: there the plane
// of incidence is lost in rounding.
const NORMAL_INCIDENCE: f64 = 1e-10;

// The facet met, of the last approach(): unit normal against the photon.
let nx: f64 = 0;
let ny: f64 = 0;
let nz: f64 = 0;
// d x n, and its squared length: the squared sine of the angle of incidence.
let sx: f64 = 0;
let sy: f64 = 0;
let sz: f64 = 0;
export let sineSquared: f64 = 0;
let ratio: f64 = 1;
let cosine1: f64 = 1;
let cosine2: f64 = 1;
// Coefficients of amplitude: transmitted and reflected, of s and p.
let transmitS: f64 = 0;
let transmitP: f64 = 0;
let reflectS: f64 = 0;
let reflectP: f64 = 0;
// The photon's field along s and p.
let fieldS: f64 = 0;
let fieldP: f64 = 0;

// Takes the facet of the normal f between index n1 and index n2 behind it;
// false where the reflection is total: n1 sin1 >= n2. Snell's law. [FR1] [FR5]
export function approach(
  n1: f64,
  n2: f64,
  fx: f64,
  fy: f64,
  fz: f64,
): bool {
  nx = fx;
  ny = fy;
  nz = fz;
  ratio = n1 / n2;
  cosine1 = -(dx * nx + dy * ny + dz * nz);
  sx = dy * nz - dz * ny;
  sy = dz * nx - dx * nz;
  sz = dx * ny - dy * nx;
  sineSquared = sx * sx + sy * sy + sz * sz;
  const cosineSquared = 1.0 - ratio * ratio * sineSquared;
  if (!(cosineSquared > 0.0)) return false;
  cosine2 = Math.sqrt(cosineSquared);
  setCoefficients(n1, n2);
  return true;
}

// t_s = 2 n1 c1 / (n1 c1 + n2 c2), t_p = 2 n1 c1 / (n2 c1 + n1 c2);
// r_s = t_s - 1, r_p = n2/n1 t_p - 1. [FR2]
@inline function setCoefficients(n1: f64, n2: f64): void {
  const near = n1 * cosine1;
  const far = n2 * cosine2;
  const s = 1.0 / (near + far);
  const p = 1.0 / (n2 * cosine1 + n1 * cosine2);
  transmitS = 2.0 * near * s;
  transmitP = 2.0 * near * p;
  reflectS = (near - far) * s;
  reflectP = (n2 * cosine1 - n1 * cosine2) * p;
  fieldS = ex * sx + ey * sy + ez * sz;
  // E . (d x (d x n)) = -E . n, as E . d = 0; signed, where Geant4 takes the
  // length. [FR3]
  fieldP = -(ex * nx + ey * ny + ez * nz);
}

// The part of the intensity that is transmitted, 0..1:
// n2 c2 / (n1 c1) (t_s^2 E_s^2 + t_p^2 E_p^2) / E^2. [FR2]
export function transmission(): f64 {
  const gain = cosine2 / (ratio * cosine1);
  if (sineSquared < NORMAL_INCIDENCE) return gain * transmitP * transmitP;
  const s = fieldS * fieldS;
  const p = fieldP * fieldP;
  const passed = transmitS * transmitS * s + transmitP * transmitP * p;
  return (gain * passed) / (s + p);
}

// Goes through the facet: d' = r d + (r c1 - c2) n, r = n1 / n2. [FR1] [FR3]
export function refract(): void {
  const k = ratio * cosine1 - cosine2;
  goOn(ratio * dx + k * nx, ratio * dy + k * ny, ratio * dz + k * nz);
  if (sineSquared < NORMAL_INCIDENCE) polariseAlike();
  else polarise(transmitS * fieldS, transmitP * fieldP);
}

// Goes back from the facet, as approach() found it. At normal incidence the
// field turns about where the far index is the greater. [FR3] [FR4]
export function reflect(): void {
  if (sineSquared < NORMAL_INCIDENCE) {
    mirror(nx, ny, nz);
    if (ratio >= 1.0) setPolarisation(-ex, -ey, -ez);
    return;
  }
  const s = reflectS * fieldS;
  const p = reflectP * fieldP;
  if (s * s + p * p < 1e-30) {
    mirror(nx, ny, nz);
    return;
  }
  const k = 2.0 * cosine1;
  goOn(dx + k * nx, dy + k * ny, dz + k * nz);
  polarise(s, p);
}

// A direction that is of unit length but for rounding.
@inline function goOn(x: f64, y: f64, z: f64): void {
  const n = 1.5 - 0.5 * (x * x + y * y + z * z);
  setDirection(n * x, n * y, n * z);
}

// The field of amplitudes s along d x n and p along d' x (d x n).
@inline function polarise(s: f64, p: f64): void {
  const vx = s * sx + p * (dy * sz - dz * sy);
  const vy = s * sy + p * (dz * sx - dx * sz);
  const vz = s * sz + p * (dx * sy - dy * sx);
  const n = 1.0 / Math.sqrt(vx * vx + vy * vy + vz * vz);
  setPolarisation(n * vx, n * vy, n * vz);
}

// The old field, made perpendicular to a direction that hardly turned.
function polariseAlike(): void {
  const c = ex * dx + ey * dy + ez * dz;
  const vx = ex - c * dx;
  const vy = ey - c * dy;
  const vz = ez - c * dz;
  const n = 1.0 / Math.sqrt(vx * vx + vy * vy + vz * vz);
  setPolarisation(n * vx, n * vy, n * vz);
}

// The cosine of the angle of incidence, of the last face().
export let cosineOfIncidence: f64 = 1;

// Takes the facet of the normal f, whatever is behind it; what is reflected
// and goes through is for others to say.
export function face(fx: f64, fy: f64, fz: f64): void {
  nx = fx;
  ny = fy;
  nz = fz;
  cosineOfIncidence = -(dx * nx + dy * ny + dz * nz);
  sx = dy * nz - dz * ny;
  sy = dz * nx - dx * nz;
  sz = dx * ny - dy * nx;
  sineSquared = sx * sx + sy * sy + sz * sz;
  fieldS = ex * sx + ey * sy + ez * sz;
  fieldP = -(ex * nx + ey * ny + ez * nz);
}

// The part of the intensity that is polarised along s, 0..1.
export function shareOfS(): f64 {
  if (sineSquared < NORMAL_INCIDENCE) return 0.0;
  return (fieldS * fieldS) / (fieldS * fieldS + fieldP * fieldP);
}

// Goes back from the facet that it faces, with amplitudes s and p. [FILM3]
export function reflectBy(s: f64, p: f64): void {
  const c = cosineOfIncidence;
  const vs = s * fieldS;
  const vp = p * fieldP;
  if (sineSquared < NORMAL_INCIDENCE || vs * vs + vp * vp < 1e-30) {
    mirror(nx, ny, nz);
    return;
  }
  goOn(dx + 2.0 * c * nx, dy + 2.0 * c * ny, dz + 2.0 * c * nz);
  polarise(vs, vp);
}

// Goes through it from index n1 to n2, with amplitudes s and p. [FILM3]
export function refractBy(n1: f64, n2: f64, s: f64, p: f64): void {
  const r = n1 / n2;
  const c2 = Math.sqrt(max(0.0, 1.0 - r * r * sineSquared));
  const k = r * cosineOfIncidence - c2;
  const vs = s * fieldS;
  const vp = p * fieldP;
  goOn(r * dx + k * nx, r * dy + k * ny, r * dz + k * nz);
  if (sineSquared < NORMAL_INCIDENCE || vs * vs + vp * vp < 1e-200)
    polariseAlike();
  else polarise(vs, vp);
}
