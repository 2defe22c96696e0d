// Made by tools/emit-wgsl.mjs of kernel/wasm/fresnel.ts.

// Fresnel's equations at one plane facet. Perpendicular (s) is along d x n,
// parallel (p) along d x (d x n); both are kept times the sine of the angle of
// incidence, so that no square root is needed. Jackson, Classical
// Electrodynamics, 3rd ed., 7.39 and 7.41.

// Below this squared sine the incidence is taken as normal: there the plane
// of incidence is lost in rounding.
const NORMAL_INCIDENCE: f32 = 1e-10;

// The facet met, of the last approach(): unit normal against the photon.
var<private> nx: f32 = 0.0;
var<private> ny: f32 = 0.0;
var<private> nz: f32 = 0.0;

// d x n, and its squared length: the squared sine of the angle of incidence.
var<private> sx: f32 = 0.0;
var<private> sy: f32 = 0.0;
var<private> sz: f32 = 0.0;
var<private> sineSquared: f32 = 0.0;
var<private> ratio: f32 = 1.0;
var<private> cosine1: f32 = 1.0;
var<private> cosine2: f32 = 1.0;

// Coefficients of amplitude: transmitted and reflected, of s and p.
var<private> fresnel_transmitS: f32 = 0.0;
var<private> fresnel_transmitP: f32 = 0.0;
var<private> fresnel_reflectS: f32 = 0.0;
var<private> fresnel_reflectP: f32 = 0.0;

// The photon's field along s and p.
var<private> fieldS: f32 = 0.0;
var<private> fieldP: f32 = 0.0;

// Takes the facet of the normal f between index n1 and index n2 behind it;
// false where the reflection is total: n1 sin1 >= n2. Snell's law. [FR1] [FR5]
fn approach(n1: f32, n2: f32, fx: f32, fy: f32, fz: f32) -> bool {
  nx = fx;
  ny = fy;
  nz = fz;
  ratio = n1 / n2;
  cosine1 = -(dx.x * nx + dy.x * ny + dz.x * nz);
  sx = dy.x * nz - dz.x * ny;
  sy = dz.x * nx - dx.x * nz;
  sz = dx.x * ny - dy.x * nx;
  sineSquared = sx * sx + sy * sy + sz * sz;
  let cosineSquared = 1.0 - ratio * ratio * sineSquared;
  if (!(cosineSquared > 0.0)) {
    return false;
  }
  cosine2 = sqrt(cosineSquared);
  setCoefficients(n1, n2);
  return true;
}

// t_s = 2 n1 c1 / (n1 c1 + n2 c2), t_p = 2 n1 c1 / (n2 c1 + n1 c2);
// r_s = t_s - 1, r_p = n2/n1 t_p - 1. [FR2]
fn setCoefficients(n1: f32, n2: f32) {
  let near = n1 * cosine1;
  let far = n2 * cosine2;
  let s = 1.0 / (near + far);
  let p = 1.0 / (n2 * cosine1 + n1 * cosine2);
  fresnel_transmitS = 2.0 * near * s;
  fresnel_transmitP = 2.0 * near * p;
  fresnel_reflectS = (near - far) * s;
  fresnel_reflectP = (n2 * cosine1 - n1 * cosine2) * p;
  fieldS = ex * sx + ey * sy + ez * sz;
  // E . (d x (d x n)) = -E . n, as E . d = 0; signed, where Geant4 takes the
  // length. [FR3]
  fieldP = -(ex * nx + ey * ny + ez * nz);
}

// The part of the intensity that is transmitted, 0..1:
// n2 c2 / (n1 c1) (t_s^2 E_s^2 + t_p^2 E_p^2) / E^2. [FR2]
fn transmission() -> f32 {
  let gain = cosine2 / (ratio * cosine1);
  if (sineSquared < NORMAL_INCIDENCE) {
    return gain * fresnel_transmitP * fresnel_transmitP;
  }
  let s = fieldS * fieldS;
  let p = fieldP * fieldP;
  let passed = fresnel_transmitS * fresnel_transmitS * s + fresnel_transmitP *
    fresnel_transmitP * p;
  return (gain * passed) / (s + p);
}

// Goes through the facet: d' = r d + (r c1 - c2) n, r = n1 / n2. [FR1] [FR3]
fn refract_() {
  let k = ratio * cosine1 - cosine2;
  goOn(ratio * dx.x + k * nx, ratio * dy.x + k * ny, ratio * dz.x + k * nz);
  if (sineSquared < NORMAL_INCIDENCE) {
    polariseAlike();
  } else {
    fresnel_polarise(fresnel_transmitS * fieldS, fresnel_transmitP * fieldP);
  }
}

// Goes back from the facet, as approach() found it. At normal incidence the
// field turns about where the far index is the greater. [FR3] [FR4]
fn reflect_() {
  if (sineSquared < NORMAL_INCIDENCE) {
    mirror(nx, ny, nz);
    if (ratio >= 1.0) {
      setPolarisation(-ex, -ey, -ez);
    }
    return;
  }
  let s = fresnel_reflectS * fieldS;
  let p = fresnel_reflectP * fieldP;
  if (s * s + p * p < 1e-30) {
    mirror(nx, ny, nz);
    return;
  }
  let k = 2.0 * cosine1;
  goOn(dx.x + k * nx, dy.x + k * ny, dz.x + k * nz);
  fresnel_polarise(s, p);
}

// A direction that is of unit length but for rounding.
fn goOn(x: f32, y: f32, z: f32) {
  let n = 1.5 - 0.5 * (x * x + y * y + z * z);
  turnTo(n * x, n * y, n * z);
}

// The field of amplitudes s along d x n and p along d' x (d x n).
fn fresnel_polarise(s: f32, p: f32) {
  let vx = s * sx + p * (dy.x * sz - dz.x * sy);
  let vy = s * sy + p * (dz.x * sx - dx.x * sz);
  let vz = s * sz + p * (dx.x * sy - dy.x * sx);
  let n = 1.0 / sqrt(vx * vx + vy * vy + vz * vz);
  setPolarisation(n * vx, n * vy, n * vz);
}

// The old field, made perpendicular to a direction that hardly turned.
fn polariseAlike() {
  let c = ex * dx.x + ey * dy.x + ez * dz.x;
  let vx = ex - c * dx.x;
  let vy = ey - c * dy.x;
  let vz = ez - c * dz.x;
  let n = 1.0 / sqrt(vx * vx + vy * vy + vz * vz);
  setPolarisation(n * vx, n * vy, n * vz);
}

// The cosine of the angle of incidence, of the last face().
var<private> cosineOfIncidence: f32 = 1.0;

// Takes the facet of the normal f, whatever is behind it; what is reflected
// and goes through is for others to say.
fn face(fx: f32, fy: f32, fz: f32) {
  nx = fx;
  ny = fy;
  nz = fz;
  cosineOfIncidence = -(dx.x * nx + dy.x * ny + dz.x * nz);
  sx = dy.x * nz - dz.x * ny;
  sy = dz.x * nx - dx.x * nz;
  sz = dx.x * ny - dy.x * nx;
  sineSquared = sx * sx + sy * sy + sz * sz;
  fieldS = ex * sx + ey * sy + ez * sz;
  fieldP = -(ex * nx + ey * ny + ez * nz);
}

// The part of the intensity that is polarised along s, 0..1.
fn shareOfS() -> f32 {
  if (sineSquared < NORMAL_INCIDENCE) {
    return 0.0;
  }
  return (fieldS * fieldS) / (fieldS * fieldS + fieldP * fieldP);
}

// Goes back from the facet that it faces, with amplitudes s and p. [FILM3]
fn reflectBy(s: f32, p: f32) {
  let c = cosineOfIncidence;
  let vs = s * fieldS;
  let vp = p * fieldP;
  if (sineSquared < NORMAL_INCIDENCE || vs * vs + vp * vp < 1e-30) {
    mirror(nx, ny, nz);
    return;
  }
  goOn(dx.x + 2.0 * c * nx, dy.x + 2.0 * c * ny, dz.x + 2.0 * c * nz);
  fresnel_polarise(vs, vp);
}

// Goes through it from index n1 to n2, with amplitudes s and p. [FILM3]
fn refractBy(n1: f32, n2: f32, s: f32, p: f32) {
  let r = n1 / n2;
  let c2 = sqrt(max(0.0, 1.0 - r * r * sineSquared));
  let k = r * cosineOfIncidence - c2;
  let vs = s * fieldS;
  let vp = p * fieldP;
  goOn(r * dx.x + k * nx, r * dy.x + k * ny, r * dz.x + k * nz);
  if (sineSquared < NORMAL_INCIDENCE || vs * vs + vp * vp < 1e-36) {
    polariseAlike();
  } else {
    fresnel_polarise(vs, vp);
  }
}
