// Made by tools/emit-wgsl.mjs of kernel/wasm/film.ts.

// What a film does to the photon at the facet that fresnel.ts faces: a stack
// of layers, seen by the two polarisations of its field.

// Of the last meetLayers(), for the photon's field: the chances that it is
// reflected, goes through, and is absorbed in the cathode.
var<private> filmReflects: f32 = 0.0;
var<private> filmTransmits: f32 = 0.0;
var<private> filmCatches: f32 = 0.0;

// Coefficients of amplitude with the sign that linear polarisation leaves of
// their phases.
var<private> film_reflectS: f32 = 0.0;
var<private> film_reflectP: f32 = 0.0;
var<private> film_transmitS: f32 = 0.0;
var<private> film_transmitP: f32 = 0.0;

// Layers `first` on, seen from index n1, with index n2 + ik behind; backwards:
// the last is met first. `cathode` counts from 0, -1: none. [FILM1] [FILM2]
fn meetLayers(first: i32, count: i32, cathode: i32, backwards: bool, n1: f32,
  n2: f32, k2: f32) {
  let c = cosineOfIncidence;
  let along = n1 * n1 * sineSquared;
  followStack(false, first, count, cathode, backwards, n2, k2, along);
  endStack(n1, c);
  let share = shareOfS();
  filmReflects = share * reflected;
  filmTransmits = share * transmitted;
  filmCatches = share * caught;
  let rRe = reflectRe;
  let rIm = reflectIm;
  let tRe = transmitRe;
  let tIm = transmitIm;
  followStack(true, first, count, cathode, backwards, n2, k2, along);
  endStack(n1, c);
  filmReflects += (1.0 - share) * reflected;
  filmTransmits += (1.0 - share) * transmitted;
  filmCatches += (1.0 - share) * caught;
  // Along d' x (d x n) the reflected p is opposite to the field along the
  // layers, and the transmitted one longer by cos1 / cos2.
  film_reflectS = signed(rRe, rRe, rIm);
  film_reflectP = beside(rRe, rIm, -reflectRe, -reflectIm);
  let ratio = n1 / n2;
  let c2 = sqrt(max(0.0, 1.0 - ratio * ratio * sineSquared));
  let longer = select(0.0, c / c2, c2 > 0.0);
  film_transmitS = signed(tRe, tRe, tIm);
  film_transmitP = beside(tRe, tIm, longer * transmitRe, longer * transmitIm);
}

// Those layers up to their front.
fn followStack(p: bool, first: i32, count: i32, cathode: i32, backwards: bool,
  n2: f32, k2: f32, along: f32) {
  let waves = 6.2831855 / (wavelength * 0.000001);
  beginStack(p, n2, k2, along);
  for (var i: i32 = 0; i < count; i++) {
    let which = select(count - 1 - i, i, backwards);
    let layer = first + which;
    layerAt(layer);
    addLayer(layerIndex, layerExtinction, waves * layerThickness(layer).x,
      which == cathode);
  }
}

// The part of light at normal incidence from index n1 on the first layer that
// is absorbed in the cathode. [FILM5]
fn catchesAtNormal(first: i32, count: i32, cathode: i32, n1: f32, n2: f32) ->
  f32 {
  followStack(false, first, count, cathode, false, n2, 0.0, 0.0);
  endStack(n1, 1.0);
  return caught;
}

// The size of re + i im, with the sign of `like`.
fn signed(like: f32, re: f32, im: f32) -> f32 {
  return rCopysign(sqrt(re * re + im * im), like);
}

// The size of p, on the side of the amplitude s where their fields swing
// together: a photon has linear polarisation, and the phase between the two
// is lost but for that. [FILM3]
fn beside(sRe: f32, sIm: f32, pRe: f32, pIm: f32) -> f32 {
  let together = pRe * sRe + pIm * sIm;
  return signed(select(together, -together, sRe < 0.0), pRe, pIm);
}

// Goes back, with the field of those amplitudes. [FILM3]
fn reflectByLayers() {
  reflectBy(film_reflectS, film_reflectP);
}

// Goes through, from index n1 to n2. [FILM3]
fn refractByLayers(n1: f32, n2: f32) {
  refractBy(n1, n2, film_transmitS, film_transmitP);
}
