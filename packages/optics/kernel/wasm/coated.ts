// Surfaces of type coated: one transparent layer between two dielectrics, as
// CoatedDielectricDielectric() of G4OpBoundaryProcess.

import { drawFacet, facetX, facetY, facetZ, UNIFIED } from './facet';
import {
  filmTransmits,
  meetLayers,
  reflectByLayers,
  refractByLayers,
} from './film';
import { face, sineSquared } from './fresnel';
import { filmFirstLayer, filmFrustrated } from './generated/scene';
import {
  COATED_REFLECTION,
  COATED_REFRACTION,
  FRUSTRATED_TRANSMISSION,
  TOTAL_REFLECTION,
} from './outcome';
import { draw } from './philox';
import { dx, dy, dz } from './photon';
import { absorb, POLISHED } from './surface';
import { efficiency, layerAt, layerIndex } from './tables';

// From index n1 to n2, facet by facet until one leaves the photon on the side
// that it then goes to; with EFFICIENCY, light that goes through is absorbed.
// The status of what happened last. [COAT1] [COAT2] [COAT3]
export function crossCoated(
  film: i32,
  model: i32,
  finish: i32,
  value: f64,
  n1: f64,
  n2: f64,
  nx: f64,
  ny: f64,
  nz: f64,
): i32 {
  const layer = filmFirstLayer(film);
  const tilt = finish == POLISHED ? (model == UNIFIED ? 0.0 : 1.0) : value;
  layerAt(layer);
  const inside = layerIndex;
  let side = 1.0;
  let near = n1;
  let far = n2;
  let status = 0;
  while (true) {
    drawFacet(model, tilt, side * nx, side * ny, side * nz);
    face(facetX, facetY, facetZ);
    const isTotal = near * near * sineSquared >= inside * inside;
    // Light that may not tunnel sees the layer alone.
    if (isTotal && filmFrustrated(film) == 0)
      meetLayers(0, 0, -1, false, near, inside, 0.0);
    else meetLayers(layer, 1, -1, false, near, far, 0.0);
    const through = filmTransmits > 0.0 && draw() < filmTransmits;
    if (through) {
      if (efficiency > 0.0) return absorb();
      status = isTotal ? FRUSTRATED_TRANSMISSION : COATED_REFRACTION;
      refractByLayers(near, far);
    } else {
      status = isTotal ? TOTAL_REFLECTION : COATED_REFLECTION;
      reflectByLayers();
    }
    const along = side * (dx * nx + dy * ny + dz * nz);
    if (through ? along <= 0.0 : along >= 0.0) return status;
    if (through) {
      side = -side;
      const index = near;
      near = far;
      far = index;
    }
  }
}
