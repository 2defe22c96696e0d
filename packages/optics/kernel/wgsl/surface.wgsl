// Made by tools/emit-wgsl.mjs of kernel/wasm/surface.ts.

// What all kinds of surface share: the chances of its coat, and which of the
// reflections of the unified model takes place.

// G4SurfaceType
const DIELECTRIC_METAL: i32 = 0;
const DIELECTRIC_DIELECTRIC: i32 = 1;
const DIELECTRIC_LUT: i32 = 2;
const DIELECTRIC_LUTDAVIS: i32 = 3;
const DIELECTRIC_DICHROIC: i32 = 4;
const COATED: i32 = 7;

// G4OpticalSurfaceFinish
const POLISHED: i32 = 0;
const POLISHED_FRONT_PAINTED: i32 = 1;
const POLISHED_BACK_PAINTED: i32 = 2;
const GROUND: i32 = 3;
const GROUND_FRONT_PAINTED: i32 = 4;
const GROUND_BACK_PAINTED: i32 = 5;
const FIRST_LBNL_FINISH: i32 = 6;

// The coat lets the photon stay with the chance REFLECTIVITY (0: what then
// happens is up to the finish), passes it with TRANSMITTANCE, and takes it
// otherwise. No draw where there is no choice. [SURF1]
fn meetCoat() -> i32 {
  if (reflectivity >= 1.0) {
    return 0;
  }
  let kept = reflectivity + transmittance;
  if (kept <= 0.0) {
    return absorb();
  }
  let u = draw();
  if (u < reflectivity) {
    return 0;
  }
  var t1_: i32;
  if (u < kept) {
    t1_ = TRANSMISSION;
  } else {
    t1_ = absorb();
  }
  return t1_;
}

// An absorbed photon is detected with the chance EFFICIENCY. [SURF1]
fn absorb() -> i32 {
  return select(ABSORPTION, DETECTION, efficiency > 0.0 && draw() < efficiency);
}

// Of the unified model: spike, lobe, backscatter, and Lambert for the rest.
// [SURF6]
fn chooseReflection() -> i32 {
  let u = draw();
  if (u < specularSpike) {
    return SPIKE_REFLECTION;
  }
  if (u < specularSpike + specularLobe) {
    return LOBE_REFLECTION;
  }
  if (u < specularSpike + specularLobe + backscatter) {
    return BACK_SCATTERING;
  }
  return LAMBERTIAN_REFLECTION;
}
