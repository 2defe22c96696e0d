// The state of the one photon that the kernel follows. Position, direction and
// polarisation are in the frame of the volume that the photon is in (its node),
// in mm; time in ns; wavelength in nm. 64-bit: 1e-12 relative keeps a boundary
// at 20 m right to far below 1 um.

export let px: f64 = 0;
export let py: f64 = 0;
export let pz: f64 = 0;
export let dx: f64 = 0;
export let dy: f64 = 0;
export let dz: f64 = 1;
export let ex: f64 = 1;
export let ey: f64 = 0;
export let ez: f64 = 0;
export let time: f64 = 0;
export let wavelength: f64 = 0;
export let node: i32 = 0;
export let flagMask: u32 = 0;

@inline export function setPosition(x: f64, y: f64, z: f64): void {
  px = x;
  py = y;
  pz = z;
}

@inline export function setDirection(x: f64, y: f64, z: f64): void {
  dx = x;
  dy = y;
  dz = z;
}

@inline export function setPolarisation(x: f64, y: f64, z: f64): void {
  ex = x;
  ey = y;
  ez = z;
}

@inline export function setTime(t: f64): void {
  time = t;
}

@inline export function setWavelength(nm: f64): void {
  wavelength = nm;
}

@inline export function setNode(n: i32): void {
  node = n;
}

@inline export function addFlag(flag: u32): void {
  flagMask |= flag;
}

@inline export function setFlagMask(mask: u32): void {
  flagMask = mask;
}
