// What a film does to the photon at the facet that fresnel.ts faces: a stack
// of layers, seen by the two polarisations of its field.

import {
  cosineOfIncidence,
  reflectBy,
  refractBy,
  shareOfS,
  sineSquared,
} from './fresnel';
import { layerThickness } from './generated/scene';
import { wavelength } from './photon';
import {
  addLayer,
  beginStack,
  caught,
  endStack,
  reflected,
  reflectIm,
  reflectRe,
  transmitIm,
  transmitRe,
  transmitted,
} from './stack';
import { layerAt, layerExtinction, layerIndex } from './tables';

// Of the last meetLayers(), for the photon's field: the chances that it is
// reflected, goes through, and is absorbed in the cathode.
export let filmReflects: f64 = 0;
export let filmTransmits: f64 = 0;
export let filmCatches: f64 = 0;

// Coefficients of amplitude with the sign that linear polarisation leaves of
// their phases.
let reflectS: f64 = 0;
let reflectP: f64 = 0;
let transmitS: f64 = 0;
let transmitP: f64 = 0;

// Layers `first` on, seen from index n1, with index n2 + ik behind; backwards:
// the last is met first. `cathode` counts from 0, -1: none. [FILM1] [FILM2]
export function meetLayers(
  first: i32,
  count: i32,
  cathode: i32,
  backwards: bool,
  n1: f64,
  n2: f64,
  k2: f64,
): void {
  const c = cosineOfIncidence;
  const along = n1 * n1 * sineSquared;
  followStack(false, first, count, cathode, backwards, n2, k2, along);
  endStack(n1, c);
  const share = shareOfS();
  filmReflects = share * reflected;
  filmTransmits = share * transmitted;
  filmCatches = share * caught;
  const rRe = reflectRe;
  const rIm = reflectIm;
  const tRe = transmitRe;
  const tIm = transmitIm;
  followStack(true, first, count, cathode, backwards, n2, k2, along);
  endStack(n1, c);
  filmReflects += (1.0 - share) * reflected;
  filmTransmits += (1.0 - share) * transmitted;
  filmCatches += (1.0 - share) * caught;
  // Along d' x (d x n) the reflected p is opposite to the field along the
  // layers, and the transmitted one longer by cos1 / cos2.
  reflectS = signed(rRe, rRe, rIm);
  reflectP = beside(rRe, rIm, -reflectRe, -reflectIm);
  const ratio = n1 / n2;
  const c2 = Math.sqrt(max(0.0, 1.0 - ratio * ratio * sineSquared));
  const longer = c2 > 0.0 ? c / c2 : 0.0;
  transmitS = signed(tRe, tRe, tIm);
  transmitP = beside(tRe, tIm, longer * transmitRe, longer * transmitIm);
}

// Those layers up to their front.
function followStack(
  p: bool,
  first: i32,
  count: i32,
  cathode: i32,
  backwards: bool,
  n2: f64,
  k2: f64,
  along: f64,
): void {
  const waves = (2.0 * Math.PI) / (wavelength * 1e-6);
  beginStack(p, n2, k2, along);
  for (let i = 0; i < count; i++) {
    const which = backwards ? i : count - 1 - i;
    const layer = first + which;
    layerAt(layer);
    addLayer(
      layerIndex,
      layerExtinction,
      waves * layerThickness(layer),
      which == cathode,
    );
  }
}

// The part of light at normal incidence from index n1 on the first layer that
// is absorbed in the cathode. [FILM5]
export function catchesAtNormal(
  first: i32,
  count: i32,
  cathode: i32,
  n1: f64,
  n2: f64,
): f64 {
  followStack(false, first, count, cathode, false, n2, 0.0, 0.0);
  endStack(n1, 1.0);
  return caught;
}

// The size of re + i im, with the sign of `like`.
@inline function signed(like: f64, re: f64, im: f64): f64 {
  return copysign<f64>(Math.sqrt(re * re + im * im), like);
}

// The size of p, on the side of the amplitude s where their fields swing
// together: a photon has linear polarisation, and the phase between the two
// is lost but for that. [FILM3]
function beside(sRe: f64, sIm: f64, pRe: f64, pIm: f64): f64 {
  const together = pRe * sRe + pIm * sIm;
  return signed(sRe < 0.0 ? -together : together, pRe, pIm);
}

// Goes back, with the field of those amplitudes. [FILM3]
export function reflectByLayers(): void {
  reflectBy(reflectS, reflectP);
}

// Goes through, from index n1 to n2. [FILM3]
export function refractByLayers(n1: f64, n2: f64): void {
  refractBy(n1, n2, transmitS, transmitP);
}
