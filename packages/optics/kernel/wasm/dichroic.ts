// Dichroic filters, as DielectricDichroic() of G4OpBoundaryProcess.

import { drawFacet, facetX, facetY, facetZ } from './facet';
import {
  dichroicFilterAngles,
  dichroicFilterFirst,
  dichroicFilterWavelengths,
  dichroicTableAt,
} from './generated/scene';
import { incidenceDegrees } from './incidence';
import { mirror, scatterBack, scatterLambert } from './mirror';
import {
  BACK_SCATTERING,
  DICHROIC,
  LAMBERTIAN_REFLECTION,
  LOBE_REFLECTION,
  SPIKE_REFLECTION,
} from './outcome';
import { draw } from './philox';
import { dx, dy, dz, wavelength } from './photon';
import { chooseReflection, GROUND, POLISHED } from './surface';

const GLISUR: i32 = 0;

// The photon goes straight on with the chance of the table at its wavelength
// and its angle, rounded to a degree; else it is reflected. The status.
// [DICH2] [DICH3]
export function meetDichroic(
  filter: i32,
  model: i32,
  finish: i32,
  value: f64,
  nx: f64,
  ny: f64,
  nz: f64,
): i32 {
  const degrees = Math.floor(incidenceDegrees(nx, ny, nz) + 0.5);
  if (draw() < transmitted(filter, degrees)) return DICHROIC;
  return reflectAtFilter(model, finish, value, nx, ny, nz);
}

// Bilinear between the points of the table, its end values outside. [DICH2]
function transmitted(filter: i32, degrees: f64): f64 {
  const columns = dichroicFilterWavelengths(filter);
  const rows = dichroicFilterAngles(filter);
  const first = dichroicFilterFirst(filter);
  const angles = first + columns;
  const column = pointBelow(first, columns, wavelength);
  const row = pointBelow(angles, rows, degrees);
  const x = partBetween(first + column, wavelength);
  const y = partBetween(angles + row, degrees);
  const at = angles + rows + row * columns + column;
  const low = (1.0 - x) * value(at) + x * value(at + 1);
  const high = (1.0 - x) * value(at + columns) + x * value(at + columns + 1);
  return (1.0 - y) * low + y * high;
}

@inline function value(i: i32): f64 {
  return <f64>dichroicTableAt(i);
}

// The last of `count` ascending points that is not above x, but for the very
// last; the first where all are.
function pointBelow(first: i32, count: i32, x: f64): i32 {
  let low = 0;
  let high = count - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (value(first + middle) <= x) low = middle;
    else high = middle;
  }
  return low;
}

// How far x is from a point to the next, 0 to 1.
@inline function partBetween(point: i32, x: f64): f64 {
  const start = value(point);
  return max(0.0, min(1.0, (x - start) / (value(point + 1) - start)));
}

// Of the unified model any of its reflections, of others by the finish.
// [DICH3]
function reflectAtFilter(
  model: i32,
  finish: i32,
  polish: f64,
  nx: f64,
  ny: f64,
  nz: f64,
): i32 {
  const status =
    model == GLISUR
      ? finish == GROUND
        ? LOBE_REFLECTION
        : SPIKE_REFLECTION
      : finish == POLISHED
        ? SPIKE_REFLECTION
        : chooseReflection();
  if (status == LAMBERTIAN_REFLECTION) scatterLambert(nx, ny, nz);
  else if (status == BACK_SCATTERING) scatterBack();
  else if (status == SPIKE_REFLECTION) mirror(nx, ny, nz);
  else reflectAtFacet(model, polish, nx, ny, nz);
  return status;
}

// About the first facet drawn that sends the photon off the surface.
function reflectAtFacet(
  model: i32,
  polish: f64,
  nx: f64,
  ny: f64,
  nz: f64,
): void {
  const along = dx * nx + dy * ny + dz * nz;
  let off: f64 = 0;
  do {
    drawFacet(model, polish, nx, ny, nz);
    const met = dx * facetX + dy * facetY + dz * facetZ;
    off = along - 2.0 * met * (facetX * nx + facetY * ny + facetZ * nz);
    // Along the face exactly, no facet sends it off.
  } while (off <= 0.0 && along < 0.0);
  mirror(facetX, facetY, facetZ);
}
