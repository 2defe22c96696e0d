// Made by tools/emit-wgsl.mjs of kernel/wasm/coated.ts.

// Surfaces of type coated: one transparent layer between two dielectrics, as
// CoatedDielectricDielectric() of G4OpBoundaryProcess.

// From index n1 to n2, facet by facet until one leaves the photon on the side
// that it then goes to; with EFFICIENCY, light that goes through is absorbed.
// The status of what happened last. [COAT1] [COAT2] [COAT3]
fn crossCoated(film: i32, model: i32, finish: i32, value: f32, n1: f32, n2: f32,
  nx: f32, ny: f32, nz: f32) -> i32 {
  let layer = filmFirstLayer(film);
  let tilt = select(value, select(1.0, 0.0, model == UNIFIED),
    finish == POLISHED);
  layerAt(layer);
  let inside = layerIndex;
  var side: f32 = 1.0;
  var near = n1;
  var far = n2;
  var status: i32 = 0;
  loop {
    drawFacet(model, tilt, side * nx, side * ny, side * nz);
    face(facetX, facetY, facetZ);
    let isTotal = near * near * sineSquared >= inside * inside;
    // Light that may not tunnel sees the layer alone.
    if (isTotal && filmFrustrated(film) == 0) {
      meetLayers(0, 0, -1, false, near, inside, 0.0);
    } else {
      meetLayers(layer, 1, -1, false, near, far, 0.0);
    }
    let through = filmTransmits > 0.0 && draw() < filmTransmits;
    if (through) {
      if (efficiency > 0.0) {
        return absorb();
      }
      status = select(COATED_REFRACTION, FRUSTRATED_TRANSMISSION, isTotal);
      refractByLayers(near, far);
    } else {
      status = select(COATED_REFLECTION, TOTAL_REFLECTION, isTotal);
      reflectByLayers();
    }
    let along = side * (dx.x * nx + dy.x * ny + dz.x * nz);
    if (select(along >= 0.0, along <= 0.0, through)) {
      return status;
    }
    if (through) {
      side = -side;
      let index = near;
      near = far;
      far = index;
    }
  }
}
