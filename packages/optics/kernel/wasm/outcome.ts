// What can happen to a photon at a boundary.

import {
  FLAG_BOUNDARY_REFLECT,
  FLAG_BOUNDARY_TRANSMIT,
  FLAG_SURFACE_ABSORB,
  FLAG_SURFACE_DETECT,
  FLAG_SURFACE_DREFLECT,
  FLAG_SURFACE_SREFLECT,
} from './generated/scene';

// Where the photon is afterwards: nothing happened and it goes on into the far
// material, it goes on there changed, it stays, or it ends.
export const PASS: i32 = 0;
export const TRANSMIT: i32 = 1;
export const REFLECT: i32 = 2;
export const ABSORB: i32 = 3;
export const DETECT: i32 = 4;

// What happened last, by the numbers of G4OpBoundaryProcessStatus.
export const TRANSMISSION: i32 = 1;
export const FRESNEL_REFRACTION: i32 = 2;
export const FRESNEL_REFLECTION: i32 = 3;
export const TOTAL_REFLECTION: i32 = 4;
export const LAMBERTIAN_REFLECTION: i32 = 5;
export const LOBE_REFLECTION: i32 = 6;
export const SPIKE_REFLECTION: i32 = 7;
export const BACK_SCATTERING: i32 = 8;
export const ABSORPTION: i32 = 9;
export const DETECTION: i32 = 10;
export const SAME_MATERIAL: i32 = 12;
export const NO_INDEX: i32 = 14;
// Of the 24 finishes of LBNL, in their order; then of a dichroic filter.
export const FIRST_LBNL_REFLECTION: i32 = 15;
export const DICHROIC: i32 = 39;
export const COATED_REFLECTION: i32 = 40;
export const COATED_REFRACTION: i32 = 41;
export const FRUSTRATED_TRANSMISSION: i32 = 42;

// The photon flag of a status. [SURF11]
export function flagOf(status: i32): u32 {
  if (status <= FRESNEL_REFRACTION) return FLAG_BOUNDARY_TRANSMIT;
  if (status <= TOTAL_REFLECTION) return FLAG_BOUNDARY_REFLECT;
  if (status == LAMBERTIAN_REFLECTION) return FLAG_SURFACE_DREFLECT;
  if (status <= BACK_SCATTERING) return FLAG_SURFACE_SREFLECT;
  if (status == DETECTION) return FLAG_SURFACE_DETECT;
  if (status == DICHROIC) return FLAG_BOUNDARY_TRANSMIT;
  if (status >= FIRST_LBNL_REFLECTION && status < DICHROIC)
    return FLAG_SURFACE_SREFLECT;
  if (status == COATED_REFLECTION) return FLAG_BOUNDARY_REFLECT;
  if (status == COATED_REFRACTION || status == FRUSTRATED_TRANSMISSION)
    return FLAG_BOUNDARY_TRANSMIT;
  return status == SAME_MATERIAL ? 0 : FLAG_SURFACE_ABSORB;
}
