// Spectra of emission: knots of (energy in MeV, cumulative from 0 to 1).

// Planck's constant times the speed of light, MeV nm (units/wavelength.ts).
export const PLANCK_TIMES_C: f64 = 1239.8419843320026e-6;

const KNOT_SIZE: i32 = 16;

@inline function energyOf(knots: usize, i: i32): f64 {
  return load<f64>(knots + <usize>(i * KNOT_SIZE));
}

@inline function cumulativeOf(knots: usize, i: i32): f64 {
  return load<f64>(knots + <usize>(i * KNOT_SIZE), 8);
}

// The energy below which the fraction u of the photons lies, linear between
// the knots as G4PhysicsVector::GetEnergy on the integral.
export function spectrumEnergy(knots: usize, count: i32, u: f64): f64 {
  let low = 0;
  let high = count - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (cumulativeOf(knots, middle) <= u) low = middle;
    else high = middle;
  }
  const below = energyOf(knots, low);
  if (high <= low) return below;
  const start = cumulativeOf(knots, low);
  const share = cumulativeOf(knots, high) - start;
  if (!(share > 0.0)) return below;
  return below + ((u - start) / share) * (energyOf(knots, high) - below);
}
