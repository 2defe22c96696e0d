// Made by tools/emit-wgsl.mjs of kernel/wasm/outcome.ts.

// What can happen to a photon at a boundary.

// Where the photon is afterwards: nothing happened and it goes on into the far
// material, it goes on there changed, it stays, or it ends.
const PASS: i32 = 0;
const TRANSMIT: i32 = 1;
const REFLECT: i32 = 2;
const ABSORB: i32 = 3;
const DETECT: i32 = 4;

// What happened last, by the numbers of G4OpBoundaryProcessStatus.
const TRANSMISSION: i32 = 1;
const FRESNEL_REFRACTION: i32 = 2;
const FRESNEL_REFLECTION: i32 = 3;
const TOTAL_REFLECTION: i32 = 4;
const LAMBERTIAN_REFLECTION: i32 = 5;
const LOBE_REFLECTION: i32 = 6;
const SPIKE_REFLECTION: i32 = 7;
const BACK_SCATTERING: i32 = 8;
const ABSORPTION: i32 = 9;
const DETECTION: i32 = 10;
const SAME_MATERIAL: i32 = 12;
const NO_INDEX: i32 = 14;

// Of the 24 finishes of LBNL, in their order; then of a dichroic filter.
const FIRST_LBNL_REFLECTION: i32 = 15;
const DICHROIC: i32 = 39;
const COATED_REFLECTION: i32 = 40;
const COATED_REFRACTION: i32 = 41;
const FRUSTRATED_TRANSMISSION: i32 = 42;

// The photon flag of a status. [SURF11]
fn flagOf(status: i32) -> u32 {
  if (status <= FRESNEL_REFRACTION) {
    return FLAG_BOUNDARY_TRANSMIT;
  }
  if (status <= TOTAL_REFLECTION) {
    return FLAG_BOUNDARY_REFLECT;
  }
  if (status == LAMBERTIAN_REFLECTION) {
    return FLAG_SURFACE_DREFLECT;
  }
  if (status <= BACK_SCATTERING) {
    return FLAG_SURFACE_SREFLECT;
  }
  if (status == DETECTION) {
    return FLAG_SURFACE_DETECT;
  }
  if (status == DICHROIC) {
    return FLAG_BOUNDARY_TRANSMIT;
  }
  if (status >= FIRST_LBNL_REFLECTION && status < DICHROIC) {
    return FLAG_SURFACE_SREFLECT;
  }
  if (status == COATED_REFLECTION) {
    return FLAG_BOUNDARY_REFLECT;
  }
  if (status == COATED_REFRACTION || status == FRUSTRATED_TRANSMISSION) {
    return FLAG_BOUNDARY_TRANSMIT;
  }
  return select(FLAG_SURFACE_ABSORB, 0u, status == SAME_MATERIAL);
}
