// Made by tools/emit-wgsl.mjs of kernel/wasm/boundary.ts.

// The boundary between two volumes, as G4OpBoundaryProcess of Geant4 11.4.

// Of the last boundary(): what happened (G4OpBoundaryProcessStatus, see
// outcome.ts), and the photon's flag for it.
var<private> boundaryStatus: i32 = 0;
var<private> boundaryFlag: u32 = 0u;

// The photon meets the interface from material `from` to material `to` with
// `surface` (-1: none); the unit normal is against it (n.d < 0), in its frame.
// Changes its direction and polarisation; the outcome (outcome.ts). [SURF1]
fn boundary(from_: i32, to: i32, surface: i32, nx: f32, ny: f32, nz: f32) ->
  i32 {
  var t1_: i32;
  if (surface < 0) {
    t1_ = meetInterface(from_, to, nx, ny, nz);
  } else {
    t1_ = meetSurface(from_, to, surface, nx, ny, nz);
  }
  let status = t1_;
  boundaryStatus = status;
  boundaryFlag = flagOf(status);
  if (status == SAME_MATERIAL) {
    return PASS;
  }
  if (status == DETECTION) {
    return DETECT;
  }
  if (status == ABSORPTION || status == NO_INDEX) {
    return ABSORB;
  }
  if (dx.x * nx + dy.x * ny + dz.x * nz >= 0.0) {
    return REFLECT;
  }
  var t2_: i32;
  if (hasIndex(to)) {
    t2_ = TRANSMIT;
  } else {
    t2_ = loseIndex();
  }
  return t2_;
}

// A coat that lets a photon through into a material without RINDEX. [SURF12]
fn loseIndex() -> i32 {
  boundaryStatus = NO_INDEX;
  boundaryFlag = flagOf(NO_INDEX);
  return ABSORB;
}

// No surface: polished, between two dielectrics. [FR2] [SURF12]
fn meetInterface(from_: i32, to: i32, nx: f32, ny: f32, nz: f32) -> i32 {
  if (from_ == to) {
    return select(NO_INDEX, SAME_MATERIAL, hasIndex(from_));
  }
  if (!hasIndex(from_) || !hasIndex(to)) {
    return NO_INDEX;
  }
  return crossPolished(indexAt(from_), indexAt(to), nx, ny, nz);
}

fn meetSurface(from_: i32, to: i32, surface: i32, nx: f32, ny: f32, nz: f32) ->
  i32 {
  if (!hasIndex(from_)) {
    return NO_INDEX;
  }
  let finish = surfaceFinish(surface);
  let model = surfaceModel(surface);
  let type_ = surfaceType(surface);
  let value = surfaceValue(surface).x;
  surfaceAt(surface);
  let bare = finish == POLISHED || finish == GROUND;
  let painted = finish == POLISHED_FRONT_PAINTED ||
    finish == GROUND_FRONT_PAINTED;
  // Painted behind, without the index of the gap: Geant4 asks this first.
  if ((finish == POLISHED_BACK_PAINTED || finish == GROUND_BACK_PAINTED) &&
    (surfaceFlags(surface) & SURFACE_FLAG_HAS_GAP_INDEX) == 0) {
    return NO_INDEX;
  }
  let film = surfaceFilm(surface);
  if (film >= 0) {
    let status = meetFilm(from_, to, surface, film, nx, ny, nz);
    if (status >= 0) {
      return status;
    }
  }
  if (type_ >= DIELECTRIC_LUT && type_ <= DIELECTRIC_DICHROIC) {
    return meetTable(type_, surface, model, finish, value, nx, ny, nz);
  }
  if (type_ == DIELECTRIC_METAL) {
    let coat = meetCoat();
    if (coat != 0) {
      return coat;
    }
    return reflectAtMetal(model, finish, value, nx, ny, nz);
  }
  if (bare && from_ == to) {
    return SAME_MATERIAL;
  }
  if (bare && !hasIndex(to)) {
    return NO_INDEX;
  }
  if (bare || painted) {
    let coat = meetCoat();
    if (coat != 0) {
      return coat;
    }
  }
  if (finish == POLISHED_FRONT_PAINTED) {
    mirror(nx, ny, nz);
    return SPIKE_REFLECTION;
  }
  if (finish == GROUND_FRONT_PAINTED) {
    scatterLambert(nx, ny, nz);
    return LAMBERTIAN_REFLECTION;
  }
  var t1_: f32;
  if (bare) {
    t1_ = indexAt(to);
  } else {
    t1_ = gapIndex;
  }
  let behind = t1_;
  let roughness = surfaceRoughness(surface).x;
  if (finish == POLISHED && roughness == 0.0) {
    return crossPolished(indexAt(from_), behind, nx, ny, nz);
  }
  return crossGround(model, finish, value, roughness, indexAt(from_), behind,
    nx, ny, nz);
}

// A surface where complex amplitudes decide; -1: they say its reflectivity,
// and the rest is as elsewhere. [METAL1] [COAT1] [FILM4]
fn meetFilm(from_: i32, to: i32, surface: i32, film: i32, nx: f32, ny: f32,
  nz: f32) -> i32 {
  let finish = surfaceFinish(surface);
  let model = surfaceModel(surface);
  let value = surfaceValue(surface).x;
  let type_ = surfaceType(surface);
  let flags = surfaceFlags(surface);
  let n1 = indexAt(from_);
  if (type_ == DIELECTRIC_METAL) {
    let isGiven = (flags & SURFACE_FLAG_HAS_REFLECTIVITY) != 0;
    return reflectAtIndex(film, model, finish, value, isGiven, n1, nx, ny, nz);
  }
  if ((flags & SURFACE_FLAG_COMPLEX_INDEX) != 0) {
    takeReflectivity(film, model, finish, value, n1, nx, ny, nz);
    return -1;
  }
  if (type_ == COATED) {
    if (!hasIndex(to)) {
      return NO_INDEX;
    }
    return crossCoated(film, model, finish, value, n1, indexAt(to), nx, ny, nz);
  }
  if (from_ == to) {
    return SAME_MATERIAL;
  }
  if (!hasIndex(to)) {
    return NO_INDEX;
  }
  return crossFilm(surface, film, from_, to, nx, ny, nz);
}

// Surfaces that go by a table: the type says by which. [LUT1] [DICH1]
fn meetTable(type_: i32, surface: i32, model: i32, finish: i32, value: f32,
  nx: f32, ny: f32, nz: f32) -> i32 {
  let table = surfaceMeasured(surface);
  if (type_ == DIELECTRIC_LUT) {
    return reflectByLbnl(finish, table, nx, ny, nz);
  }
  if (type_ == DIELECTRIC_LUTDAVIS) {
    return meetDavis(table, nx, ny, nz);
  }
  return meetDichroic(table, model, finish, value, nx, ny, nz);
}
