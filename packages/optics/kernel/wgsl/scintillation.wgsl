// Made by tools/emit-wgsl.mjs of kernel/wasm/scintillation.ts.

// Scintillation light of one step of a particle, as G4Scintillation makes it.

fn scintillation_read(step: u32, offset: i32) -> f32 {
  return loadSourceF32(step + u32(offset));
}

// Sets the photon (photon.ts), in the frame of the world.
fn emitScintillation(step: u32) {
  setWavelength(PLANCK_TIMES_C / drawEnergy(step));
  goAnywhere();
  polariseAnyhow();
  // A neutral particle leaves its light where its step ends. [SC4]
  var t1_: f32;
  if (scintillation_read(step, TRACK_CHARGE) != 0.0) {
    t1_ = draw();
  } else {
    t1_ = 1.0;
  }
  let part = t1_;
  setPosition(
    wFromF32(scintillation_read(step, GENSTEP_X) + part *
    scintillation_read(step, TRACK_DELTA_X)),
    wFromF32(scintillation_read(step, GENSTEP_Y) + part *
    scintillation_read(step, TRACK_DELTA_Y)),
    wFromF32(scintillation_read(step, GENSTEP_Z) + part *
    scintillation_read(step, TRACK_DELTA_Z)));
  let length = scintillation_read(step, TRACK_LENGTH);
  var t2_: f32;
  if (length > 0.0) {
    t2_ = (part * length) /
      scintillation_read(step, SCINTILLATION_MEAN_VELOCITY);
  } else {
    t2_ = 0.0;
  }
  let flight = t2_;
  setTime(scintillation_read(step, GENSTEP_TIME) + flight +
    scintillation_drawDelay(scintillation_read(step, SCINTILLATION_RISE_TIME),
    scintillation_read(step, SCINTILLATION_DECAY_TIME)));
}

// By the component's spectrum: the inverse of its cumulative. [SC1]
fn drawEnergy(step: u32) -> f32 {
  let material = loadSourceI32(step + u32(GENSTEP_MATERIAL));
  let component = loadSourceI32(step + u32(SCINTILLATION_COMPONENT));
  var first = materialScintillationSpectrum1(material);
  var knots = materialScintillationKnots1(material);
  if (component == 2) {
    first = materialScintillationSpectrum2(material);
    knots = materialScintillationKnots2(material);
  } else if (component == 3) {
    first = materialScintillationSpectrum3(material);
    knots = materialScintillationKnots3(material);
  }
  let address = sections.spectrumBase + u32(first * SPECTRUM_SIZE);
  return spectrum_spectrumEnergy(address, knots, draw());
}

// The density exp(-t/decay) (1 - exp(-t/rise)) of G4Scintillation: the sum of
// two exponential times, of means decay and rise decay / (rise + decay). [SC2]
fn scintillation_drawDelay(rise: f32, decay: f32) -> f32 {
  let fall = -decay * rLog(draw());
  if (!(rise > 0.0)) {
    return fall;
  }
  return fall - ((rise * decay) / (rise + decay)) * rLog(draw());
}
