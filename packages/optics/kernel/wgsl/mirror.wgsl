// Made by tools/emit-wgsl.mjs of kernel/wasm/mirror.ts.

// Reflections that do not ask for the amplitude of the field.

// By the law of reflection at the unit normal n; the field by the boundary
// condition of a mirror: E' = -E + 2 (E.n) n. [SURF2]
fn mirror(nx: f32, ny: f32, nz: f32) {
  let d = -2.0 * (dx.x * nx + dy.x * ny + dz.x * nz);
  let x = dx.x + d * nx;
  let y = dy.x + d * ny;
  let z = dz.x + d * nz;
  let n = 1.5 - 0.5 * (x * x + y * y + z * z);
  turnTo(n * x, n * y, n * z);
  mirrorField(nx, ny, nz);
}

fn mirrorField(nx: f32, ny: f32, nz: f32) {
  let e = 2.0 * (ex * nx + ey * ny + ez * nz);
  let x = e * nx - ex;
  let y = e * ny - ey;
  let z = e * nz - ez;
  let n = 1.5 - 0.5 * (x * x + y * y + z * z);
  setPolarisation(n * x, n * y, n * z);
}

// Straight back, with the opposite field. [SURF2]
fn scatterBack() {
  turnTo(-dx.x, -dy.x, -dz.x);
  setPolarisation(-ex, -ey, -ez);
}

// By Lambert's law about the unit normal n: the normal plus an isotropic unit
// vector has the density cos/pi. The field as from the facet that would have
// mirrored the photon so. Draws: 2. [SURF3]
fn scatterLambert(nx: f32, ny: f32, nz: f32) {
  let c = 2.0 * draw() - 1.0;
  let s = sqrt((1.0 - c) * (1.0 + c));
  turn(draw());
  let x = nx + s * turnCos;
  let y = ny + s * turnSin;
  let z = nz + c;
  let squared = x * x + y * y + z * z;
  // One draw in 1e20 is opposite to the normal.
  if (squared < 1e-20) {
    redirect(nx, ny, nz);
    return;
  }
  let n = 1.0 / sqrt(squared);
  redirect(n * x, n * y, n * z);
}

// Into the unit vector u, as by the facet halfway between.
fn redirect(ux: f32, uy: f32, uz: f32) {
  let fx = ux - dx.x;
  let fy = uy - dy.x;
  let fz = uz - dz.x;
  let n = 1.0 / sqrt(fx * fx + fy * fy + fz * fz);
  mirrorField(n * fx, n * fy, n * fz);
  turnTo(ux, uy, uz);
}
