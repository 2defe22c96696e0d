// Photons of a light source in words (src/sources/light): shape, direction,
// wavelength and time are drawn one after the other.

import {
  drawGauss,
  goAbout,
  goAlong,
  goAnywhere,
  polariseAnyhow,
  polariseLike,
  rotateToAxis,
  turnedX,
  turnedY,
  turnedZ,
} from './emission';
import {
  GENSTEP_TIME,
  GENSTEP_X,
  GENSTEP_Y,
  GENSTEP_Z,
  LIGHT_AXIS_X,
  LIGHT_AXIS_Y,
  LIGHT_AXIS_Z,
  LIGHT_GOES_CONE,
  LIGHT_GOES_INWARDS,
  LIGHT_GOES_ISOTROPIC,
  LIGHT_GOES_LAMBERTIAN,
  LIGHT_IS_BALL,
  LIGHT_IS_DISC,
  LIGHT_IS_LINE,
  LIGHT_IS_SPHERE,
  LIGHT_LINE_X,
  LIGHT_LINE_Y,
  LIGHT_LINE_Z,
  LIGHT_MODE,
  LIGHT_OPENING,
  LIGHT_POL_X,
  LIGHT_POL_Y,
  LIGHT_POL_Z,
  LIGHT_RADIUS,
  LIGHT_SHAPE,
  LIGHT_SPECTRUM_FLAT,
  LIGHT_SPECTRUM_GAUSSIAN,
  LIGHT_SPECTRUM_TABLE,
  LIGHT_TIME_EXPONENTIAL,
  LIGHT_TIME_FLAT,
  LIGHT_TIME_GAUSSIAN,
  LIGHT_TIME_WIDTH,
  LIGHT_WAVELENGTH,
  LIGHT_WAVELENGTH_WIDTH,
} from './generated/scene';
import { draw } from './philox';
import { setPosition, setTime, setWavelength } from './photon';
import { PLANCK_TIMES_C, spectrumEnergy } from './spectrum';
import { turn, turnCos, turnSin } from './turn';

let spectrum: usize = 0;
let spectrumKnots: i32 = 0;

// The spectrum of lights that have one: knots as in spectrum.ts.
export function setLightSpectrum(at: usize, knots: i32): void {
  spectrum = at;
  spectrumKnots = knots;
}

@inline function read(step: usize, offset: i32): f64 {
  return <f64>load<f32>(step + <usize>offset);
}

// Where the photon starts, from the middle of the source; the normal there.
let offsetX: f64 = 0;
let offsetY: f64 = 0;
let offsetZ: f64 = 0;
let normalX: f64 = 0;
let normalY: f64 = 0;
let normalZ: f64 = 0;

// Sets the photon (photon.ts), in the frame of the world.
export function emitLight(step: usize): void {
  const mode = load<i32>(step, LIGHT_MODE);
  startSomewhere(step);
  goSomewhere(step, mode & 15);
  polarise(step);
  setWavelength(drawWavelength(step, (mode >> 4) & 15));
  setTime(read(step, GENSTEP_TIME) + drawDelay(step, (mode >> 8) & 15));
}

@inline function setOffset(x: f64, y: f64, z: f64): void {
  offsetX = x;
  offsetY = y;
  offsetZ = z;
}

// Uniform on the shape; sets the normal there, the axis if the shape has none.
// [SRC5]
function startSomewhere(step: usize): void {
  const shape = load<i32>(step, LIGHT_SHAPE);
  const radius = read(step, LIGHT_RADIUS);
  normalX = read(step, LIGHT_AXIS_X);
  normalY = read(step, LIGHT_AXIS_Y);
  normalZ = read(step, LIGHT_AXIS_Z);
  setOffset(0.0, 0.0, 0.0);
  if (shape == LIGHT_IS_DISC) {
    const r = radius * Math.sqrt(draw());
    turn(draw());
    const x = r * turnCos;
    const y = r * turnSin;
    rotateToAxis(x, y, 0.0, normalX, normalY, normalZ);
    setOffset(turnedX, turnedY, turnedZ);
  } else if (shape == LIGHT_IS_LINE) {
    const part = draw();
    setOffset(
      part * read(step, LIGHT_LINE_X),
      part * read(step, LIGHT_LINE_Y),
      part * read(step, LIGHT_LINE_Z),
    );
  } else if (shape == LIGHT_IS_SPHERE || shape == LIGHT_IS_BALL) {
    startInSphere(radius, shape == LIGHT_IS_BALL);
  }
  setPosition(
    read(step, GENSTEP_X) + offsetX,
    read(step, GENSTEP_Y) + offsetY,
    read(step, GENSTEP_Z) + offsetZ,
  );
}

// On the surface of a sphere, or anywhere in it (the cube of r is uniform).
function startInSphere(radius: f64, inside: bool): void {
  const z = 2.0 * draw() - 1.0;
  const rho = Math.sqrt((1.0 - z) * (1.0 + z));
  turn(draw());
  const r = inside ? radius * Math.cbrt(draw()) : radius;
  normalX = rho * turnCos;
  normalY = rho * turnSin;
  normalZ = z;
  setOffset(r * normalX, r * normalY, r * normalZ);
}

// [SRC6]
function goSomewhere(step: usize, way: i32): void {
  if (way == LIGHT_GOES_ISOTROPIC) {
    goAnywhere();
  } else if (way == LIGHT_GOES_CONE) {
    const ax = read(step, LIGHT_AXIS_X);
    const ay = read(step, LIGHT_AXIS_Y);
    const az = read(step, LIGHT_AXIS_Z);
    const opening = read(step, LIGHT_OPENING);
    if (opening == 0.0) {
      goAlong(ax, ay, az);
    } else {
      // Uniform in solid angle: 1 - cos is uniform up to 2 sin2(opening/2).
      const half = Math.sin(0.5 * opening);
      goAbout(1.0 - 2.0 * half * half * draw(), ax, ay, az);
    }
  } else if (way == LIGHT_GOES_LAMBERTIAN) {
    goAbout(Math.sqrt(draw()), normalX, normalY, normalZ);
  } else if (way == LIGHT_GOES_INWARDS) {
    goAlong(-normalX, -normalY, -normalZ);
  } else {
    goAlong(normalX, normalY, normalZ);
  }
}

// [SRC9]
function polarise(step: usize): void {
  const x = read(step, LIGHT_POL_X);
  const y = read(step, LIGHT_POL_Y);
  const z = read(step, LIGHT_POL_Z);
  if (x == 0.0 && y == 0.0 && z == 0.0) polariseAnyhow();
  else polariseLike(x, y, z);
}

// [SRC7]
function drawWavelength(step: usize, kind: i32): f64 {
  const low = read(step, LIGHT_WAVELENGTH);
  const width = read(step, LIGHT_WAVELENGTH_WIDTH);
  if (kind == LIGHT_SPECTRUM_FLAT) return low + draw() * (width - low);
  if (kind == LIGHT_SPECTRUM_GAUSSIAN) return low + width * drawGauss();
  if (kind == LIGHT_SPECTRUM_TABLE)
    return PLANCK_TIMES_C / spectrumEnergy(spectrum, spectrumKnots, draw());
  return low;
}

// [SRC8]
function drawDelay(step: usize, kind: i32): f64 {
  const width = read(step, LIGHT_TIME_WIDTH);
  if (kind == LIGHT_TIME_GAUSSIAN) return width * drawGauss();
  if (kind == LIGHT_TIME_FLAT) return width * draw();
  if (kind == LIGHT_TIME_EXPONENTIAL) return -width * Math.log(draw());
  return 0.0;
}
