// Made by tools/emit-wgsl.mjs of kernel/wasm/metal.ts.

// Reflection at a surface of type dielectric_metal, as DielectricMetal() of
// G4OpBoundaryProcess.

// Reflects until the photon leaves the surface; the normal is against the
// photon. The status. [SURF7]
fn reflectAtMetal(model: i32, finish: i32, value: f32, nx: f32, ny: f32,
  nz: f32) -> i32 {
  var t1_: i32;
  if (model == UNIFIED && finish != POLISHED) {
    t1_ = chooseReflection();
  } else {
    t1_ = select(SPIKE_REFLECTION, LOBE_REFLECTION, finish == GROUND);
  }
  let status = t1_;
  loop {
    if (status == LAMBERTIAN_REFLECTION) {
      scatterLambert(nx, ny, nz);
    } else if (status == BACK_SCATTERING) {
      scatterBack();
    } else if (status == SPIKE_REFLECTION) {
      mirror(nx, ny, nz);
    } else {
      drawFacet(model, value, nx, ny, nz);
      mirror(facetX, facetY, facetZ);
    }
    if (!(dx.x * nx + dy.x * ny + dz.x * nz < 0.0)) {
      break;
    }
  }
  return status;
}
