// Surfaces of metals that are given by their complex refractive index, as
// CalculateReflectivity() and DielectricMetal() of G4OpBoundaryProcess.

import { drawFacet, facetX, facetY, facetZ, UNIFIED } from './facet';
import { filmReflects, meetLayers, reflectByLayers } from './film';
import { face } from './fresnel';
import { filmFirstLayer } from './generated/scene';
import { scatterBack, scatterLambert } from './mirror';
import {
  BACK_SCATTERING,
  LAMBERTIAN_REFLECTION,
  LOBE_REFLECTION,
  SPIKE_REFLECTION,
} from './outcome';
import { draw } from './philox';
import { dx, dy, dz } from './photon';
import { absorb, chooseReflection, GROUND, meetCoat, POLISHED } from './surface';
import { layerAt, layerExtinction, layerIndex, setReflectivity } from './tables';

// What is reflected at the facet f, from index n1. [METAL1]
function reflectance(film: i32, n1: f64, fx: f64, fy: f64, fz: f64): f64 {
  face(fx, fy, fz);
  layerAt(filmFirstLayer(film));
  meetLayers(0, 0, -1, false, n1, layerIndex, layerExtinction);
  return filmReflects;
}

// Ground: a micro-facet; else the mean normal.
@inline function takeFacet(
  model: i32,
  finish: i32,
  value: f64,
  nx: f64,
  ny: f64,
  nz: f64,
): void {
  drawFacet(model, finish == GROUND ? value : smooth(model), nx, ny, nz);
}

// No tilt (unified), full polish (glisur).
@inline function smooth(model: i32): f64 {
  return model == UNIFIED ? 0.0 : 1.0;
}

// The reflectivity of a surface without REFLECTIVITY is that of its index, at
// a facet. [METAL1]
export function takeReflectivity(
  film: i32,
  model: i32,
  finish: i32,
  value: f64,
  n1: f64,
  nx: f64,
  ny: f64,
  nz: f64,
): void {
  takeFacet(model, finish, value, nx, ny, nz);
  setReflectivity(reflectance(film, n1, facetX, facetY, facetZ));
}

// dielectric_metal: reflects until the photon leaves the surface; at each
// further facet some are absorbed. The status. [METAL2]
export function reflectAtIndex(
  film: i32,
  model: i32,
  finish: i32,
  value: f64,
  isGiven: bool,
  n1: f64,
  nx: f64,
  ny: f64,
  nz: f64,
): i32 {
  takeFacet(model, finish, value, nx, ny, nz);
  const first = reflectance(film, n1, facetX, facetY, facetZ);
  if (!isGiven) setReflectivity(first);
  const coat = meetCoat();
  if (coat != 0) return coat;
  const status =
    model == UNIFIED && finish != POLISHED
      ? chooseReflection()
      : finish == GROUND
        ? LOBE_REFLECTION
        : SPIKE_REFLECTION;
  if (status == LAMBERTIAN_REFLECTION) {
    scatterLambert(nx, ny, nz);
    return status;
  }
  if (status == BACK_SCATTERING) {
    scatterBack();
    return status;
  }
  if (status == SPIKE_REFLECTION) {
    reflectance(film, n1, nx, ny, nz);
    reflectByLayers();
    return status;
  }
  reflectByLayers();
  while (dx * nx + dy * ny + dz * nz < 0.0) {
    takeFacet(model, finish, value, nx, ny, nz);
    if (draw() >= reflectance(film, n1, facetX, facetY, facetZ)) return absorb();
    reflectByLayers();
  }
  return status;
}
