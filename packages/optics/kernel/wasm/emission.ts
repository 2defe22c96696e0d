// Directions and polarisations that the sources give to new photons; the
// photon's own state (photon.ts) is in the frame of the world meanwhile.

import { draw } from './philox';
import { dx, dy, dz, setDirection, setPolarisation } from './photon';
import { turn, turnCos, turnSin } from './turn';

// The result of `rotateToAxis`.
export let turnedX: f64 = 0;
export let turnedY: f64 = 0;
export let turnedZ: f64 = 0;

// A vector given about the z axis, turned so that z becomes the unit vector
// (ax, ay, az). Duff et al., JCGT 6 (2017) 1: an orthonormal basis.
@inline export function rotateToAxis(
  x: f64,
  y: f64,
  z: f64,
  ax: f64,
  ay: f64,
  az: f64,
): void {
  const sign = copysign<f64>(1.0, az);
  const a = -1.0 / (sign + az);
  const b = ax * ay * a;
  turnedX = x * (1.0 + sign * ax * ax * a) + y * b + z * ax;
  turnedY = x * sign * b + y * (sign + ay * ay * a) + z * ay;
  turnedZ = -x * sign * ax - y * ay + z * az;
}

// Makes (x, y, z) / |(x, y, z)| the photon's direction.
export function goAlong(x: f64, y: f64, z: f64): void {
  const s = 1.0 / Math.sqrt(x * x + y * y + z * z);
  setDirection(x * s, y * s, z * s);
}

// A direction with this cosine to the axis, at a random azimuth.
export function goAbout(cosine: f64, ax: f64, ay: f64, az: f64): void {
  const sine = Math.sqrt(max(0.0, (1.0 - cosine) * (1.0 + cosine)));
  turn(draw());
  rotateToAxis(sine * turnCos, sine * turnSin, cosine, ax, ay, az);
  goAlong(turnedX, turnedY, turnedZ);
}

// Any direction, all alike likely.
export function goAnywhere(): void {
  goAbout(2.0 * draw() - 1.0, 0.0, 0.0, 1.0);
}

// A random polarisation, at right angles to the direction.
export function polariseAnyhow(): void {
  turn(draw());
  rotateToAxis(turnCos, turnSin, 0.0, dx, dy, dz);
  setPolarisation(turnedX, turnedY, turnedZ);
}

// The polarisation nearest to (x, y, z) that is at right angles to the
// direction; a random one where that is along the direction.
export function polariseLike(x: f64, y: f64, z: f64): void {
  const along = x * dx + y * dy + z * dz;
  const ax = x - along * dx;
  const ay = y - along * dy;
  const az = z - along * dz;
  const left = ax * ax + ay * ay + az * az;
  if (!(left > 1e-12 * (x * x + y * y + z * z))) {
    polariseAnyhow();
    return;
  }
  const s = 1.0 / Math.sqrt(left);
  setPolarisation(ax * s, ay * s, az * s);
}

// A number of the normal distribution: Box and Muller (1958).
export function drawGauss(): f64 {
  const radius = Math.sqrt(-2.0 * Math.log(draw()));
  turn(draw());
  return radius * turnCos;
}
