// Made by tools/emit-wgsl.mjs of kernel/wasm/torch.ts.

// Photons of Opticks' own torches (sysrap/storch.h): the direction, the place
// and the polarisation are drawn together. The polarisation's phase is that
// of Opticks, where it is arbitrary.

// A square without points of the circle ends the search here.
const torch_MAX_TRIES: i32 = 100000;

// The result of `rotateUz`.
var<private> torch_ux: f32 = 0.0;
var<private> torch_uy: f32 = 0.0;
var<private> torch_uz: f32 = 0.0;

// A vector given about the z axis, turned so that z becomes the direction by
// two rotations, about y and then about z (CLHEP's Hep3Vector::rotateUz).
fn rotateUz(x: f32, y: f32, z: f32) {
  let up = sqrt(dx.x * dx.x + dy.x * dy.x);
  if (up > 0.0) {
    torch_ux = (dx.x * dz.x * x - dy.x * y) / up + dx.x * z;
    torch_uy = (dy.x * dz.x * x + dx.x * y) / up + dy.x * z;
    torch_uz = dz.x * z - up * x;
    return;
  }
  let sign = select(1.0, -1.0, dz.x < 0.0);
  torch_ux = sign * x;
  torch_uy = y;
  torch_uz = sign * z;
}

fn torch_read(step: u32, offset: i32) -> f32 {
  return loadSourceF32(step + u32(offset));
}

// Uniform between the ends of a range.
fn torch_between(step: u32, low: i32, high: i32) -> f32 {
  let from_ = torch_read(step, low);
  return from_ + draw() * (torch_read(step, high) - from_);
}

// `turn` by any number of full turns.
fn turnBy(turns: f32) {
  turn(turns - floor(turns));
}

fn placeAt(step: u32, x: f32, y: f32, z: f32) {
  setPosition(wFromF32(torch_read(step, GENSTEP_X) + x),
    wFromF32(torch_read(step, GENSTEP_Y) + y),
    wFromF32(torch_read(step, GENSTEP_Z) + z));
}

// The polarisation (x, y, 0) about the direction.
fn polariseAbout(x: f32, y: f32) {
  rotateUz(x, y, 0.0);
  setPolarisation(torch_ux, torch_uy, torch_uz);
}

// Sets the photon (photon.ts) of this number in its step, in the frame of the
// world. [SRC13]
fn emitTorch(step: u32, number: u32) {
  let shape = loadSourceI32(step + u32(TORCH_SHAPE));
  setWavelength(torch_read(step, TORCH_WAVELENGTH));
  setTime(torch_read(step, GENSTEP_TIME));
  if (shape == TORCH_IS_SPHERE) {
    emitFromSphere(step);
  } else if (shape == TORCH_IS_SPHERE_MARSAGLIA) {
    emitFromSquare(step);
  } else if (shape == TORCH_IS_CIRCLE) {
    emitFromCircle(step, number);
  } else if (shape == TORCH_IS_RECTANGLE) {
    emitFromRectangle(step, number);
  } else {
    emitBeam(step, shape, number);
  }
}

// Along the direction: from a disc (with a radius that is uniform, not an
// area), from a line by number, or from a point.
fn emitBeam(step: u32, shape: i32, number: u32) {
  goAlong(torch_read(step, TORCH_DIRECTION_X),
    torch_read(step, TORCH_DIRECTION_Y), torch_read(step, TORCH_DIRECTION_Z));
  let radius = torch_read(step, TORCH_RADIUS);
  if (shape == TORCH_IS_DISC) {
    let r = radius * torch_between(step, TORCH_ZENITH_LOW, TORCH_ZENITH_HIGH);
    turnBy(torch_between(step, TORCH_AZIMUTH_LOW, TORCH_AZIMUTH_HIGH));
    let c = turnCos;
    let s = turnSin;
    rotateUz(r * c, r * s, 0.0);
    placeAt(step, torch_ux, torch_uy, torch_uz);
    polariseAbout(s, -c);
    return;
  }
  var t1_: f32;
  if (shape == TORCH_IS_LINE) {
    t1_ = 2.0 * share(step, number) - 1.0;
  } else {
    t1_ = 0.0;
  }
  let part = t1_;
  rotateUz(radius * part, 0.0, 0.0);
  placeAt(step, torch_ux, torch_uy, torch_uz);
  polariseAbout(0.0, -1.0);
}

// The photon's number over the number of photons of its step.
fn share(step: u32, number: u32) -> f32 {
  return f32(number) / f32(loadSourceU32(step + u32(GENSTEP_PHOTONS)));
}

// From the unit vector's point of the sphere, outwards or inwards by the sign
// of the radius.
fn goRadially(step: u32, x: f32, y: f32, z: f32) {
  let radius = torch_read(step, TORCH_RADIUS);
  let way = rCopysign(1.0, radius);
  let r = abs(radius);
  goAlong(way * x, way * y, way * z);
  placeAt(step, r * x, r * y, r * z);
}

fn polariseByPhase(step: u32) {
  turnBy(torch_read(step, TORCH_PHASE));
  polariseAbout(turnCos, turnSin);
}

fn emitFromSphere(step: u32) {
  let z = 1.0 - 2.0 * torch_between(step, TORCH_ZENITH_LOW, TORCH_ZENITH_HIGH);
  let rho = sqrt(max(0.0, (1.0 - z) * (1.0 + z)));
  turnBy(torch_between(step, TORCH_AZIMUTH_LOW, TORCH_AZIMUTH_HIGH));
  goRadially(step, rho * turnCos, rho * turnSin, z);
  polariseByPhase(step);
}

// The sphere again, by Marsaglia (Ann. Math. Stat. 43 (1972) 645): a point of
// the unit circle in the square that zenith and azimuth are ranges of.
fn emitFromSquare(step: u32) {
  var u: f32 = 0.0;
  var v: f32 = 0.0;
  var b: f32 = 2.0;
  for (var i: i32 = 0; i < torch_MAX_TRIES && b > 1.0; i++) {
    u = 2.0 * torch_between(step, TORCH_ZENITH_LOW, TORCH_ZENITH_HIGH) - 1.0;
    v = 2.0 * torch_between(step, TORCH_AZIMUTH_LOW, TORCH_AZIMUTH_HIGH) - 1.0;
    b = u * u + v * v;
  }
  let a = 2.0 * sqrt(max(0.0, 1.0 - b));
  goRadially(step, a * u, a * v, 2.0 * min(b, 1.0) - 1.0);
  polariseByPhase(step);
}

// Round the circle in the plane of x and z by number.
fn emitFromCircle(step: u32, number: u32) {
  let part = share(step, number);
  let low = torch_read(step, TORCH_AZIMUTH_LOW);
  let high = torch_read(step, TORCH_AZIMUTH_HIGH);
  turnBy(low * (1.0 - part) + high * part);
  goRadially(step, turnCos, 0.0, turnSin);
  polariseAbout(0.0, -1.0);
}

// Inwards from the sides of a rectangle in the plane of x and z by number: a
// quarter of the photons from the left, right, bottom and top each.
fn emitFromRectangle(step: u32, number: u32) {
  let perSide = max(1u, loadSourceU32(step + u32(GENSTEP_PHOTONS)) / 4u);
  let side = min(3u, number / perSide);
  let part = f32(number - side * perSide) / f32(perSide);
  let left = torch_read(step, TORCH_AZIMUTH_LOW);
  let right = torch_read(step, TORCH_AZIMUTH_HIGH);
  let bottom = torch_read(step, TORCH_ZENITH_LOW);
  let top = torch_read(step, TORCH_ZENITH_HIGH);
  if (side < 2u) {
    goAlong(select(-1.0, 1.0, side == 0u), 0.0, 0.0);
    let z = (1.0 - part) * bottom + part * top;
    placeAt(step, select(right, left, side == 0u), 0.0, z);
  } else {
    goAlong(0.0, 0.0, select(-1.0, 1.0, side == 2u));
    let x = (1.0 - part) * left + part * right;
    placeAt(step, x, 0.0, select(top, bottom, side == 2u));
  }
  polariseAbout(0.0, -1.0);
}
