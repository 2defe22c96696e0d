// Made by tools/emit-wgsl.mjs of kernel/wasm/davis.ts.

// Surfaces by the tables computed at Davis (E. Roncali, S. R. Cherry, Phys.
// Med. Biol. 58 (2013) 2185), as DielectricLUTDAVIS() of G4OpBoundaryProcess.

const PART_OF_TURN: f32 = 0.15915494;

// The direction of the last drawDirection().
var<private> davis_ux: f32 = 0.0;
var<private> davis_uy: f32 = 0.0;
var<private> davis_uz: f32 = 1.0;

// By the degree of incidence: reflected with its reflectivity; else taken,
// where there is an EFFICIENCY, or passed. `first`: record of 0 degrees. The
// status. [LUT5]
fn meetDavis(first: i32, nx: f32, ny: f32, nz: f32) -> i32 {
  let whole = i32(incidenceDegrees(nx, ny, nz));
  let degree = first + min(whole, 89);
  if (draw() <= davisDegreeReflectivity(degree)) {
    if (whole == 0) {
      scatterBack();
    } else {
      reflectByPair(degree, nx, ny, nz);
    }
    return LOBE_REFLECTION;
  }
  if (efficiency > 0.0) {
    return absorb();
  }
  if (whole > 0) {
    passByPair(degree, nx, ny, nz);
  }
  return TRANSMISSION;
}

// Without pairs, as by a mirror. [LUT6]
fn reflectByPair(degree: i32, nx: f32, ny: f32, nz: f32) {
  let pairs = davisDegreeReflectedPairs(degree);
  if (pairs == 0) {
    mirror(nx, ny, nz);
    return;
  }
  drawDirection(davisDegreeFirstReflected(degree), pairs, nx, ny, nz);
  turnTo(davis_ux, davis_uy, davis_uz);
  keepField();
}

// Without pairs, straight on. [LUT6]
fn passByPair(degree: i32, nx: f32, ny: f32, nz: f32) {
  let pairs = davisDegreeTransmittedPairs(degree);
  if (pairs == 0) {
    return;
  }
  drawDirection(davisDegreeFirstTransmitted(degree), pairs, nx, ny, nz);
  let x = davis_ux - dx.x;
  let y = davis_uy - dy.x;
  let z = davis_uz - dz.x;
  if (x * x + y * y + z * z > 1e-12) {
    redirect(davis_ux, davis_uy, davis_uz);
  }
}

// One of the pairs, all alike likely: the elevation from the normal against
// the photon, the azimuth about it from where the photon goes. [LUT6]
fn drawDirection(first: i32, pairs: i32, nx: f32, ny: f32, nz: f32) {
  let at = first + 2 * i32(draw() * f32(pairs));
  turn(davisTableAt(at) * PART_OF_TURN);
  let c = turnCos;
  let s = turnSin;
  turn(davisTableAt(at + 1) * PART_OF_TURN);
  let t = turnSin * c;
  let b = turnSin * s;
  findPlane(nx, ny, nz);
  davis_ux = turnCos * nx + t * alongX + b * acrossX;
  davis_uy = turnCos * ny + t * alongY + b * acrossY;
  davis_uz = turnCos * nz + t * alongZ + b * acrossZ;
}
