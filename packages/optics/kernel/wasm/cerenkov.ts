// Cerenkov light of one step of a charged particle, as G4Cerenkov makes it.

import { goAlong, rotateToAxis, turnedX, turnedY, turnedZ } from './emission';
import {
  CERENKOV_BETA_INVERSE,
  CERENKOV_MAX_SIN2,
  CERENKOV_MEAN_AFTER,
  CERENKOV_MEAN_BEFORE,
  CERENKOV_POST_VELOCITY,
  CERENKOV_PRE_VELOCITY,
  CERENKOV_WAVELENGTH_HIGH,
  CERENKOV_WAVELENGTH_LOW,
  GENSTEP_MATERIAL,
  GENSTEP_TIME,
  GENSTEP_X,
  GENSTEP_Y,
  GENSTEP_Z,
  TRACK_DELTA_X,
  TRACK_DELTA_Y,
  TRACK_DELTA_Z,
  TRACK_LENGTH,
} from './generated/scene';
import { draw } from './philox';
import {
  setPolarisation,
  setPosition,
  setTime,
  setWavelength,
} from './photon';
import { PLANCK_TIMES_C } from './spectrum';
import { energyRow, indexAt } from './tables';
import { turn, turnCos, turnSin } from './turn';

// A step whose numbers contradict its material's index ends the search here.
const MAX_TRIES: i32 = 100000;

@inline function read(step: usize, offset: i32): f64 {
  return <f64>load<f32>(step + <usize>offset);
}

// Sets the photon (photon.ts), in the frame of the world.
export function emitCerenkov(step: usize): void {
  const cosine = drawEnergyAndCosine(step);
  emitOnCone(step, cosine);
  emitAlongTrack(step);
}

// cos(theta) = 1 / (n beta): the cone's angle at the photon's energy. [CK4]
@inline function coneCosine(betaInverse: f64, material: i32): f64 {
  return betaInverse / indexAt(material);
}

// Energy: uniform between the ends of the spectrum, kept with the probability
// sin2(theta) / maxSin2, which is the shape of Frank and Tamm's formula.
// [CK3]
function drawEnergyAndCosine(step: usize): f64 {
  const betaInverse = read(step, CERENKOV_BETA_INVERSE);
  const maxSin2 = read(step, CERENKOV_MAX_SIN2);
  const material = load<i32>(step, GENSTEP_MATERIAL);
  const least = PLANCK_TIMES_C / read(step, CERENKOV_WAVELENGTH_HIGH);
  const greatest = PLANCK_TIMES_C / read(step, CERENKOV_WAVELENGTH_LOW);
  let cosine: f64 = 1.0;
  for (let i = 0; i < MAX_TRIES; i++) {
    const nm = PLANCK_TIMES_C / (least + draw() * (greatest - least));
    setWavelength(nm);
    energyRow(nm);
    cosine = coneCosine(betaInverse, material);
    if (draw() * maxSin2 <= (1.0 - cosine) * (1.0 + cosine)) break;
  }
  return min(cosine, 1.0);
}

// On the cone about the track at a random azimuth; polarised in the plane of
// photon and track. [CK4] [CK5]
function emitOnCone(step: usize, cosine: f64): void {
  const x = read(step, TRACK_DELTA_X);
  const y = read(step, TRACK_DELTA_Y);
  const z = read(step, TRACK_DELTA_Z);
  const s = 1.0 / Math.sqrt(x * x + y * y + z * z);
  const sine = Math.sqrt((1.0 - cosine) * (1.0 + cosine));
  turn(draw());
  const cosPhi = turnCos;
  const sinPhi = turnSin;
  rotateToAxis(sine * cosPhi, sine * sinPhi, cosine, x * s, y * s, z * s);
  goAlong(turnedX, turnedY, turnedZ);
  rotateToAxis(
    cosine * cosPhi,
    cosine * sinPhi,
    -sine,
    x * s,
    y * s,
    z * s,
  );
  setPolarisation(turnedX, turnedY, turnedZ);
}

// The fraction of the step where its light starts, with the density falling
// linearly from `before` to `after`: the inverse of its cumulative,
// u = (2 before x + (after - before) x^2) / (before + after). [CK6]
@inline function linearDensity(before: f64, after: f64, u: f64): f64 {
  const root = Math.sqrt(before * before + u * (after * after - before * before));
  const sum = before + root;
  return sum > 0.0 ? (u * (before + after)) / sum : u;
}

function emitAlongTrack(step: usize): void {
  const part = linearDensity(
    read(step, CERENKOV_MEAN_BEFORE),
    read(step, CERENKOV_MEAN_AFTER),
    draw(),
  );
  setPosition(
    read(step, GENSTEP_X) + part * read(step, TRACK_DELTA_X),
    read(step, GENSTEP_Y) + part * read(step, TRACK_DELTA_Y),
    read(step, GENSTEP_Z) + part * read(step, TRACK_DELTA_Z),
  );
  const pre = read(step, CERENKOV_PRE_VELOCITY);
  const post = read(step, CERENKOV_POST_VELOCITY);
  const velocity = pre + 0.5 * part * (post - pre);
  setTime(
    read(step, GENSTEP_TIME) + (part * read(step, TRACK_LENGTH)) / velocity,
  );
}
