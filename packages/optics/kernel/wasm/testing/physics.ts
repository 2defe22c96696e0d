// What the tests of the physics need of the kernel's inside: many samples at
// once, each from the same start, as rows of numbers (PhysicsSample).

import { boundary, boundaryStatus } from '../boundary';
import { rayleigh } from '../bulk';
import { configureChildren } from '../children';
import { goAnywhere, polariseAnyhow } from '../emission';
import { drawFacet, facetX, facetY, facetZ } from '../facet';
import { bindScene as bind } from '../generated/scene';
import { mie } from '../mie';
import { scatterLambert } from '../mirror';
import { beginStream, draw, draws, drawWord, seedStream } from '../philox';
import {
  dx,
  dy,
  dz,
  ex,
  ey,
  ez,
  setDirection,
  setPolarisation,
  setTime,
  setWavelength,
  time,
  wavelength,
} from '../photon';
import { drawPoisson } from '../poisson';
import { drawShiftDelay, emissionBelow, reemit, shift } from '../shift';
import { energyRow } from '../tables';
import { turn } from '../turn';

export { boundaryFlag } from '../boundary';
export {
  catchesAtNormal,
  filmCatches,
  filmReflects,
  filmTransmits,
  meetLayers,
  reflectByLayers,
  refractByLayers,
} from '../film';
export { approach, face, reflect, refract, transmission } from '../fresnel';
export {
  backscatter,
  efficiency,
  gapIndex,
  reflectivity,
  specularLobe,
  specularSpike,
  surfaceAt,
  transmittance,
} from '../tables';
export {
  absorptionLength,
  energyRow,
  groupVelocity,
  materialAt,
  mieRate,
  moreRate,
  rayleighLength,
  reemissionAt,
  refractiveIndex,
  shiftRate1,
  shiftRate2,
} from '../tables';
export { turnCos, turnSin } from '../turn';
export { dx, dy, dz, ex, ey, ez } from '../photon';
export { emissionBelow };

export function physicsHeapStart(): usize {
  return __heap_base;
}

export function bindPhysics(scene: usize): void {
  bind(scene);
}

export function physicsStream(
  seedLo: u32,
  seedHi: u32,
  indexLo: u32,
  indexHi: u32,
  stream: u32,
): void {
  seedStream(seedLo, seedHi);
  beginStream(indexLo, indexHi, stream);
}

// The photon's state.
export function startPhoton(
  x: f64,
  y: f64,
  z: f64,
  px: f64,
  py: f64,
  pz: f64,
  nm: f64,
): void {
  setDirection(x, y, z);
  setPolarisation(px, py, pz);
  setWavelength(nm);
  setTime(0);
  energyRow(nm);
}

export function turnBy(part: f64): void {
  turn(part);
}

export function fillWords(count: i32, out: usize): void {
  for (let i = 0; i < count; i++) store<u32>(out + (<usize>i << 2), drawWord());
}

export function fillDraws(count: i32, out: usize): void {
  for (let i = 0; i < count; i++) store<f64>(out + (<usize>i << 3), draw());
}

export const PHYSICS_RAYLEIGH: i32 = 0;
export const PHYSICS_SHIFT: i32 = 1;
export const PHYSICS_LAMBERT: i32 = 2;
export const PHYSICS_FACET: i32 = 3;
export const PHYSICS_ISOTROPIC: i32 = 4;
export const PHYSICS_BOUNDARY: i32 = 5;
export const PHYSICS_DELAY: i32 = 6;
export const PHYSICS_MIE: i32 = 7;
export const PHYSICS_POISSON: i32 = 8;
export const PHYSICS_REEMIT: i32 = 9;

const ROW: i32 = 80;

// Parameters of the samplers, by the kind: materials, surface or model, value,
// and a normal.
export let sampleFrom: i32 = 0;
export let sampleTo: i32 = 0;
export let sampleSurface: i32 = -1;
let value: f64 = 0;
let nx: f64 = 0;
let ny: f64 = 0;
let nz: f64 = 1;

export function prepareSamples(
  from: i32,
  to: i32,
  surface: i32,
  parameter: f64,
  x: f64,
  y: f64,
  z: f64,
): void {
  sampleFrom = from;
  sampleTo = to;
  sampleSurface = surface;
  value = parameter;
  nx = x;
  ny = y;
  nz = z;
}

// Rows: direction, polarisation, time, wavelength, outcome, status.
export function takeSamples(kind: i32, count: i32, out: usize): void {
  const x = dx;
  const y = dy;
  const z = dz;
  const px = ex;
  const py = ey;
  const pz = ez;
  const nm = wavelength;
  // No room for children: their number is enough.
  configureChildren(out, out, 0);
  for (let i = 0; i < count; i++) {
    startPhoton(x, y, z, px, py, pz, nm);
    const outcome = sampleOne(kind);
    const row = out + <usize>(i * ROW);
    store<f64>(row, dx);
    store<f64>(row, dy, 8);
    store<f64>(row, dz, 16);
    store<f64>(row, ex, 24);
    store<f64>(row, ey, 32);
    store<f64>(row, ez, 40);
    store<f64>(row, time, 48);
    store<f64>(row, wavelength, 56);
    store<f64>(row, <f64>outcome, 64);
    store<f64>(row, kind == PHYSICS_BOUNDARY ? boundaryStatus : draws, 72);
  }
}

function sampleOne(kind: i32): i32 {
  if (kind == PHYSICS_RAYLEIGH) rayleigh();
  else if (kind == PHYSICS_SHIFT) return shift(sampleFrom, max(1, sampleTo)) ? 1 : 0;
  else if (kind == PHYSICS_LAMBERT) scatterLambert(nx, ny, nz);
  else if (kind == PHYSICS_DELAY) setTime(drawShiftDelay(sampleFrom, max(1, sampleTo)));
  else if (kind == PHYSICS_MIE) mie(sampleFrom);
  else if (kind == PHYSICS_POISSON) return drawPoisson(value);
  else if (kind == PHYSICS_REEMIT) return reemit(sampleFrom) ? 1 : 0;
  else if (kind == PHYSICS_FACET) {
    drawFacet(sampleSurface, value, nx, ny, nz);
    setDirection(facetX, facetY, facetZ);
  } else if (kind == PHYSICS_ISOTROPIC) {
    goAnywhere();
    polariseAnyhow();
  } else {
    return boundary(sampleFrom, sampleTo, sampleSurface, nx, ny, nz);
  }
  return 0;
}
