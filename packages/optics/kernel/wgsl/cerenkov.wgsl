// Made by tools/emit-wgsl.mjs of kernel/wasm/cerenkov.ts.

// Cerenkov light of one step of a charged particle, as G4Cerenkov makes it.

// A step whose numbers contradict its material's index ends the search here.
const cerenkov_MAX_TRIES: i32 = 100000;
fn cerenkov_read(step: u32, offset: i32) -> f32 {
  return loadSourceF32(step + u32(offset));
}

// Sets the photon (photon.ts), in the frame of the world.
fn emitCerenkov(step: u32) {
  let cosine = drawEnergyAndCosine(step);
  emitOnCone(step, cosine);
  emitAlongTrack(step);
}

// cos(theta) = 1 / (n beta): the cone's angle at the photon's energy. [CK4]
fn coneCosine(betaInverse: f32, material: i32) -> f32 {
  return betaInverse / indexAt(material);
}

// Energy: uniform between the ends of the spectrum, kept with the probability
// sin2(theta) / maxSin2, which is the shape of Frank and Tamm's formula.
// [CK3]
fn drawEnergyAndCosine(step: u32) -> f32 {
  let betaInverse = cerenkov_read(step, CERENKOV_BETA_INVERSE);
  let maxSin2 = cerenkov_read(step, CERENKOV_MAX_SIN2);
  let material = loadSourceI32(step + u32(GENSTEP_MATERIAL));
  let least = PLANCK_TIMES_C / cerenkov_read(step, CERENKOV_WAVELENGTH_HIGH);
  let greatest = PLANCK_TIMES_C / cerenkov_read(step, CERENKOV_WAVELENGTH_LOW);
  var cosine: f32 = 1.0;
  for (var i: i32 = 0; i < cerenkov_MAX_TRIES; i++) {
    let nm = PLANCK_TIMES_C / (least + draw() * (greatest - least));
    setWavelength(nm);
    energyRow(wFromF32(nm));
    cosine = coneCosine(betaInverse, material);
    if (draw() * maxSin2 <= (1.0 - cosine) * (1.0 + cosine)) {
      break;
    }
  }
  return min(cosine, 1.0);
}

// On the cone about the track at a random azimuth; polarised in the plane of
// photon and track. [CK4] [CK5]
fn emitOnCone(step: u32, cosine: f32) {
  let x = cerenkov_read(step, TRACK_DELTA_X);
  let y = cerenkov_read(step, TRACK_DELTA_Y);
  let z = cerenkov_read(step, TRACK_DELTA_Z);
  let s = 1.0 / sqrt(x * x + y * y + z * z);
  let sine = sqrt((1.0 - cosine) * (1.0 + cosine));
  turn(draw());
  let cosPhi = turnCos;
  let sinPhi = turnSin;
  rotateToAxis(sine * cosPhi, sine * sinPhi, cosine, x * s, y * s, z * s);
  goAlong(turnedX, turnedY, turnedZ);
  rotateToAxis(cosine * cosPhi, cosine * sinPhi, -sine, x * s, y * s, z * s);
  setPolarisation(turnedX, turnedY, turnedZ);
}

// The fraction of the step where its light starts, with the density falling
// linearly from `before` to `after`: the inverse of its cumulative,
// u = (2 before x + (after - before) x^2) / (before + after). [CK6]
fn linearDensity(before: f32, after: f32, u: f32) -> f32 {
  let root = sqrt(before * before + u * (after * after - before * before));
  let sum = before + root;
  return select(u, (u * (before + after)) / sum, sum > 0.0);
}

fn emitAlongTrack(step: u32) {
  let part = linearDensity(cerenkov_read(step, CERENKOV_MEAN_BEFORE),
    cerenkov_read(step, CERENKOV_MEAN_AFTER), draw());
  setPosition(
    wFromF32(cerenkov_read(step, GENSTEP_X) + part *
    cerenkov_read(step, TRACK_DELTA_X)),
    wFromF32(cerenkov_read(step, GENSTEP_Y) + part *
    cerenkov_read(step, TRACK_DELTA_Y)),
    wFromF32(cerenkov_read(step, GENSTEP_Z) + part *
    cerenkov_read(step, TRACK_DELTA_Z)));
  let pre = cerenkov_read(step, CERENKOV_PRE_VELOCITY);
  let post = cerenkov_read(step, CERENKOV_POST_VELOCITY);
  let velocity = pre + 0.5 * part * (post - pre);
  setTime(cerenkov_read(step, GENSTEP_TIME) +
    (part * cerenkov_read(step, TRACK_LENGTH)) / velocity);
}
