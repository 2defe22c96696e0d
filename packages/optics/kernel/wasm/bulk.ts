// What happens to a photon inside a material: Rayleigh scattering and
// wavelength shifting.

import { goAnywhere, polariseAnyhow } from './emission';
import {
  MATERIAL_FLAG_EXPONENTIAL_SHIFT,
  materialFlags,
  materialShiftKnots,
  materialShiftSpectrum,
  materialShiftTime,
  SPECTRUM_SIZE,
  spectrumBase,
  spectrumCumulative,
  spectrumEnergy as knotEnergy,
} from './generated/scene';
import { draw } from './philox';
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
} from './photon';
import { PLANCK_TIMES_C, spectrumEnergy } from './spectrum';
import { energyRow } from './tables';
import { turn, turnCos, turnSin } from './turn';

// A cosine with the density 3/4 (1 - c^2): the middle one of three uniform
// numbers in (-1, 1), whose density is 6 F (1 - F) f. [BULK2]
@inline export function drawDipoleCosine(): f64 {
  const a = 2.0 * draw() - 1.0;
  const b = 2.0 * draw() - 1.0;
  const c = 2.0 * draw() - 1.0;
  return max(min(a, b), min(max(a, b), c));
}

// Rayleigh scattering: the cross-section goes as the square of the sine of
// the angle between the new direction and the old polarisation, evenly about
// the latter; the new polarisation is as near to the old one as it can be.
// The distributions of G4OpRayleigh without its rejection. Draws: 4. [BULK1]
export function rayleigh(): void {
  const cosine = drawDipoleCosine();
  const sine = Math.sqrt((1.0 - cosine) * (1.0 + cosine));
  turn(draw());
  const along = sine * turnCos;
  const across = sine * turnSin;
  // Axes: old polarisation p, old direction d, and p x d.
  const qx = ey * dz - ez * dy;
  const qy = ez * dx - ex * dz;
  const qz = ex * dy - ey * dx;
  const ux = cosine * ex + along * dx + across * qx;
  const uy = cosine * ey + along * dy + across * qy;
  const uz = cosine * ez + along * dz + across * qz;
  polariseTowards(ex, ey, ez, ux, uy, uz);
}

// Makes the unit vector u the direction, and the part of (x, y, z) at right
// angles to it the polarisation.
function polariseTowards(
  x: f64,
  y: f64,
  z: f64,
  ux: f64,
  uy: f64,
  uz: f64,
): void {
  const n = 1.5 - 0.5 * (ux * ux + uy * uy + uz * uz);
  setDirection(n * ux, n * uy, n * uz);
  const c = x * dx + y * dy + z * dz;
  const vx = x - c * dx;
  const vy = y - c * dy;
  const vz = z - c * dz;
  const s = 1.0 / Math.sqrt(vx * vx + vy * vy + vz * vz);
  setPolarisation(s * vx, s * vy, s * vz);
}

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
export function drawShiftDelay(material: i32): f64 {
  const mean = materialShiftTime(material);
  const flags = materialFlags(material);
  if ((flags & MATERIAL_FLAG_EXPONENTIAL_SHIFT) == 0) return mean;
  return mean > 0.0 ? -mean * Math.log(draw()) : 0.0;
}

// Wavelength shifting: emission by the spectrum of the material, given that
// it is not bluer than what was absorbed, into any direction. False, and
// nothing changed, where the whole spectrum is bluer. Draws: energy, two of
// direction, polarisation, delay. [BULK3] [BULK4]
export function shift(material: i32): bool {
  const first = materialShiftSpectrum(material);
  if (first < 0) return false;
  const knots = materialShiftKnots(material);
  const most = emissionBelow(first, knots, PLANCK_TIMES_C / wavelength);
  if (!(most > 0.0)) return false;
  const address = spectrumBase + <usize>(first * SPECTRUM_SIZE);
  const energy = spectrumEnergy(address, knots, most * draw());
  setWavelength(max(wavelength, PLANCK_TIMES_C / energy));
  energyRow(wavelength);
  goAnywhere();
  polariseAnyhow();
  setTime(time + drawShiftDelay(material));
  return true;
}
