// A thin film between two dielectrics, such as a photocathode on the glass of
// a photomultiplier: some light is reflected, some goes through, some is
// absorbed and may be detected. D. Motta and S. Schoenert, Nucl. Instrum.
// Meth. A 539 (2005) 217; Y. Wang et al., arXiv:2204.02703.

import {
  catchesAtNormal,
  filmCatches,
  filmReflects,
  filmTransmits,
  meetLayers,
  reflectByLayers,
  refractByLayers,
} from './film';
import { face } from './fresnel';
import {
  filmCathode,
  filmFarMaterial,
  filmFirstLayer,
  filmLayerCount,
  SURFACE_FLAG_QUANTUM_EFFICIENCY,
  surfaceFlags,
} from './generated/scene';
import {
  ABSORPTION,
  DETECTION,
  FRESNEL_REFLECTION,
  FRESNEL_REFRACTION,
  TOTAL_REFLECTION,
} from './outcome';
import { draw } from './philox';
import { efficiency, indexAt } from './tables';

// Less than this is rounding.
const NOTHING: f64 = 1e-12;

// One draw says whether the photon goes through, is absorbed or reflected; the
// status. From the side behind, the layers are met in reverse. [FILM4]
export function crossFilm(
  surface: i32,
  film: i32,
  from: i32,
  to: i32,
  nx: f64,
  ny: f64,
  nz: f64,
): i32 {
  const first = filmFirstLayer(film);
  const count = filmLayerCount(film);
  const cathode = filmCathode(film);
  const backwards = filmFarMaterial(film) == from;
  const n1 = indexAt(from);
  const n2 = indexAt(to);
  face(nx, ny, nz);
  meetLayers(first, count, cathode, backwards, n1, n2, 0.0);
  const u = draw();
  if (u < filmTransmits) {
    refractByLayers(n1, n2);
    return FRESNEL_REFRACTION;
  }
  const absorbed = 1.0 - filmReflects - filmTransmits;
  if (absorbed > NOTHING && u < filmTransmits + absorbed) {
    const caught = min(1.0, filmCatches / absorbed);
    const near = backwards ? n2 : n1;
    const far = backwards ? n1 : n2;
    const escape = chanceOfEscape(surface, first, count, cathode, near, far);
    const chance = caught * escape;
    return chance > 0.0 && draw() < chance ? DETECTION : ABSORPTION;
  }
  reflectByLayers();
  return filmTransmits > 0.0 ? FRESNEL_REFLECTION : TOTAL_REFLECTION;
}

// Of light absorbed in the cathode, the part that is detected: EFFICIENCY, or
// THINFILM_QE over what it absorbs at normal incidence from the front. [FILM5]
function chanceOfEscape(
  surface: i32,
  first: i32,
  count: i32,
  cathode: i32,
  near: f64,
  far: f64,
): f64 {
  if ((surfaceFlags(surface) & SURFACE_FLAG_QUANTUM_EFFICIENCY) == 0)
    return efficiency;
  const most = catchesAtNormal(first, count, cathode, near, far);
  return most > efficiency ? efficiency / most : 1.0;
}
