// Made by tools/emit-wgsl.mjs of kernel/wasm/dichroic.ts.

// Dichroic filters, as DielectricDichroic() of G4OpBoundaryProcess.

const GLISUR: i32 = 0;

// The photon goes straight on with the chance of the table at its wavelength
// and its angle, rounded to a degree; else it is reflected. The status.
// [DICH2] [DICH3]
fn meetDichroic(filter_: i32, model: i32, finish: i32, value: f32, nx: f32,
  ny: f32, nz: f32) -> i32 {
  let degrees = floor(incidenceDegrees(nx, ny, nz) + 0.5);
  if (draw() < dichroic_transmitted(filter_, degrees)) {
    return DICHROIC;
  }
  return reflectAtFilter(model, finish, value, nx, ny, nz);
}

// Bilinear between the points of the table, its end values outside. [DICH2]
fn dichroic_transmitted(filter_: i32, degrees: f32) -> f32 {
  let columns = dichroicFilterWavelengths(filter_);
  let rows = dichroicFilterAngles(filter_);
  let first = dichroicFilterFirst(filter_);
  let angles = first + columns;
  let column = pointBelow(first, columns, wavelength);
  let row = pointBelow(angles, rows, degrees);
  let x = partBetween(first + column, wavelength);
  let y = partBetween(angles + row, degrees);
  let at = angles + rows + row * columns + column;
  let low = (1.0 - x) * dichroic_value(at) + x * dichroic_value(at + 1);
  let high = (1.0 - x) * dichroic_value(at + columns) + x *
    dichroic_value(at + columns + 1);
  return (1.0 - y) * low + y * high;
}

fn dichroic_value(i: i32) -> f32 {
  return dichroicTableAt(i);
}

// The last of `count` ascending points that is not above x, but for the very
// last; the first where all are.
fn pointBelow(first: i32, count: i32, x: f32) -> i32 {
  var low: i32 = 0;
  var high = count - 1;
  while (high - low > 1) {
    let middle = (low + high) >> 1u;
    if (dichroic_value(first + middle) <= x) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return low;
}

// How far x is from a point to the next, 0 to 1.
fn partBetween(point: i32, x: f32) -> f32 {
  let start = dichroic_value(point);
  return max(0.0, min(1.0, (x - start) / (dichroic_value(point + 1) - start)));
}

// Of the unified model any of its reflections, of others by the finish.
// [DICH3]
fn reflectAtFilter(model: i32, finish: i32, polish: f32, nx: f32, ny: f32,
  nz: f32) -> i32 {
  var t2_: i32;
  if (model == GLISUR) {
    t2_ = select(SPIKE_REFLECTION, LOBE_REFLECTION, finish == GROUND);
  } else {
    var t1_: i32;
    if (finish == POLISHED) {
      t1_ = SPIKE_REFLECTION;
    } else {
      t1_ = chooseReflection();
    }
    t2_ = t1_;
  }
  let status = t2_;
  if (status == LAMBERTIAN_REFLECTION) {
    scatterLambert(nx, ny, nz);
  } else if (status == BACK_SCATTERING) {
    scatterBack();
  } else if (status == SPIKE_REFLECTION) {
    mirror(nx, ny, nz);
  } else {
    dichroic_reflectAtFacet(model, polish, nx, ny, nz);
  }
  return status;
}

// About the first facet drawn that sends the photon off the surface.
fn dichroic_reflectAtFacet(model: i32, polish: f32, nx: f32, ny: f32, nz: f32) {
  let along = dx.x * nx + dy.x * ny + dz.x * nz;
  var off: f32 = 0.0;
  loop {
    drawFacet(model, polish, nx, ny, nz);
    let met = dx.x * facetX + dy.x * facetY + dz.x * facetZ;
    off = along - 2.0 * met * (facetX * nx + facetY * ny + facetZ * nz);
    if (!(off <= 0.0 && along < 0.0)) {
      break;
    }
  }
  mirror(facetX, facetY, facetZ);
}
