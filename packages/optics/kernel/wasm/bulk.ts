// What happens to a photon inside a material: which process it is, and
// Rayleigh scattering.

import {
  FLAG_BULK_ABSORB,
  FLAG_BULK_REEMIT,
  FLAG_BULK_SCATTER,
  MATERIAL_FLAG_REEMITS,
  materialFlags,
} from './generated/scene';
import { mie } from './mie';
import { draw } from './philox';
import { dx, dy, dz, ex, ey, ez, setDirection, setPolarisation } from './photon';
import { emitShifted, reemit, shift } from './shift';
import { moreRate, rayleighLength, shiftRate1, shiftRate2 } from './tables';
import { turn, turnCos, turnSin } from './turn';

// What happened last, by the subtypes of Geant4's processes.
const ABSORPTION: u32 = 31;
const RAYLEIGH: u32 = 33;
const SHIFT: u32 = 34;
const MIE: u32 = 35;
const SHIFT2: u32 = 36;
export let bulkProcess: u32 = 0;

// The photon of a material meets a process: the one whose share of the rates,
// in the order Rayleigh, shift, second shift, Mie, absorption, holds `which`.
// The flag of what happened; BULK_ABSORB ends the photon. [PROP1]
export function interact(material: i32, which: f64): u32 {
  const scatterings = 1.0 / rayleighLength;
  if (which < scatterings) {
    rayleigh();
    bulkProcess = RAYLEIGH;
    return FLAG_BULK_SCATTER;
  }
  const other = which - scatterings;
  if (other < moreRate) return interactFurther(material, other);
  bulkProcess = ABSORPTION;
  if ((materialFlags(material) & MATERIAL_FLAG_REEMITS) == 0) return FLAG_BULK_ABSORB;
  return reemit(material) ? FLAG_BULK_REEMIT : FLAG_BULK_ABSORB;
}

function interactFurther(material: i32, which: f64): u32 {
  if (which >= shiftRate1 + shiftRate2) {
    mie(material);
    bulkProcess = MIE;
    return FLAG_BULK_SCATTER;
  }
  const set = which < shiftRate1 ? 1 : 2;
  bulkProcess = set == 1 ? SHIFT : SHIFT2;
  return shift(material, set) ? FLAG_BULK_REEMIT : FLAG_BULK_ABSORB;
}

// The emission that makes a child, by one set of properties of the shifter.
export function emitChild(material: i32, set: i32): void {
  bulkProcess = set == 1 ? SHIFT : SHIFT2;
  emitShifted(material, set);
}

// A cosine with the density 3/4 (1 - c^2): the middle one of three uniform
// numbers in (-1, 1), whose density is 6 F (1 - F) f. [BULK2]
@inline export function drawDipoleCosine(): f64 {
  const a = 2.0 * draw() - 1.0;
  const b = 2.0 * draw() - 1.0;
  const c = 2.0 * draw() - 1.0;
  return max(min(a, b), min(max(a, b), c));
}

// Rayleigh scattering: the cross-section goes as the square of the sine of
// the angle between the new direction and the old polarisation, evenly about
// the latter; the new polarisation is as near to the old one as it can be.
// The distributions of G4OpRayleigh without its rejection. Draws: 4. [BULK1]
export function rayleigh(): void {
  const cosine = drawDipoleCosine();
  const sine = Math.sqrt((1.0 - cosine) * (1.0 + cosine));
  turn(draw());
  const along = sine * turnCos;
  const across = sine * turnSin;
  // Axes: old polarisation p, old direction d, and p x d.
  const qx = ey * dz - ez * dy;
  const qy = ez * dx - ex * dz;
  const qz = ex * dy - ey * dx;
  const ux = cosine * ex + along * dx + across * qx;
  const uy = cosine * ey + along * dy + across * qy;
  const uz = cosine * ez + along * dz + across * qz;
  polariseTowards(ex, ey, ez, ux, uy, uz);
}

// Makes the unit vector u the direction, and the part of (x, y, z) at right
// angles to it the polarisation.
function polariseTowards(
  x: f64,
  y: f64,
  z: f64,
  ux: f64,
  uy: f64,
  uz: f64,
): void {
  const n = 1.5 - 0.5 * (ux * ux + uy * uy + uz * uz);
  setDirection(n * ux, n * uy, n * uz);
  const c = x * dx + y * dy + z * dz;
  const vx = x - c * dx;
  const vy = y - c * dy;
  const vz = z - c * dz;
  const s = 1.0 / Math.sqrt(vx * vx + vy * vy + vz * vz);
  setPolarisation(s * vx, s * vy, s * vz);
}
