// Made by tools/emit-wgsl.mjs of kernel/wasm/shift.ts.

// Light that a material absorbs and emits again: wavelength shifting, with two
// independent sets of properties, and re-emission by the absorber.

// The part of the emission of `count` knots from `first` that lies below an
// energy: linear between the knots, as `spectrumEnergy` is. [BULK3]
fn emissionBelow(first: i32, count: i32, energy: f32) -> f32 {
  if (!(energy > spectrumEnergy(first).x)) {
    return 0.0;
  }
  let last = first + count - 1;
  if (energy >= spectrumEnergy(last).x) {
    return spectrumCumulative(last).x;
  }
  var low = first;
  var high = last;
  while (high - low > 1) {
    let middle = (low + high) >> 1u;
    if (spectrumEnergy(middle).x <= energy) {
      low = middle;
    } else {
      high = middle;
    }
  }
  let start = spectrumCumulative(low).x;
  let width = spectrumEnergy(high).x - spectrumEnergy(low).x;
  let part = (energy - spectrumEnergy(low).x) / width;
  return start + part * (spectrumCumulative(high).x - start);
}

// The time between absorption and emission, ns: exponential or fixed. [BULK4]
fn drawShiftDelay(material: i32, set_: i32) -> f32 {
  let second = set_ == 2;
  let mean = select(materialShiftTime1(material).x,
    materialShiftTime2(material).x, second);
  let exponential = select(MATERIAL_FLAG_EXPONENTIAL_SHIFT1,
    MATERIAL_FLAG_EXPONENTIAL_SHIFT2, second);
  if ((materialFlags(material) & exponential) == 0) {
    return mean;
  }
  var t1_: f32;
  if (mean > 0.0) {
    t1_ = -mean * rLog(draw());
  } else {
    t1_ = 0.0;
  }
  return t1_;
}

// Emission by a spectrum, given that it is not bluer than what was absorbed,
// into any direction. False, and nothing changed, where there is no spectrum
// or the whole of it is bluer. Draws: energy, two of direction, polarisation.
// [BULK3]
fn emit(first: i32, knots: i32) -> bool {
  if (first < 0) {
    return false;
  }
  let most = emissionBelow(first, knots, PLANCK_TIMES_C / wavelength);
  if (!(most > 0.0)) {
    return false;
  }
  let address = sections.spectrumBase + u32(first * SPECTRUM_SIZE);
  let energy = spectrum_spectrumEnergy(address, knots, most * draw());
  setWavelength(max(wavelength, PLANCK_TIMES_C / energy));
  energyRow(wFromF32(wavelength));
  goAnywhere();
  polariseAnyhow();
  return true;
}

// One photon of a shift: emission and delay. [BULK3] [BULK4]
fn emitShifted(material: i32, set_: i32) -> bool {
  let second = set_ == 2;
  let first = select(materialShiftSpectrum1(material),
    materialShiftSpectrum2(material), second);
  let knots = select(materialShiftKnots1(material),
    materialShiftKnots2(material), second);
  if (!emit(first, knots)) {
    return false;
  }
  setTime(time + drawShiftDelay(material, set_));
  return true;
}

// Wavelength shifting: one photon, or as many as Poisson says. The first goes
// on in the place of the one absorbed, the others are its children. False
// where none is emitted. Draws: number, then those of the emission. [BULK8]
fn shift(material: i32, set_: i32) -> bool {
  let mean = select(materialShiftMean1(material).x,
    materialShiftMean2(material).x, set_ == 2);
  if (mean < 0.0) {
    return emitShifted(material, set_);
  }
  let count = drawPoisson(mean);
  if (count == 0) {
    return false;
  }
  let before = wavelength;
  let start = time;
  if (!emitShifted(material, set_)) {
    return false;
  }
  if (count > 1) {
    addChildren(count - 1, set_, before, start);
  }
  return true;
}

// Re-emission of what the material has absorbed, at once. Draws: whether,
// where that is not sure, then those of the emission. [BULK9]
fn reemit(material: i32) -> bool {
  let chance = reemissionAt(material);
  if (!(chance > 0.0)) {
    return false;
  }
  if (chance < 1.0 && draw() >= chance) {
    return false;
  }
  let first = materialReemissionSpectrum(material);
  return emit(first, materialReemissionKnots(material));
}
