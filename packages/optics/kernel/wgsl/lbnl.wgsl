// Made by tools/emit-wgsl.mjs of kernel/wasm/lbnl.ts.

// Surfaces by the tables measured at Berkeley (M. Janecek, W. W. Moses, IEEE
// Trans. Nucl. Sci. 57 (2010) 964), as DielectricLUT() of G4OpBoundaryProcess.

// Directions: theta from -90 degrees by 4, phi from -90 degrees by 5.
const PHIS: i32 = 36;
const CELLS: i32 = 1584;

// The coat, and for what stays a direction of the table; one that leads along
// the surface does not count, and the coat is met again. `first`: of the
// finish's rows. The status. [LUT3]
fn reflectByLbnl(finish: i32, first: i32, nx: f32, ny: f32, nz: f32) -> i32 {
  let degrees = i32(round(incidenceDegrees(nx, ny, nz)));
  let row = first + degrees * CELLS;
  loop {
    let coat = meetCoat();
    if (coat != 0) {
      return coat;
    }
    if (!(!goByCell(drawCell(row), nx, ny, nz))) {
      break;
    }
  }
  return FIRST_LBNL_REFLECTION + finish - FIRST_LBNL_FINISH;
}

// The first cell of a row whose cumulative chance is above a draw. [LUT3]
fn drawCell(row: i32) -> i32 {
  let u = draw();
  var low: i32 = 0;
  var high = CELLS - 1;
  while (low < high) {
    let middle = (low + high) >> 1u;
    if (lbnlTableAt(row + middle) > u) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

// Theta leads from the normal backwards in the plane of incidence, phi out of
// it: cos phi (cos theta n - sin theta t) + sin phi n x t, t the photon's
// direction along the surface. Whether that is off the surface. [LUT4]
fn goByCell(cell: i32, nx: f32, ny: f32, nz: f32) -> bool {
  let thetas = cell / PHIS;
  let phis = cell - thetas * PHIS;
  // From -90 degrees: the cosine of the angle is the sine of what is added.
  turn(f32(thetas) / 90.0);
  let cosTheta = turnSin;
  let sinTheta = -turnCos;
  turn(f32(phis) / 72.0);
  let cosPhi = turnSin;
  let sinPhi = -turnCos;
  let up = cosPhi * cosTheta;
  if (up <= 0.0) {
    return false;
  }
  findPlane(nx, ny, nz);
  let t = -cosPhi * sinTheta;
  redirect(up * nx + t * alongX + sinPhi * acrossX, up * ny + t * alongY +
    sinPhi * acrossY, up * nz + t * alongZ + sinPhi * acrossZ);
  return true;
}
