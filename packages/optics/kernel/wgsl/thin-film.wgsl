// Made by tools/emit-wgsl.mjs of kernel/wasm/thin-film.ts.

// A thin film between two dielectrics, such as a photocathode on the glass of
// a photomultiplier: some light is reflected, some goes through, some is
// absorbed and may be detected. D. Motta and S. Schoenert, Nucl. Instrum.
// Meth. A 539 (2005) 217; Y. Wang et al., arXiv:2204.02703.

// Less than this is rounding.
const NOTHING: f32 = 1e-12;

// One draw says whether the photon goes through, is absorbed or reflected; the
// status. From the side behind, the layers are met in reverse. [FILM4]
fn crossFilm(surface: i32, film: i32, from_: i32, to: i32, nx: f32, ny: f32,
  nz: f32) -> i32 {
  let first = filmFirstLayer(film);
  let count = filmLayerCount(film);
  let cathode = filmCathode(film);
  let backwards = filmFarMaterial(film) == from_;
  let n1 = indexAt(from_);
  let n2 = indexAt(to);
  face(nx, ny, nz);
  meetLayers(first, count, cathode, backwards, n1, n2, 0.0);
  let u = draw();
  if (u < filmTransmits) {
    refractByLayers(n1, n2);
    return FRESNEL_REFRACTION;
  }
  let absorbed = 1.0 - filmReflects - filmTransmits;
  if (absorbed > NOTHING && u < filmTransmits + absorbed) {
    let caught = min(1.0, filmCatches / absorbed);
    let near = select(n1, n2, backwards);
    let far = select(n2, n1, backwards);
    let escape = chanceOfEscape(surface, first, count, cathode, near, far);
    let chance = caught * escape;
    return select(ABSORPTION, DETECTION, chance > 0.0 && draw() < chance);
  }
  reflectByLayers();
  return select(TOTAL_REFLECTION, FRESNEL_REFLECTION, filmTransmits > 0.0);
}

// Of light absorbed in the cathode, the part that is detected: EFFICIENCY, or
// THINFILM_QE over what it absorbs at normal incidence from the front. [FILM5]
fn chanceOfEscape(surface: i32, first: i32, count: i32, cathode: i32, near: f32,
  far: f32) -> f32 {
  if ((surfaceFlags(surface) & SURFACE_FLAG_QUANTUM_EFFICIENCY) == 0) {
    return efficiency;
  }
  let most = catchesAtNormal(first, count, cathode, near, far);
  return select(1.0, efficiency / most, most > efficiency);
}
