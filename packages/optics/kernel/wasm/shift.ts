// Light that a material absorbs and emits again: wavelength shifting, with two
// independent sets of properties, and re-emission by the absorber.

import { addChildren } from './children';
import { goAnywhere, polariseAnyhow } from './emission';
import {
  MATERIAL_FLAG_EXPONENTIAL_SHIFT1,
  MATERIAL_FLAG_EXPONENTIAL_SHIFT2,
  materialFlags,
  materialReemissionKnots,
  materialReemissionSpectrum,
  materialShiftKnots1,
  materialShiftKnots2,
  materialShiftMean1,
  materialShiftMean2,
  materialShiftSpectrum1,
  materialShiftSpectrum2,
  materialShiftTime1,
  materialShiftTime2,
  SPECTRUM_SIZE,
  spectrumBase,
  spectrumCumulative,
  spectrumEnergy as knotEnergy,
} from './generated/scene';
import { draw } from './philox';
import { setTime, setWavelength, time, wavelength } from './photon';
import { drawPoisson } from './poisson';
import { PLANCK_TIMES_C, spectrumEnergy } from './spectrum';
import { energyRow, reemissionAt } from './tables';

// The part of the emission of `count` knots from `first` that lies below an
// energy: linear between the knots, as `spectrumEnergy` is. [BULK3]
export function emissionBelow(first: i32, count: i32, energy: f64): f64 {
  if (!(energy > knotEnergy(first))) return 0.0;
  const last = first + count - 1;
  if (energy >= knotEnergy(last)) return spectrumCumulative(last);
  let low = first;
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (knotEnergy(middle) <= energy) low = middle;
    else high = middle;
  }
  const start = spectrumCumulative(low);
  const width = knotEnergy(high) - knotEnergy(low);
  const part = (energy - knotEnergy(low)) / width;
  return start + part * (spectrumCumulative(high) - start);
}

// The time between absorption and emission, ns: exponential or fixed. [BULK4]
export function drawShiftDelay(material: i32, set: i32): f64 {
  const second = set == 2;
  const mean = second
    ? materialShiftTime2(material)
    : materialShiftTime1(material);
  const exponential = second
    ? MATERIAL_FLAG_EXPONENTIAL_SHIFT2
    : MATERIAL_FLAG_EXPONENTIAL_SHIFT1;
  if ((materialFlags(material) & exponential) == 0) return mean;
  return mean > 0.0 ? -mean * Math.log(draw()) : 0.0;
}

// Emission by a spectrum, given that it is not bluer than what was absorbed,
// into any direction. False, and nothing changed, where there is no spectrum
// or the whole of it is bluer. Draws: energy, two of direction, polarisation.
// [BULK3]
function emit(first: i32, knots: i32): bool {
  if (first < 0) return false;
  const most = emissionBelow(first, knots, PLANCK_TIMES_C / wavelength);
  if (!(most > 0.0)) return false;
  const address = spectrumBase + <usize>(first * SPECTRUM_SIZE);
  const energy = spectrumEnergy(address, knots, most * draw());
  setWavelength(max(wavelength, PLANCK_TIMES_C / energy));
  energyRow(wavelength);
  goAnywhere();
  polariseAnyhow();
  return true;
}

// One photon of a shift: emission and delay. [BULK3] [BULK4]
export function emitShifted(material: i32, set: i32): bool {
  const second = set == 2;
  const first = second
    ? materialShiftSpectrum2(material)
    : materialShiftSpectrum1(material);
  const knots = second
    ? materialShiftKnots2(material)
    : materialShiftKnots1(material);
  if (!emit(first, knots)) return false;
  setTime(time + drawShiftDelay(material, set));
  return true;
}

// Wavelength shifting: one photon, or as many as Poisson says. The first goes
// on in the place of the one absorbed, the others are its children. False
// where none is emitted. Draws: number, then those of the emission. [BULK8]
export function shift(material: i32, set: i32): bool {
  const mean =
    set == 2 ? materialShiftMean2(material) : materialShiftMean1(material);
  if (mean < 0.0) return emitShifted(material, set);
  const count = drawPoisson(mean);
  if (count == 0) return false;
  const before = wavelength;
  const start = time;
  if (!emitShifted(material, set)) return false;
  if (count > 1) addChildren(count - 1, set, before, start);
  return true;
}

// Re-emission of what the material has absorbed, at once. Draws: whether,
// where that is not sure, then those of the emission. [BULK9]
export function reemit(material: i32): bool {
  const chance = reemissionAt(material);
  if (!(chance > 0.0)) return false;
  if (chance < 1.0 && draw() >= chance) return false;
  const first = materialReemissionSpectrum(material);
  return emit(first, materialReemissionKnots(material));
}
