// Made by tools/emit-wgsl.mjs of kernel/wasm/dielectric.ts.

// Surfaces of type dielectric_dielectric, as DielectricDielectric() of
// G4OpBoundaryProcess.

// Of the surface met.
var<private> model: i32 = 0;
var<private> finish: i32 = 0;
var<private> dielectric_value: f32 = 0.0;
var<private> rough: bool = false;

// The side that the photon is on: the normal against it, the index there and
// the one behind.
var<private> dielectric_gx: f32 = 0.0;
var<private> dielectric_gy: f32 = 0.0;
var<private> dielectric_gz: f32 = 1.0;
var<private> dielectric_near: f32 = 1.0;
var<private> far: f32 = 1.0;

// Whether the photon is behind the surface by an odd number of refractions,
// and whether the sides have been swapped for it.
var<private> inside: bool = false;
var<private> swapped: bool = false;
var<private> dielectric_status: i32 = 0;

// A smooth interface between two indices: refraction or Fresnel reflection by
// one draw, none where the reflection is total. The status. [FR2] [FR5]
fn crossPolished(n1: f32, n2: f32, nx: f32, ny: f32, nz: f32) -> i32 {
  if (!approach(n1, n2, nx, ny, nz)) {
    mirror(nx, ny, nz);
    return TOTAL_REFLECTION;
  }
  if (draw() < transmission()) {
    refract_();
    return FRESNEL_REFRACTION;
  }
  reflect_();
  return FRESNEL_REFLECTION;
}

fn dielectric_setNormal(x: f32, y: f32, z: f32) {
  dielectric_gx = x;
  dielectric_gy = y;
  dielectric_gz = z;
}

fn swapSides() {
  let index = dielectric_near;
  dielectric_near = far;
  far = index;
}

// A surface of facets, or painted behind; `far` is the index of the gap there.
// The status of what happened last. [SURF8] [SURF9] [SURF10]
fn crossGround(surfaceModel: i32, surfaceFinish: i32, surfaceValue: f32,
  roughness: f32, n1: f32, n2: f32, nx: f32, ny: f32, nz: f32) -> i32 {
  model = surfaceModel;
  finish = surfaceFinish;
  dielectric_value = surfaceValue;
  dielectric_near = n1;
  far = n2;
  inside = false;
  swapped = false;
  dielectric_setNormal(nx, ny, nz);
  rough = roughness != 0.0 && n1 > n2 && drawRoughness(roughness);
  crossFacets();
  if (finish == POLISHED || finish == GROUND) {
    return dielectric_status;
  }
  while (inside && !swapped) {
    let coat = meetCoat();
    if (coat != 0) {
      return coat;
    }
    reflectAtPaint();
    crossFacets();
  }
  return dielectric_status;
}

fn dielectric_takeFacet() {
  if (finish == POLISHED) {
    drawFacet(UNIFIED, 0.0, dielectric_gx, dielectric_gy, dielectric_gz);
  } else {
    drawFacet(model, dielectric_value, dielectric_gx, dielectric_gy,
      dielectric_gz);
  }
}

// Whether the facets are too rough to reflect as a mirror, by Rayleigh's
// criterion: they do with the chance exp(-(4 pi h n cos / lambda)^2). [SURF9]
fn drawRoughness(roughness: f32) -> bool {
  dielectric_takeFacet();
  let cosine = -(dx.x * facetX + dy.x * facetY + dz.x * facetZ);
  let path = 12.566371 * roughness * dielectric_near * cosine;
  let phase = path / (wavelength * 0.000001);
  return draw() >= rExp(-phase * phase);
}

// Meets facets until one leaves the photon on the side it then goes to.
// [SURF8]
fn crossFacets() {
  var through = false;
  loop {
    if (through) {
      through = false;
      swapped = !swapped;
      dielectric_setNormal(-dielectric_gx, -dielectric_gy, -dielectric_gz);
      swapSides();
    }
    dielectric_takeFacet();
    if (!approach(dielectric_near, far, facetX, facetY, facetZ)) {
      dielectric_reflectAtFacet(TOTAL_REFLECTION);
    } else if (draw() < transmission()) {
      inside = !inside;
      through = true;
      dielectric_status = FRESNEL_REFRACTION;
      refract_();
    } else {
      dielectric_reflectAtFacet(FRESNEL_REFLECTION);
    }
    let along = dx.x * dielectric_gx + dy.x * dielectric_gy + dz.x *
      dielectric_gz;
    if (select(along >= 0.0, along <= 0.0, through)) {
      return;
    }
  }
}

// Reflection of the given kind, or of those of the unified model. [SURF6]
fn dielectric_reflectAtFacet(kind: i32) {
  swapped = false;
  dielectric_status = select(kind, LAMBERTIAN_REFLECTION, rough);
  if (model == UNIFIED && finish != POLISHED) {
    dielectric_status = chooseReflection();
  }
  if (dielectric_status == LAMBERTIAN_REFLECTION) {
    scatterLambert(dielectric_gx, dielectric_gy, dielectric_gz);
  } else if (dielectric_status == BACK_SCATTERING) {
    scatterBack();
  } else if (dielectric_status == SPIKE_REFLECTION) {
    if (approach(dielectric_near, far, dielectric_gx, dielectric_gy,
      dielectric_gz)) {
      reflect_();
    } else {
      mirror(dielectric_gx, dielectric_gy, dielectric_gz);
    }
  } else if (kind == TOTAL_REFLECTION) {
    mirror(facetX, facetY, facetZ);
  } else {
    reflect_();
  }
}

// The paint behind the gap sends the photon back to the surface. [SURF10]
fn reflectAtPaint() {
  if (dielectric_status == FRESNEL_REFRACTION) {
    swapped = true;
    swapSides();
  } else {
    dielectric_setNormal(-dielectric_gx, -dielectric_gy, -dielectric_gz);
  }
  if (finish == GROUND_BACK_PAINTED) {
    scatterLambert(dielectric_gx, dielectric_gy, dielectric_gz);
  } else {
    mirror(dielectric_gx, dielectric_gy, dielectric_gz);
  }
  dielectric_setNormal(-dielectric_gx, -dielectric_gy, -dielectric_gz);
}
