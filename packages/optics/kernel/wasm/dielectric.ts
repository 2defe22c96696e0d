// Surfaces of type dielectric_dielectric, as DielectricDielectric() of
// G4OpBoundaryProcess.

import { drawFacet, facetX, facetY, facetZ, UNIFIED } from './facet';
import { approach, reflect, refract, transmission } from './fresnel';
import { mirror, scatterBack, scatterLambert } from './mirror';
import {
  BACK_SCATTERING,
  FRESNEL_REFLECTION,
  FRESNEL_REFRACTION,
  LAMBERTIAN_REFLECTION,
  SPIKE_REFLECTION,
  TOTAL_REFLECTION,
} from './outcome';
import { draw } from './philox';
import { dx, dy, dz, wavelength } from './photon';
import {
  chooseReflection,
  GROUND,
  GROUND_BACK_PAINTED,
  meetCoat,
  POLISHED,
} from './surface';

// Of the surface met.
let model: i32 = 0;
let finish: i32 = 0;
let value: f64 = 0;
let rough: bool = false;
// The side that the photon is on: the normal against it, the index there and
// the one behind.
let gx: f64 = 0;
let gy: f64 = 0;
let gz: f64 = 1;
let near: f64 = 1;
let far: f64 = 1;
// Whether the photon is behind the surface by an odd number of refractions,
// and whether the sides have been swapped for it.
let inside: bool = false;
let swapped: bool = false;
let status: i32 = 0;

// A smooth interface between two indices: refraction or Fresnel reflection by
// one draw, none where the reflection is total. The status. [FR2] [FR5]
export function crossPolished(
  n1: f64,
  n2: f64,
  nx: f64,
  ny: f64,
  nz: f64,
): i32 {
  if (!approach(n1, n2, nx, ny, nz)) {
    mirror(nx, ny, nz);
    return TOTAL_REFLECTION;
  }
  if (draw() < transmission()) {
    refract();
    return FRESNEL_REFRACTION;
  }
  reflect();
  return FRESNEL_REFLECTION;
}

@inline function setNormal(x: f64, y: f64, z: f64): void {
  gx = x;
  gy = y;
  gz = z;
}

@inline function swapSides(): void {
  const index = near;
  near = far;
  far = index;
}

// A surface of facets, or painted behind; `far` is the index of the gap there.
// The status of what happened last. [SURF8] [SURF9] [SURF10]
export function crossGround(
  surfaceModel: i32,
  surfaceFinish: i32,
  surfaceValue: f64,
  roughness: f64,
  n1: f64,
  n2: f64,
  nx: f64,
  ny: f64,
  nz: f64,
): i32 {
  model = surfaceModel;
  finish = surfaceFinish;
  value = surfaceValue;
  near = n1;
  far = n2;
  inside = false;
  swapped = false;
  setNormal(nx, ny, nz);
  rough = roughness != 0.0 && n1 > n2 && drawRoughness(roughness);
  crossFacets();
  if (finish == POLISHED || finish == GROUND) return status;
  while (inside && !swapped) {
    const coat = meetCoat();
    if (coat != 0) return coat;
    reflectAtPaint();
    crossFacets();
  }
  return status;
}

@inline function takeFacet(): void {
  if (finish == POLISHED) drawFacet(UNIFIED, 0.0, gx, gy, gz);
  else drawFacet(model, value, gx, gy, gz);
}

// Whether the facets are too rough to reflect as a mirror, by Rayleigh's
// criterion: they do with the chance exp(-(4 pi h n cos / lambda)^2). [SURF9]
function drawRoughness(roughness: f64): bool {
  takeFacet();
  const cosine = -(dx * facetX + dy * facetY + dz * facetZ);
  const path = 4.0 * Math.PI * roughness * near * cosine;
  const phase = path / (wavelength * 1e-6);
  return draw() >= Math.exp(-phase * phase);
}

// Meets facets until one leaves the photon on the side it then goes to.
// [SURF8]
function crossFacets(): void {
  let through = false;
  for (;;) {
    if (through) {
      through = false;
      swapped = !swapped;
      setNormal(-gx, -gy, -gz);
      swapSides();
    }
    takeFacet();
    if (!approach(near, far, facetX, facetY, facetZ)) {
      reflectAtFacet(TOTAL_REFLECTION);
    } else if (draw() < transmission()) {
      inside = !inside;
      through = true;
      status = FRESNEL_REFRACTION;
      refract();
    } else {
      reflectAtFacet(FRESNEL_REFLECTION);
    }
    const along = dx * gx + dy * gy + dz * gz;
    if (through ? along <= 0.0 : along >= 0.0) return;
  }
}

// Reflection of the given kind, or of those of the unified model. [SURF6]
function reflectAtFacet(kind: i32): void {
  swapped = false;
  status = rough ? LAMBERTIAN_REFLECTION : kind;
  if (model == UNIFIED && finish != POLISHED) status = chooseReflection();
  if (status == LAMBERTIAN_REFLECTION) {
    scatterLambert(gx, gy, gz);
  } else if (status == BACK_SCATTERING) {
    scatterBack();
  } else if (status == SPIKE_REFLECTION) {
    if (approach(near, far, gx, gy, gz)) reflect();
    else mirror(gx, gy, gz);
  } else if (kind == TOTAL_REFLECTION) {
    mirror(facetX, facetY, facetZ);
  } else {
    reflect();
  }
}

// The paint behind the gap sends the photon back to the surface. [SURF10]
function reflectAtPaint(): void {
  if (status == FRESNEL_REFRACTION) {
    swapped = true;
    swapSides();
  } else {
    setNormal(-gx, -gy, -gz);
  }
  if (finish == GROUND_BACK_PAINTED) scatterLambert(gx, gy, gz);
  else mirror(gx, gy, gz);
  setNormal(-gx, -gy, -gz);
}
