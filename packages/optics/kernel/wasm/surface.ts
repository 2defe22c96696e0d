// What all kinds of surface share: the chances of its coat, and which of the
// reflections of the unified model takes place.

import { draw } from './philox';
import {
  ABSORPTION,
  BACK_SCATTERING,
  DETECTION,
  LAMBERTIAN_REFLECTION,
  LOBE_REFLECTION,
  SPIKE_REFLECTION,
  TRANSMISSION,
} from './outcome';
import {
  backscatter,
  efficiency,
  reflectivity,
  specularLobe,
  specularSpike,
  transmittance,
} from './tables';

// G4SurfaceType
export const DIELECTRIC_METAL: i32 = 0;
export const DIELECTRIC_DIELECTRIC: i32 = 1;
export const DIELECTRIC_LUT: i32 = 2;
export const DIELECTRIC_LUTDAVIS: i32 = 3;
export const DIELECTRIC_DICHROIC: i32 = 4;
export const COATED: i32 = 7;

// G4OpticalSurfaceFinish
export const POLISHED: i32 = 0;
export const POLISHED_FRONT_PAINTED: i32 = 1;
export const POLISHED_BACK_PAINTED: i32 = 2;
export const GROUND: i32 = 3;
export const GROUND_FRONT_PAINTED: i32 = 4;
export const GROUND_BACK_PAINTED: i32 = 5;
export const FIRST_LBNL_FINISH: i32 = 6;

// The coat lets the photon stay with the chance REFLECTIVITY (0: what then
// happens is up to the finish), passes it with TRANSMITTANCE, and takes it
// otherwise. No draw where there is no choice. [SURF1]
export function meetCoat(): i32 {
  if (reflectivity >= 1.0) return 0;
  const kept = reflectivity + transmittance;
  if (kept <= 0.0) return absorb();
  const u = draw();
  if (u < reflectivity) return 0;
  return u < kept ? TRANSMISSION : absorb();
}

// An absorbed photon is detected with the chance EFFICIENCY. [SURF1]
export function absorb(): i32 {
  return efficiency > 0.0 && draw() < efficiency ? DETECTION : ABSORPTION;
}

// Of the unified model: spike, lobe, backscatter, and Lambert for the rest.
// [SURF6]
export function chooseReflection(): i32 {
  const u = draw();
  if (u < specularSpike) return SPIKE_REFLECTION;
  if (u < specularSpike + specularLobe) return LOBE_REFLECTION;
  if (u < specularSpike + specularLobe + backscatter) return BACK_SCATTERING;
  return LAMBERTIAN_REFLECTION;
}
