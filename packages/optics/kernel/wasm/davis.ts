// Surfaces by the tables computed at Davis (E. Roncali, S. R. Cherry, Phys.
// Med. Biol. 58 (2013) 2185), as DielectricLUTDAVIS() of G4OpBoundaryProcess.

import {
  davisDegreeFirstReflected,
  davisDegreeFirstTransmitted,
  davisDegreeReflectedPairs,
  davisDegreeReflectivity,
  davisDegreeTransmittedPairs,
  davisTableAt,
} from './generated/scene';
import {
  acrossX,
  acrossY,
  acrossZ,
  alongX,
  alongY,
  alongZ,
  findPlane,
  incidenceDegrees,
  keepField,
} from './incidence';
import { mirror, redirect, scatterBack } from './mirror';
import { LOBE_REFLECTION, TRANSMISSION } from './outcome';
import { draw } from './philox';
import { dx, dy, dz, setDirection } from './photon';
import { absorb } from './surface';
import { efficiency } from './tables';
import { turn, turnCos, turnSin } from './turn';

const PART_OF_TURN: f64 = 0.15915494309189535;

// The direction of the last drawDirection().
let ux: f64 = 0;
let uy: f64 = 0;
let uz: f64 = 1;

// By the degree of incidence: reflected with its reflectivity; else taken,
// where there is an EFFICIENCY, or passed. `first`: record of 0 degrees. The
// status. [LUT5]
export function meetDavis(first: i32, nx: f64, ny: f64, nz: f64): i32 {
  const whole = <i32>incidenceDegrees(nx, ny, nz);
  const degree = first + min(whole, 89);
  if (draw() <= <f64>davisDegreeReflectivity(degree)) {
    if (whole == 0) scatterBack();
    else reflectByPair(degree, nx, ny, nz);
    return LOBE_REFLECTION;
  }
  if (efficiency > 0.0) return absorb();
  if (whole > 0) passByPair(degree, nx, ny, nz);
  return TRANSMISSION;
}

// Without pairs, as by a mirror. [LUT6]
function reflectByPair(degree: i32, nx: f64, ny: f64, nz: f64): void {
  const pairs = davisDegreeReflectedPairs(degree);
  if (pairs == 0) {
    mirror(nx, ny, nz);
    return;
  }
  drawDirection(davisDegreeFirstReflected(degree), pairs, nx, ny, nz);
  setDirection(ux, uy, uz);
  keepField();
}

// Without pairs, straight on. [LUT6]
function passByPair(degree: i32, nx: f64, ny: f64, nz: f64): void {
  const pairs = davisDegreeTransmittedPairs(degree);
  if (pairs == 0) return;
  drawDirection(davisDegreeFirstTransmitted(degree), pairs, nx, ny, nz);
  const x = ux - dx;
  const y = uy - dy;
  const z = uz - dz;
  if (x * x + y * y + z * z > 1e-12) redirect(ux, uy, uz);
}

// One of the pairs, all alike likely: the elevation from the normal against
// the photon, the azimuth about it from where the photon goes. [LUT6]
function drawDirection(
  first: i32,
  pairs: i32,
  nx: f64,
  ny: f64,
  nz: f64,
): void {
  const at = first + 2 * <i32>(draw() * <f64>pairs);
  turn(<f64>davisTableAt(at) * PART_OF_TURN);
  const c = turnCos;
  const s = turnSin;
  turn(<f64>davisTableAt(at + 1) * PART_OF_TURN);
  const t = turnSin * c;
  const b = turnSin * s;
  findPlane(nx, ny, nz);
  ux = turnCos * nx + t * alongX + b * acrossX;
  uy = turnCos * ny + t * alongY + b * acrossY;
  uz = turnCos * nz + t * alongZ + b * acrossZ;
}
