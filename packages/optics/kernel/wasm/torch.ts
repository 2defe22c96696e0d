// Photons of Opticks' own torches (sysrap/storch.h): the direction, the place
// and the polarisation are drawn together. The polarisation's phase is that
// of Opticks, where it is arbitrary.

import { goAlong } from './emission';
import {
  GENSTEP_PHOTONS,
  GENSTEP_TIME,
  GENSTEP_X,
  GENSTEP_Y,
  GENSTEP_Z,
  TORCH_AZIMUTH_HIGH,
  TORCH_AZIMUTH_LOW,
  TORCH_DIRECTION_X,
  TORCH_DIRECTION_Y,
  TORCH_DIRECTION_Z,
  TORCH_IS_CIRCLE,
  TORCH_IS_DISC,
  TORCH_IS_LINE,
  TORCH_IS_RECTANGLE,
  TORCH_IS_SPHERE,
  TORCH_IS_SPHERE_MARSAGLIA,
  TORCH_PHASE,
  TORCH_RADIUS,
  TORCH_SHAPE,
  TORCH_WAVELENGTH,
  TORCH_ZENITH_HIGH,
  TORCH_ZENITH_LOW,
} from './generated/scene';
import { draw } from './philox';
import {
  dx,
  dy,
  dz,
  setPolarisation,
  setPosition,
  setTime,
  setWavelength,
} from './photon';
import { turn, turnCos, turnSin } from './turn';

// A square without points of the circle ends the search here.
const MAX_TRIES: i32 = 100000;

// The result of `rotateUz`.
let ux: f64 = 0;
let uy: f64 = 0;
let uz: f64 = 0;

// A vector given about the z axis, turned so that z becomes the direction by
// two rotations, about y and then about z (CLHEP's Hep3Vector::rotateUz).
function rotateUz(x: f64, y: f64, z: f64): void {
  const up = Math.sqrt(dx * dx + dy * dy);
  if (up > 0.0) {
    ux = (dx * dz * x - dy * y) / up + dx * z;
    uy = (dy * dz * x + dx * y) / up + dy * z;
    uz = dz * z - up * x;
    return;
  }
  const sign: f64 = dz < 0.0 ? -1.0 : 1.0;
  ux = sign * x;
  uy = y;
  uz = sign * z;
}

@inline function read(step: usize, offset: i32): f64 {
  return <f64>load<f32>(step + <usize>offset);
}

// Uniform between the ends of a range.
@inline function between(step: usize, low: i32, high: i32): f64 {
  const from = read(step, low);
  return from + draw() * (read(step, high) - from);
}

// `turn` by any number of full turns.
@inline function turnBy(turns: f64): void {
  turn(turns - Math.floor(turns));
}

@inline function placeAt(step: usize, x: f64, y: f64, z: f64): void {
  setPosition(
    read(step, GENSTEP_X) + x,
    read(step, GENSTEP_Y) + y,
    read(step, GENSTEP_Z) + z,
  );
}

// The polarisation (x, y, 0) about the direction.
@inline function polariseAbout(x: f64, y: f64): void {
  rotateUz(x, y, 0.0);
  setPolarisation(ux, uy, uz);
}

// Sets the photon (photon.ts) of this number in its step, in the frame of the
// world. [SRC13]
export function emitTorch(step: usize, number: u32): void {
  const shape = load<i32>(step, TORCH_SHAPE);
  setWavelength(read(step, TORCH_WAVELENGTH));
  setTime(read(step, GENSTEP_TIME));
  if (shape == TORCH_IS_SPHERE) {
    emitFromSphere(step);
  } else if (shape == TORCH_IS_SPHERE_MARSAGLIA) {
    emitFromSquare(step);
  } else if (shape == TORCH_IS_CIRCLE) {
    emitFromCircle(step, number);
  } else if (shape == TORCH_IS_RECTANGLE) {
    emitFromRectangle(step, number);
  } else {
    emitBeam(step, shape, number);
  }
}

// Along the direction: from a disc (with a radius that is uniform, not an
// area), from a line by number, or from a point.
function emitBeam(step: usize, shape: i32, number: u32): void {
  goAlong(
    read(step, TORCH_DIRECTION_X),
    read(step, TORCH_DIRECTION_Y),
    read(step, TORCH_DIRECTION_Z),
  );
  const radius = read(step, TORCH_RADIUS);
  if (shape == TORCH_IS_DISC) {
    const r = radius * between(step, TORCH_ZENITH_LOW, TORCH_ZENITH_HIGH);
    turnBy(between(step, TORCH_AZIMUTH_LOW, TORCH_AZIMUTH_HIGH));
    const c = turnCos;
    const s = turnSin;
    rotateUz(r * c, r * s, 0.0);
    placeAt(step, ux, uy, uz);
    polariseAbout(s, -c);
    return;
  }
  const part = shape == TORCH_IS_LINE ? 2.0 * share(step, number) - 1.0 : 0.0;
  rotateUz(radius * part, 0.0, 0.0);
  placeAt(step, ux, uy, uz);
  polariseAbout(0.0, -1.0);
}

// The photon's number over the number of photons of its step.
@inline function share(step: usize, number: u32): f64 {
  return <f64>number / <f64>load<u32>(step, GENSTEP_PHOTONS);
}

// From the unit vector's point of the sphere, outwards or inwards by the sign
// of the radius.
function goRadially(step: usize, x: f64, y: f64, z: f64): void {
  const radius = read(step, TORCH_RADIUS);
  const way = copysign<f64>(1.0, radius);
  const r = abs(radius);
  goAlong(way * x, way * y, way * z);
  placeAt(step, r * x, r * y, r * z);
}

@inline function polariseByPhase(step: usize): void {
  turnBy(read(step, TORCH_PHASE));
  polariseAbout(turnCos, turnSin);
}

function emitFromSphere(step: usize): void {
  const z = 1.0 - 2.0 * between(step, TORCH_ZENITH_LOW, TORCH_ZENITH_HIGH);
  const rho = Math.sqrt(max(0.0, (1.0 - z) * (1.0 + z)));
  turnBy(between(step, TORCH_AZIMUTH_LOW, TORCH_AZIMUTH_HIGH));
  goRadially(step, rho * turnCos, rho * turnSin, z);
  polariseByPhase(step);
}

// The sphere again, by Marsaglia (Ann. Math. Stat. 43 (1972) 645): a point of
// the unit circle in the square that zenith and azimuth are ranges of.
function emitFromSquare(step: usize): void {
  let u: f64 = 0.0;
  let v: f64 = 0.0;
  let b: f64 = 2.0;
  for (let i = 0; i < MAX_TRIES && b > 1.0; i++) {
    u = 2.0 * between(step, TORCH_ZENITH_LOW, TORCH_ZENITH_HIGH) - 1.0;
    v = 2.0 * between(step, TORCH_AZIMUTH_LOW, TORCH_AZIMUTH_HIGH) - 1.0;
    b = u * u + v * v;
  }
  const a = 2.0 * Math.sqrt(max(0.0, 1.0 - b));
  goRadially(step, a * u, a * v, 2.0 * min(b, 1.0) - 1.0);
  polariseByPhase(step);
}

// Round the circle in the plane of x and z by number.
function emitFromCircle(step: usize, number: u32): void {
  const part = share(step, number);
  const low = read(step, TORCH_AZIMUTH_LOW);
  const high = read(step, TORCH_AZIMUTH_HIGH);
  turnBy(low * (1.0 - part) + high * part);
  goRadially(step, turnCos, 0.0, turnSin);
  polariseAbout(0.0, -1.0);
}

// Inwards from the sides of a rectangle in the plane of x and z by number: a
// quarter of the photons from the left, right, bottom and top each.
function emitFromRectangle(step: usize, number: u32): void {
  const perSide = max<u32>(1, load<u32>(step, GENSTEP_PHOTONS) / 4);
  const side = min<u32>(3, number / perSide);
  const part = <f64>(number - side * perSide) / <f64>perSide;
  const left = read(step, TORCH_AZIMUTH_LOW);
  const right = read(step, TORCH_AZIMUTH_HIGH);
  const bottom = read(step, TORCH_ZENITH_LOW);
  const top = read(step, TORCH_ZENITH_HIGH);
  if (side < 2) {
    goAlong(side == 0 ? 1.0 : -1.0, 0.0, 0.0);
    const z = (1.0 - part) * bottom + part * top;
    placeAt(step, side == 0 ? left : right, 0.0, z);
  } else {
    goAlong(0.0, 0.0, side == 2 ? 1.0 : -1.0);
    const x = (1.0 - part) * left + part * right;
    placeAt(step, x, 0.0, side == 2 ? bottom : top);
  }
  polariseAbout(0.0, -1.0);
}
