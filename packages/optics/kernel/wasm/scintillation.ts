// Scintillation light of one step of a particle, as G4Scintillation makes it.

import { goAnywhere, polariseAnyhow } from './emission';
import {
  GENSTEP_MATERIAL,
  GENSTEP_TIME,
  GENSTEP_X,
  GENSTEP_Y,
  GENSTEP_Z,
  materialScintillationKnots1,
  materialScintillationKnots2,
  materialScintillationKnots3,
  materialScintillationSpectrum1,
  materialScintillationSpectrum2,
  materialScintillationSpectrum3,
  SCINTILLATION_COMPONENT,
  SCINTILLATION_DECAY_TIME,
  SCINTILLATION_MEAN_VELOCITY,
  SCINTILLATION_RISE_TIME,
  SPECTRUM_SIZE,
  spectrumBase,
  TRACK_CHARGE,
  TRACK_DELTA_X,
  TRACK_DELTA_Y,
  TRACK_DELTA_Z,
  TRACK_LENGTH,
} from './generated/scene';
import { draw } from './philox';
import { setPosition, setTime, setWavelength } from './photon';
import { PLANCK_TIMES_C, spectrumEnergy } from './spectrum';

@inline function read(step: usize, offset: i32): f64 {
  return <f64>load<f32>(step + <usize>offset);
}

// Sets the photon (photon.ts), in the frame of the world.
export function emitScintillation(step: usize): void {
  setWavelength(PLANCK_TIMES_C / drawEnergy(step));
  goAnywhere();
  polariseAnyhow();
  // A neutral particle leaves its light where its step ends. [SC4]
  const part = read(step, TRACK_CHARGE) != 0.0 ? draw() : 1.0;
  setPosition(
    read(step, GENSTEP_X) + part * read(step, TRACK_DELTA_X),
    read(step, GENSTEP_Y) + part * read(step, TRACK_DELTA_Y),
    read(step, GENSTEP_Z) + part * read(step, TRACK_DELTA_Z),
  );
  const length = read(step, TRACK_LENGTH);
  const flight =
    length > 0.0
      ? (part * length) / read(step, SCINTILLATION_MEAN_VELOCITY)
      : 0.0;
  setTime(
    read(step, GENSTEP_TIME) +
      flight +
      drawDelay(
        read(step, SCINTILLATION_RISE_TIME),
        read(step, SCINTILLATION_DECAY_TIME),
      ),
  );
}

// By the component's spectrum: the inverse of its cumulative. [SC1]
function drawEnergy(step: usize): f64 {
  const material = load<i32>(step, GENSTEP_MATERIAL);
  const component = load<i32>(step, SCINTILLATION_COMPONENT);
  let first = materialScintillationSpectrum1(material);
  let knots = materialScintillationKnots1(material);
  if (component == 2) {
    first = materialScintillationSpectrum2(material);
    knots = materialScintillationKnots2(material);
  } else if (component == 3) {
    first = materialScintillationSpectrum3(material);
    knots = materialScintillationKnots3(material);
  }
  const address = spectrumBase + <usize>(first * SPECTRUM_SIZE);
  return spectrumEnergy(address, knots, draw());
}

// The density exp(-t/decay) (1 - exp(-t/rise)) of G4Scintillation: the sum of
// two exponential times, of means decay and rise decay / (rise + decay). [SC2]
function drawDelay(rise: f64, decay: f64): f64 {
  const fall = -decay * Math.log(draw());
  if (!(rise > 0.0)) return fall;
  return fall - ((rise * decay) / (rise + decay)) * Math.log(draw());
}
