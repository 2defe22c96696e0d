// Made by tools/emit-wgsl.mjs of kernel/wasm/incidence.ts.

// How a photon comes to a surface: its angle, and two axes in the surface.

const DEGREES: f32 = 57.29578;

// The angle between the photon and the normal against it, degrees, 0 to 90.
fn incidenceDegrees(nx: f32, ny: f32, nz: f32) -> f32 {
  let cosine = -(dx.x * nx + dy.x * ny + dz.x * nz);
  return DEGREES * rAcos(max(0.0, min(1.0, cosine)));
}

// Of the last findPlane(): where the photon goes along the surface, and the
// axis normal x along.
var<private> alongX: f32 = 1.0;
var<private> alongY: f32 = 0.0;
var<private> alongZ: f32 = 0.0;
var<private> acrossX: f32 = 0.0;
var<private> acrossY: f32 = 1.0;
var<private> acrossZ: f32 = 0.0;

// The axes of the plane of incidence; any where the photon is on the normal.
fn findPlane(nx: f32, ny: f32, nz: f32) {
  let c = dx.x * nx + dy.x * ny + dz.x * nz;
  setAlong(dx.x - c * nx, dy.x - c * ny, dz.x - c * nz);
  let squared = alongX * alongX + alongY * alongY + alongZ * alongZ;
  if (squared > 1e-20) {
    scaleAlong(1.0 / sqrt(squared));
  } else {
    findAnyAxis(nx, ny, nz);
  }
  acrossX = ny * alongZ - nz * alongY;
  acrossY = nz * alongX - nx * alongZ;
  acrossZ = nx * alongY - ny * alongX;
}

fn setAlong(x: f32, y: f32, z: f32) {
  alongX = x;
  alongY = y;
  alongZ = z;
}

fn scaleAlong(factor: f32) {
  setAlong(factor * alongX, factor * alongY, factor * alongZ);
}

// The axis of the frame that is farthest from n, made perpendicular to it.
fn findAnyAxis(nx: f32, ny: f32, nz: f32) {
  let x = abs(nx);
  let y = abs(ny);
  let z = abs(nz);
  if (x <= y && x <= z) {
    setAlong(1.0 - nx * nx, -nx * ny, -nx * nz);
  } else if (y <= z) {
    setAlong(-ny * nx, 1.0 - ny * ny, -ny * nz);
  } else {
    setAlong(-nz * nx, -nz * ny, 1.0 - nz * nz);
  }
  let squared = alongX * alongX + alongY * alongY + alongZ * alongZ;
  scaleAlong(1.0 / sqrt(squared));
}

// The old field, made perpendicular to the direction that the photon has now;
// one that has nothing perpendicular to it, any.
fn keepField() {
  let c = ex * dx.x + ey * dy.x + ez * dz.x;
  let x = ex - c * dx.x;
  let y = ey - c * dy.x;
  let z = ez - c * dz.x;
  let squared = x * x + y * y + z * z;
  if (squared > 1e-20) {
    let n = 1.0 / sqrt(squared);
    setPolarisation(n * x, n * y, n * z);
    return;
  }
  findAnyAxis(dx.x, dy.x, dz.x);
  setPolarisation(alongX, alongY, alongZ);
}
