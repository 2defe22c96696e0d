// The boundary between two volumes, as G4OpBoundaryProcess of Geant4 11.4.

import { crossCoated } from './coated';
import { reflectAtIndex, takeReflectivity } from './complex-index';
import { meetDavis } from './davis';
import { meetDichroic } from './dichroic';
import { crossGround, crossPolished } from './dielectric';
import {
  SURFACE_FLAG_COMPLEX_INDEX,
  SURFACE_FLAG_HAS_GAP_INDEX,
  SURFACE_FLAG_HAS_REFLECTIVITY,
  surfaceFilm,
  surfaceFinish,
  surfaceFlags,
  surfaceMeasured,
  surfaceModel,
  surfaceRoughness,
  surfaceType,
  surfaceValue,
} from './generated/scene';
import { reflectByLbnl } from './lbnl';
import { reflectAtMetal } from './metal';
import { mirror, scatterLambert } from './mirror';
import {
  ABSORB,
  ABSORPTION,
  DETECT,
  DETECTION,
  flagOf,
  LAMBERTIAN_REFLECTION,
  NO_INDEX,
  PASS,
  REFLECT,
  SAME_MATERIAL,
  SPIKE_REFLECTION,
  TRANSMIT,
} from './outcome';
import { dx, dy, dz } from './photon';
import {
  COATED,
  DIELECTRIC_DICHROIC,
  DIELECTRIC_LUT,
  DIELECTRIC_LUTDAVIS,
  DIELECTRIC_METAL,
  GROUND,
  GROUND_BACK_PAINTED,
  GROUND_FRONT_PAINTED,
  meetCoat,
  POLISHED,
  POLISHED_BACK_PAINTED,
  POLISHED_FRONT_PAINTED,
} from './surface';
import { gapIndex, hasIndex, indexAt, surfaceAt } from './tables';
import { crossFilm } from './thin-film';

export { ABSORB, DETECT, PASS, REFLECT, TRANSMIT } from './outcome';

// Of the last boundary(): what happened (G4OpBoundaryProcessStatus, see
// outcome.ts), and the photon's flag for it.
export let boundaryStatus: i32 = 0;
export let boundaryFlag: u32 = 0;

// The photon meets the interface from material `from` to material `to` with
// `surface` (-1: none); the unit normal is against it (n.d < 0), in its frame.
// Changes its direction and polarisation; the outcome (outcome.ts). [SURF1]
export function boundary(
  from: i32,
  to: i32,
  surface: i32,
  nx: f64,
  ny: f64,
  nz: f64,
): i32 {
  const status =
    surface < 0
      ? meetInterface(from, to, nx, ny, nz)
      : meetSurface(from, to, surface, nx, ny, nz);
  boundaryStatus = status;
  boundaryFlag = flagOf(status);
  if (status == SAME_MATERIAL) return PASS;
  if (status == DETECTION) return DETECT;
  if (status == ABSORPTION || status == NO_INDEX) return ABSORB;
  if (dx * nx + dy * ny + dz * nz >= 0.0) return REFLECT;
  return hasIndex(to) ? TRANSMIT : loseIndex();
}

// A coat that lets a photon through into a material without RINDEX. [SURF12]
function loseIndex(): i32 {
  boundaryStatus = NO_INDEX;
  boundaryFlag = flagOf(NO_INDEX);
  return ABSORB;
}

// No surface: polished, between two dielectrics. [FR2] [SURF12]
@inline function meetInterface(
  from: i32,
  to: i32,
  nx: f64,
  ny: f64,
  nz: f64,
): i32 {
  if (from == to) return hasIndex(from) ? SAME_MATERIAL : NO_INDEX;
  if (!hasIndex(from) || !hasIndex(to)) return NO_INDEX;
  return crossPolished(indexAt(from), indexAt(to), nx, ny, nz);
}

function meetSurface(
  from: i32,
  to: i32,
  surface: i32,
  nx: f64,
  ny: f64,
  nz: f64,
): i32 {
  if (!hasIndex(from)) return NO_INDEX;
  const finish = surfaceFinish(surface);
  const model = surfaceModel(surface);
  const type = surfaceType(surface);
  const value = surfaceValue(surface);
  surfaceAt(surface);
  const bare = finish == POLISHED || finish == GROUND;
  const painted =
    finish == POLISHED_FRONT_PAINTED || finish == GROUND_FRONT_PAINTED;
  // Painted behind, without the index of the gap: Geant4 asks this first.
  if (
    (finish == POLISHED_BACK_PAINTED || finish == GROUND_BACK_PAINTED) &&
    (surfaceFlags(surface) & SURFACE_FLAG_HAS_GAP_INDEX) == 0
  )
    return NO_INDEX;
  const film = surfaceFilm(surface);
  if (film >= 0) {
    const status = meetFilm(from, to, surface, film, nx, ny, nz);
    if (status >= 0) return status;
  }
  if (type >= DIELECTRIC_LUT && type <= DIELECTRIC_DICHROIC)
    return meetTable(type, surface, model, finish, value, nx, ny, nz);
  if (type == DIELECTRIC_METAL) {
    const coat = meetCoat();
    if (coat != 0) return coat;
    return reflectAtMetal(model, finish, value, nx, ny, nz);
  }
  if (bare && from == to) return SAME_MATERIAL;
  if (bare && !hasIndex(to)) return NO_INDEX;
  if (bare || painted) {
    const coat = meetCoat();
    if (coat != 0) return coat;
  }
  if (finish == POLISHED_FRONT_PAINTED) {
    mirror(nx, ny, nz);
    return SPIKE_REFLECTION;
  }
  if (finish == GROUND_FRONT_PAINTED) {
    scatterLambert(nx, ny, nz);
    return LAMBERTIAN_REFLECTION;
  }
  const behind = bare ? indexAt(to) : gapIndex;
  const roughness = surfaceRoughness(surface);
  if (finish == POLISHED && roughness == 0.0)
    return crossPolished(indexAt(from), behind, nx, ny, nz);
  return crossGround(
    model,
    finish,
    value,
    roughness,
    indexAt(from),
    behind,
    nx,
    ny,
    nz,
  );
}

// A surface where complex amplitudes decide; -1: they say its reflectivity,
// and the rest is as elsewhere. [METAL1] [COAT1] [FILM4]
function meetFilm(
  from: i32,
  to: i32,
  surface: i32,
  film: i32,
  nx: f64,
  ny: f64,
  nz: f64,
): i32 {
  const finish = surfaceFinish(surface);
  const model = surfaceModel(surface);
  const value = surfaceValue(surface);
  const type = surfaceType(surface);
  const flags = surfaceFlags(surface);
  const n1 = indexAt(from);
  if (type == DIELECTRIC_METAL) {
    const isGiven = (flags & SURFACE_FLAG_HAS_REFLECTIVITY) != 0;
    return reflectAtIndex(film, model, finish, value, isGiven, n1, nx, ny, nz);
  }
  if ((flags & SURFACE_FLAG_COMPLEX_INDEX) != 0) {
    takeReflectivity(film, model, finish, value, n1, nx, ny, nz);
    return -1;
  }
  if (type == COATED) {
    if (!hasIndex(to)) return NO_INDEX;
    return crossCoated(
      film,
      model,
      finish,
      value,
      n1,
      indexAt(to),
      nx,
      ny,
      nz,
    );
  }
  if (from == to) return SAME_MATERIAL;
  if (!hasIndex(to)) return NO_INDEX;
  return crossFilm(surface, film, from, to, nx, ny, nz);
}

// Surfaces that go by a table: the type says by which. [LUT1] [DICH1]
function meetTable(
  type: i32,
  surface: i32,
  model: i32,
  finish: i32,
  value: f64,
  nx: f64,
  ny: f64,
  nz: f64,
): i32 {
  const table = surfaceMeasured(surface);
  if (type == DIELECTRIC_LUT) return reflectByLbnl(finish, table, nx, ny, nz);
  if (type == DIELECTRIC_LUTDAVIS) return meetDavis(table, nx, ny, nz);
  return meetDichroic(table, model, finish, value, nx, ny, nz);
}
