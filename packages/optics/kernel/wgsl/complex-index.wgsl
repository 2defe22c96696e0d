// Made by tools/emit-wgsl.mjs of kernel/wasm/complex-index.ts.

// Surfaces of metals that are given by their complex refractive index, as
// CalculateReflectivity() and DielectricMetal() of G4OpBoundaryProcess.

// What is reflected at the facet f, from index n1. [METAL1]
fn reflectance(film: i32, n1: f32, fx: f32, fy: f32, fz: f32) -> f32 {
  face(fx, fy, fz);
  layerAt(filmFirstLayer(film));
  meetLayers(0, 0, -1, false, n1, layerIndex, layerExtinction);
  return filmReflects;
}

// Ground: a micro-facet; else the mean normal.
fn complex_index_takeFacet(model: i32, finish: i32, value: f32, nx: f32,
  ny: f32, nz: f32) {
  var t1_: f32;
  if (finish == GROUND) {
    t1_ = value;
  } else {
    t1_ = smooth_(model);
  }
  drawFacet(model, t1_, nx, ny, nz);
}

// No tilt (unified), full polish (glisur).
fn smooth_(model: i32) -> f32 {
  return select(1.0, 0.0, model == UNIFIED);
}

// The reflectivity of a surface without REFLECTIVITY is that of its index, at
// a facet. [METAL1]
fn takeReflectivity(film: i32, model: i32, finish: i32, value: f32, n1: f32,
  nx: f32, ny: f32, nz: f32) {
  complex_index_takeFacet(model, finish, value, nx, ny, nz);
  setReflectivity(reflectance(film, n1, facetX, facetY, facetZ));
}

// dielectric_metal: reflects until the photon leaves the surface; at each
// further facet some are absorbed. The status. [METAL2]
fn reflectAtIndex(film: i32, model: i32, finish: i32, value: f32, isGiven: bool,
  n1: f32, nx: f32, ny: f32, nz: f32) -> i32 {
  complex_index_takeFacet(model, finish, value, nx, ny, nz);
  let first = reflectance(film, n1, facetX, facetY, facetZ);
  if (!isGiven) {
    setReflectivity(first);
  }
  let coat = meetCoat();
  if (coat != 0) {
    return coat;
  }
  var t1_: i32;
  if (model == UNIFIED && finish != POLISHED) {
    t1_ = chooseReflection();
  } else {
    t1_ = select(SPIKE_REFLECTION, LOBE_REFLECTION, finish == GROUND);
  }
  let status = t1_;
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
  while (dx.x * nx + dy.x * ny + dz.x * nz < 0.0) {
    complex_index_takeFacet(model, finish, value, nx, ny, nz);
    if (draw() >= reflectance(film, n1, facetX, facetY, facetZ)) {
      return absorb();
    }
    reflectByLayers();
  }
  return status;
}
