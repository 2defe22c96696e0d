// Surfaces by the tables measured at Berkeley (M. Janecek, W. W. Moses, IEEE
// Trans. Nucl. Sci. 57 (2010) 964), as DielectricLUT() of G4OpBoundaryProcess.

import { lbnlTableAt } from './generated/scene';
import {
  acrossX,
  acrossY,
  acrossZ,
  alongX,
  alongY,
  alongZ,
  findPlane,
  incidenceDegrees,
} from './incidence';
import { redirect } from './mirror';
import { FIRST_LBNL_REFLECTION } from './outcome';
import { draw } from './philox';
import { FIRST_LBNL_FINISH, meetCoat } from './surface';
import { turn, turnCos, turnSin } from './turn';

// Directions: theta from -90 degrees by 4, phi from -90 degrees by 5.
const PHIS: i32 = 36;
const CELLS: i32 = 44 * PHIS;

// The coat, and for what stays a direction of the table; one that leads along
// the surface does not count, and the coat is met again. `first`: of the
// finish's rows. The status. [LUT3]
export function reflectByLbnl(
  finish: i32,
  first: i32,
  nx: f64,
  ny: f64,
  nz: f64,
): i32 {
  const degrees = <i32>nearest(incidenceDegrees(nx, ny, nz));
  const row = first + degrees * CELLS;
  do {
    const coat = meetCoat();
    if (coat != 0) return coat;
  } while (!goByCell(drawCell(row), nx, ny, nz));
  return FIRST_LBNL_REFLECTION + finish - FIRST_LBNL_FINISH;
}

// The first cell of a row whose cumulative chance is above a draw. [LUT3]
function drawCell(row: i32): i32 {
  const u = draw();
  let low = 0;
  let high = CELLS - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (<f64>lbnlTableAt(row + middle) > u) high = middle;
    else low = middle + 1;
  }
  return low;
}

// Theta leads from the normal backwards in the plane of incidence, phi out of
// it: cos phi (cos theta n - sin theta t) + sin phi n x t, t the photon's
// direction along the surface. Whether that is off the surface. [LUT4]
function goByCell(cell: i32, nx: f64, ny: f64, nz: f64): bool {
  const thetas = cell / PHIS;
  const phis = cell - thetas * PHIS;
  // From -90 degrees: the cosine of the angle is the sine of what is added.
  turn(<f64>thetas / 90.0);
  const cosTheta = turnSin;
  const sinTheta = -turnCos;
  turn(<f64>phis / 72.0);
  const cosPhi = turnSin;
  const sinPhi = -turnCos;
  const up = cosPhi * cosTheta;
  if (up <= 0.0) return false;
  findPlane(nx, ny, nz);
  const t = -cosPhi * sinTheta;
  redirect(
    up * nx + t * alongX + sinPhi * acrossX,
    up * ny + t * alongY + sinPhi * acrossY,
    up * nz + t * alongZ + sinPhi * acrossZ,
  );
  return true;
}
