// Made by tools/emit-wgsl.mjs of kernel/wasm/emission.ts.

// Directions and polarisations that the sources give to new photons; the
// photon's own state (photon.ts) is in the frame of the world meanwhile.

// The result of `rotateToAxis`.
var<private> turnedX: f32 = 0.0;
var<private> turnedY: f32 = 0.0;
var<private> turnedZ: f32 = 0.0;

// A vector given about the z axis, turned so that z becomes the unit vector
// (ax, ay, az). Duff et al., JCGT 6 (2017) 1: an orthonormal basis.
fn rotateToAxis(x: f32, y: f32, z: f32, ax: f32, ay: f32, az: f32) {
  let sign = rCopysign(1.0, az);
  let a = -1.0 / (sign + az);
  let b = ax * ay * a;
  turnedX = x * (1.0 + sign * ax * ax * a) + y * b + z * ax;
  turnedY = x * sign * b + y * (sign + ay * ay * a) + z * ay;
  turnedZ = -x * sign * ax - y * ay + z * az;
}

// Makes (x, y, z) / |(x, y, z)| the photon's direction.
fn goAlong(x: f32, y: f32, z: f32) {
  let s = 1.0 / sqrt(x * x + y * y + z * z);
  turnTo(x * s, y * s, z * s);
}

// A direction with this cosine to the axis, at a random azimuth.
fn goAbout(cosine: f32, ax: f32, ay: f32, az: f32) {
  let sine = sqrt(max(0.0, (1.0 - cosine) * (1.0 + cosine)));
  turn(draw());
  rotateToAxis(sine * turnCos, sine * turnSin, cosine, ax, ay, az);
  goAlong(turnedX, turnedY, turnedZ);
}

// Any direction, all alike likely.
fn goAnywhere() {
  goAbout(2.0 * draw() - 1.0, 0.0, 0.0, 1.0);
}

// A random polarisation, at right angles to the direction.
fn polariseAnyhow() {
  turn(draw());
  rotateToAxis(turnCos, turnSin, 0.0, dx.x, dy.x, dz.x);
  setPolarisation(turnedX, turnedY, turnedZ);
}

// The polarisation nearest to (x, y, z) that is at right angles to the
// direction; a random one where that is along the direction.
fn polariseLike(x: f32, y: f32, z: f32) {
  let along = x * dx.x + y * dy.x + z * dz.x;
  let ax = x - along * dx.x;
  let ay = y - along * dy.x;
  let az = z - along * dz.x;
  let left = ax * ax + ay * ay + az * az;
  if (!(left > 1e-12 * (x * x + y * y + z * z))) {
    polariseAnyhow();
    return;
  }
  let s = 1.0 / sqrt(left);
  setPolarisation(ax * s, ay * s, az * s);
}

// A number of the normal distribution: Box and Muller (1958).
fn drawGauss() -> f32 {
  let radius = sqrt(-2.0 * rLog(draw()));
  turn(draw());
  return radius * turnCos;
}
