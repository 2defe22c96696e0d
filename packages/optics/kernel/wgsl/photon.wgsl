// The state of the one photon that the kernel follows. Position, direction and
// polarisation are in the frame of the volume that the photon is in (its node),
// in mm; time in ns; wavelength in nm. Place and direction are wide: 2^-47
// relative keeps a boundary at 20 m right to far below 1 um.

var<private> px: vec2f = vec2f(0.0, 0.0);
var<private> py: vec2f = vec2f(0.0, 0.0);
var<private> pz: vec2f = vec2f(0.0, 0.0);
var<private> dx: vec2f = vec2f(0.0, 0.0);
var<private> dy: vec2f = vec2f(0.0, 0.0);
var<private> dz: vec2f = vec2f(1.0, 0.0);
var<private> ex: f32 = 1.0;
var<private> ey: f32 = 0.0;
var<private> ez: f32 = 0.0;
var<private> time: f32 = 0.0;
var<private> wavelength: f32 = 0.0;
var<private> node: i32 = 0;
var<private> flagMask: u32 = 0u;

fn setPosition(x: vec2f, y: vec2f, z: vec2f) {
  px = x;
  py = y;
  pz = z;
}

fn setDirection(x: vec2f, y: vec2f, z: vec2f) {
  dx = x;
  dy = y;
  dz = z;
}

// For physics, whose directions are of 32 bits: a unit vector to 48 again, by
// the first term of 1 / sqrt(1 + s) = 1 - s / 2 + 3 s^2 / 8. The rest is 1e-14.
fn turnTo(x: f32, y: f32, z: f32) {
  let s = wAddR(wAdd(wAdd(wSquare(wFromF32(x)), wSquare(wFromF32(y))),
    wSquare(wFromF32(z))), -1.0).x;
  let more = s * (0.375 * s - 0.5);
  setDirection(wAddR(wFromF32(x), more * x), wAddR(wFromF32(y), more * y),
    wAddR(wFromF32(z), more * z));
}

fn setPolarisation(x: f32, y: f32, z: f32) {
  ex = x;
  ey = y;
  ez = z;
}

fn setTime(t: f32) {
  time = t;
}

fn setWavelength(nm: f32) {
  wavelength = nm;
}

fn setNode(n: i32) {
  node = n;
}

fn addFlag(flag: u32) {
  flagMask |= flag;
}

fn setFlagMask(mask: u32) {
  flagMask = mask;
}
