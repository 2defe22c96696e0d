// Reflection at a surface of type dielectric_metal, as DielectricMetal() of
// G4OpBoundaryProcess.

import { drawFacet, facetX, facetY, facetZ, UNIFIED } from './facet';
import { mirror, scatterBack, scatterLambert } from './mirror';
import {
  BACK_SCATTERING,
  LAMBERTIAN_REFLECTION,
  LOBE_REFLECTION,
  SPIKE_REFLECTION,
} from './outcome';
import { dx, dy, dz } from './photon';
import { chooseReflection, GROUND, POLISHED } from './surface';

// Reflects until the photon leaves the surface; the normal is against the
// photon. The status. [SURF7]
export function reflectAtMetal(
  model: i32,
  finish: i32,
  value: f64,
  nx: f64,
  ny: f64,
  nz: f64,
): i32 {
  const status =
    model == UNIFIED && finish != POLISHED
      ? chooseReflection()
      : finish == GROUND
        ? LOBE_REFLECTION
        : SPIKE_REFLECTION;
  do {
    if (status == LAMBERTIAN_REFLECTION) scatterLambert(nx, ny, nz);
    else if (status == BACK_SCATTERING) scatterBack();
    else if (status == SPIKE_REFLECTION) mirror(nx, ny, nz);
    else {
      drawFacet(model, value, nx, ny, nz);
      mirror(facetX, facetY, facetZ);
    }
  } while (dx * nx + dy * ny + dz * nz < 0.0);
  return status;
}
