// Made by tools/emit-wgsl.mjs of kernel/wasm/stack.ts.

// Light of one polarisation in a stack of layers, by characteristic matrices:
// the fields E and H along the layers are carried from behind the stack to its
// front. F. Abeles, Ann. Phys. (Paris) 12 (1950) 596 and 706; S. J. Byrnes,
// arXiv:1603.02720. Waves go as exp(-i omega t); an index is n + ik. [FILM1]

// Of the last endStack(): the amplitude reflected, of the field along the
// layers, and that transmitted; the parts of the power that are reflected, go
// through, and are absorbed in the layer asked for.
var<private> reflectRe: f32 = 0.0;
var<private> reflectIm: f32 = 0.0;
var<private> transmitRe: f32 = 0.0;
var<private> transmitIm: f32 = 0.0;
var<private> reflected: f32 = 0.0;
var<private> transmitted: f32 = 0.0;
var<private> caught: f32 = 0.0;

// Below this squared index along the normal light goes along the layer.
const GRAZING: f32 = 1e-24;
var<private> eRe: f32 = 1.0;
var<private> eIm: f32 = 0.0;
var<private> hRe: f32 = 0.0;
var<private> hIm: f32 = 0.0;

// Squared: n sin of the angle, the same in all layers.
var<private> along: f32 = 0.0;
var<private> magnetic: bool = false;

// Behind the stack, in units of the fields at hand: flux and amplitude.
var<private> fluxBehind: f32 = 0.0;
var<private> amplitudeBehind: f32 = 1.0;

// Of the last admittance(): q = n cos of the angle in the layer, and the ratio
// of H to E of a wave that goes on: q (s), n^2 / q (p).
var<private> qRe: f32 = 0.0;
var<private> qIm: f32 = 0.0;
var<private> yRe: f32 = 0.0;
var<private> yIm: f32 = 0.0;
fn admittance(n: f32, k: f32) {
  multiply(n, k, n, k);
  let squareRe = re;
  let squareIm = im;
  root(squareRe - along, squareIm);
  qRe = select(re, 1e-12, re * re + im * im < GRAZING);
  qIm = im;
  yRe = qRe;
  yIm = qIm;
  if (!magnetic) {
    return;
  }
  divide(squareRe, squareIm, qRe, qIm);
  yRe = re;
  yIm = im;
}

// Flux along the normal.
fn flux() -> f32 {
  return eRe * hRe + eIm * hIm;
}

// Begins behind the stack, with light that leaves it into index n + ik.
// `squared` is (n sin)^2 in front; `p` the polarisation: s or p.
fn beginStack(p: bool, n: f32, k: f32, squared: f32) {
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
fn addLayer(n: f32, k: f32, thickness: f32, isCathode: bool) {
  admittance(n, k);
  let phase = qRe * thickness;
  let damp = rExp(-qIm * thickness);
  let twice = damp * damp;
  let c = rCos(phase);
  let s = rSin(phase);
  // cos d and -i sin d.
  let cosRe = 0.5 * (1.0 + twice) * c;
  let cosIm = -0.5 * (1.0 - twice) * s;
  let sinRe = 0.5 * (1.0 - twice) * c;
  let sinIm = -0.5 * (1.0 + twice) * s;
  let before = flux() * twice;
  divide(sinRe, sinIm, yRe, yIm);
  multiply(re, im, hRe, hIm);
  let addRe = re;
  let addIm = im;
  multiply(sinRe, sinIm, yRe, yIm);
  multiply(re, im, eRe, eIm);
  let moreRe = re;
  let moreIm = im;
  multiply(cosRe, cosIm, eRe, eIm);
  eRe = re + addRe;
  eIm = im + addIm;
  multiply(cosRe, cosIm, hRe, hIm);
  hRe = re + moreRe;
  hIm = im + moreIm;
  fluxBehind *= twice;
  amplitudeBehind *= damp;
  var t1_: f32;
  if (isCathode) {
    t1_ = max(0.0, flux() - before);
  } else {
    t1_ = caught * twice;
  }
  caught = t1_;
}

// Ends in front of the stack, where light of that cosine comes from index n.
fn endStack(n: f32, cosine: f32) {
  let y = select(n * cosine, n / max(1e-12, cosine), magnetic);
  let inRe = y * eRe + hRe;
  let inIm = y * eIm + hIm;
  divide(y * eRe - hRe, y * eIm - hIm, inRe, inIm);
  reflectRe = re;
  reflectIm = im;
  divide(2.0 * y * amplitudeBehind, 0.0, inRe, inIm);
  transmitRe = re;
  transmitIm = im;
  let part = (4.0 * y) / (inRe * inRe + inIm * inIm);
  reflected = min(1.0, reflectRe * reflectRe + reflectIm * reflectIm);
  transmitted = part * fluxBehind;
  caught *= part;
}
