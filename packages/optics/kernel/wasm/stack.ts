// Light of one polarisation in a stack of layers, by characteristic matrices:
// the fields E and H along the layers are carried from behind the stack to its
// front. F. Abeles, Ann. Phys. (Paris) 12 (1950) 596 and 706; S. J. Byrnes,
// arXiv:1603.02720. Waves go as exp(-i omega t); an index is n + ik. [FILM1]

import { divide, im, multiply, re, root } from './complex';

// Of the last endStack(): the amplitude reflected, of the field along the
// layers, and that transmitted; the parts of the power that are reflected, go
// through, and are absorbed in the layer asked for.
export let reflectRe: f64 = 0;
export let reflectIm: f64 = 0;
export let transmitRe: f64 = 0;
export let transmitIm: f64 = 0;
export let reflected: f64 = 0;
export let transmitted: f64 = 0;
export let caught: f64 = 0;

// Below this squared index along the normal light goes along the layer.
const GRAZING: f64 = 1e-24;

let eRe: f64 = 1;
let eIm: f64 = 0;
let hRe: f64 = 0;
let hIm: f64 = 0;
// Squared: n sin of the angle, the same in all layers.
let along: f64 = 0;
let magnetic: bool = false;
// Behind the stack, in units of the fields at hand: flux and amplitude.
let fluxBehind: f64 = 0;
let amplitudeBehind: f64 = 1;
// Of the last admittance(): q = n cos of the angle in the layer, and the ratio
// of H to E of a wave that goes on: q (s), n^2 / q (p).
let qRe: f64 = 0;
let qIm: f64 = 0;
let yRe: f64 = 0;
let yIm: f64 = 0;

function admittance(n: f64, k: f64): void {
  multiply(n, k, n, k);
  const squareRe = re;
  const squareIm = im;
  root(squareRe - along, squareIm);
  qRe = re * re + im * im < GRAZING ? 1e-12 : re;
  qIm = im;
  yRe = qRe;
  yIm = qIm;
  if (!magnetic) return;
  divide(squareRe, squareIm, qRe, qIm);
  yRe = re;
  yIm = im;
}

// Flux along the normal.
@inline function flux(): f64 {
  return eRe * hRe + eIm * hIm;
}

// Begins behind the stack, with light that leaves it into index n + ik.
// `squared` is (n sin)^2 in front; `p` the polarisation: s or p.
export function beginStack(p: bool, n: f64, k: f64, squared: f64): void {
  magnetic = p;
  along = squared;
  admittance(n, k);
  eRe = 1.0;
  eIm = 0.0;
  hRe = yRe;
  hIm = yIm;
  fluxBehind = max(0.0, flux());
  amplitudeBehind = 1.0;
  caught = 0.0;
}

// Adds a layer in front, of a thickness in units of lambda / 2 pi:
// E' = cos d E - i sin d / Y H, H' = cos d H - i Y sin d E, d = q thickness.
// All is scaled by exp(-Im d), so that thick layers do not overflow.
export function addLayer(
  n: f64,
  k: f64,
  thickness: f64,
  isCathode: bool,
): void {
  admittance(n, k);
  const phase = qRe * thickness;
  const damp = Math.exp(-qIm * thickness);
  const twice = damp * damp;
  const c = Math.cos(phase);
  const s = Math.sin(phase);
  // cos d and -i sin d.
  const cosRe = 0.5 * (1.0 + twice) * c;
  const cosIm = -0.5 * (1.0 - twice) * s;
  const sinRe = 0.5 * (1.0 - twice) * c;
  const sinIm = -0.5 * (1.0 + twice) * s;
  const before = flux() * twice;
  divide(sinRe, sinIm, yRe, yIm);
  multiply(re, im, hRe, hIm);
  const addRe = re;
  const addIm = im;
  multiply(sinRe, sinIm, yRe, yIm);
  multiply(re, im, eRe, eIm);
  const moreRe = re;
  const moreIm = im;
  multiply(cosRe, cosIm, eRe, eIm);
  eRe = re + addRe;
  eIm = im + addIm;
  multiply(cosRe, cosIm, hRe, hIm);
  hRe = re + moreRe;
  hIm = im + moreIm;
  fluxBehind *= twice;
  amplitudeBehind *= damp;
  caught = isCathode ? max(0.0, flux() - before) : caught * twice;
}

// Ends in front of the stack, where light of that cosine comes from index n.
export function endStack(n: f64, cosine: f64): void {
  const y = magnetic ? n / max(1e-12, cosine) : n * cosine;
  const inRe = y * eRe + hRe;
  const inIm = y * eIm + hIm;
  divide(y * eRe - hRe, y * eIm - hIm, inRe, inIm);
  reflectRe = re;
  reflectIm = im;
  divide(2.0 * y * amplitudeBehind, 0.0, inRe, inIm);
  transmitRe = re;
  transmitIm = im;
  const part = (4.0 * y) / (inRe * inRe + inIm * inIm);
  reflected = min(1.0, reflectRe * reflectRe + reflectIm * reflectIm);
  transmitted = part * fluxBehind;
  caught *= part;
}
