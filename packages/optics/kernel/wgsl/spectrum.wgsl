// Made by tools/emit-wgsl.mjs of kernel/wasm/spectrum.ts.

// Spectra of emission: knots of (energy in MeV, cumulative from 0 to 1).
// Planck's constant times the speed of light, MeV nm (units/wavelength.ts).
const PLANCK_TIMES_C: f32 = 0.001239842;
const KNOT_SIZE: i32 = 16;
fn energyOf(knots: u32, i: i32) -> f32 {
  return loadWide(knots + u32(i * KNOT_SIZE)).x;
}

fn cumulativeOf(knots: u32, i: i32) -> f32 {
  return loadWide(knots + u32(i * KNOT_SIZE) + 8u).x;
}

// The energy below which the fraction u of the photons lies, linear between
// the knots as G4PhysicsVector::GetEnergy on the integral.
fn spectrum_spectrumEnergy(knots: u32, count: i32, u: f32) -> f32 {
  var low: i32 = 0;
  var high = count - 1;
  while (high - low > 1) {
    let middle = (low + high) >> 1u;
    if (cumulativeOf(knots, middle) <= u) {
      low = middle;
    } else {
      high = middle;
    }
  }
  let below = energyOf(knots, low);
  if (high <= low) {
    return below;
  }
  let start = cumulativeOf(knots, low);
  let share = cumulativeOf(knots, high) - start;
  if (!(share > 0.0)) {
    return below;
  }
  return below + ((u - start) / share) * (energyOf(knots, high) - below);
}
