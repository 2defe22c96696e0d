// Made by tools/emit-wgsl.mjs of kernel/wasm/bulk.ts.

// What happens to a photon inside a material: which process it is, and
// Rayleigh scattering.

// What happened last, by the subtypes of Geant4's processes.
const bulk_ABSORPTION: u32 = 31u;
const RAYLEIGH: u32 = 33u;
const SHIFT: u32 = 34u;
const MIE: u32 = 35u;
const SHIFT2: u32 = 36u;
var<private> bulkProcess: u32 = 0u;

// The photon of a material meets a process: the one whose share of the rates,
// in the order Rayleigh, shift, second shift, Mie, absorption, holds `which`.
// The flag of what happened; BULK_ABSORB ends the photon. [PROP1]
fn interact(material: i32, which: f32) -> u32 {
  let scatterings = 1.0 / rayleighLength;
  if (which < scatterings) {
    rayleigh();
    bulkProcess = RAYLEIGH;
    return FLAG_BULK_SCATTER;
  }
  let other = which - scatterings;
  if (other < moreRate) {
    return interactFurther(material, other);
  }
  bulkProcess = bulk_ABSORPTION;
  if ((materialFlags(material) & MATERIAL_FLAG_REEMITS) == 0) {
    return FLAG_BULK_ABSORB;
  }
  return select(FLAG_BULK_ABSORB, FLAG_BULK_REEMIT, reemit(material));
}

fn interactFurther(material: i32, which: f32) -> u32 {
  if (which >= shiftRate1 + shiftRate2) {
    mie(material);
    bulkProcess = MIE;
    return FLAG_BULK_SCATTER;
  }
  let set_ = select(2, 1, which < shiftRate1);
  bulkProcess = select(SHIFT2, SHIFT, set_ == 1);
  return select(FLAG_BULK_ABSORB, FLAG_BULK_REEMIT, shift(material, set_));
}

// The emission that makes a child, by one set of properties of the shifter.
fn emitChild(material: i32, set_: i32) {
  bulkProcess = select(SHIFT2, SHIFT, set_ == 1);
  emitShifted(material, set_);
}

// A cosine with the density 3/4 (1 - c^2): the middle one of three uniform
// numbers in (-1, 1), whose density is 6 F (1 - F) f. [BULK2]
fn drawDipoleCosine() -> f32 {
  let a = 2.0 * draw() - 1.0;
  let b = 2.0 * draw() - 1.0;
  let c = 2.0 * draw() - 1.0;
  return max(min(a, b), min(max(a, b), c));
}

// Rayleigh scattering: the cross-section goes as the square of the sine of
// the angle between the new direction and the old polarisation, evenly about
// the latter; the new polarisation is as near to the old one as it can be.
// The distributions of G4OpRayleigh without its rejection. Draws: 4. [BULK1]
fn rayleigh() {
  let cosine = drawDipoleCosine();
  let sine = sqrt((1.0 - cosine) * (1.0 + cosine));
  turn(draw());
  let along = sine * turnCos;
  let across = sine * turnSin;
  // Axes: old polarisation p, old direction d, and p x d.
  let qx = ey * dz.x - ez * dy.x;
  let qy = ez * dx.x - ex * dz.x;
  let qz = ex * dy.x - ey * dx.x;
  let ux = cosine * ex + along * dx.x + across * qx;
  let uy = cosine * ey + along * dy.x + across * qy;
  let uz = cosine * ez + along * dz.x + across * qz;
  polariseTowards(ex, ey, ez, ux, uy, uz);
}

// Makes the unit vector u the direction, and the part of (x, y, z) at right
// angles to it the polarisation.
fn polariseTowards(x: f32, y: f32, z: f32, ux: f32, uy: f32, uz: f32) {
  let n = 1.5 - 0.5 * (ux * ux + uy * uy + uz * uz);
  turnTo(n * ux, n * uy, n * uz);
  let c = x * dx.x + y * dy.x + z * dz.x;
  let vx = x - c * dx.x;
  let vy = y - c * dy.x;
  let vz = z - c * dz.x;
  let s = 1.0 / sqrt(vx * vx + vy * vy + vz * vz);
  setPolarisation(s * vx, s * vy, s * vz);
}
