// Photon rows in memory: reading a photon, writing its end or one of its steps.

import {
  alsoToParent,
  fieldToParent,
  fx,
  fy,
  fz,
  gx,
  gy,
  gz,
  pointToParent,
} from './frame';
import {
  nodeParent,
  nodeTransform,
  PHOTON_COUNT,
  PHOTON_DIR_X,
  PHOTON_DIR_Y,
  PHOTON_DIR_Z,
  PHOTON_FLAG,
  PHOTON_FLAG_MASK,
  PHOTON_IDENTITY,
  PHOTON_INDEX,
  PHOTON_POL_X,
  PHOTON_POL_Y,
  PHOTON_POL_Z,
  PHOTON_SIZE,
  PHOTON_TIME,
  PHOTON_WAVELENGTH,
  PHOTON_X,
  PHOTON_Y,
  PHOTON_Z,
} from './generated/scene';
import {
  dx,
  dy,
  dz,
  ex,
  ey,
  ez,
  flagMask,
  node,
  px,
  py,
  pz,
  setDirection,
  setFlagMask,
  setPolarisation,
  setPosition,
  setTime,
  setWavelength,
  time,
  wavelength,
} from './photon';

// The photon of a row, in the frame of the world.
export function readPhoton(row: usize): void {
  setPosition(
    <f64>load<f32>(row, PHOTON_X),
    <f64>load<f32>(row, PHOTON_Y),
    <f64>load<f32>(row, PHOTON_Z),
  );
  readDirection(
    <f64>load<f32>(row, PHOTON_DIR_X),
    <f64>load<f32>(row, PHOTON_DIR_Y),
    <f64>load<f32>(row, PHOTON_DIR_Z),
  );
  readPolarisation(
    <f64>load<f32>(row, PHOTON_POL_X),
    <f64>load<f32>(row, PHOTON_POL_Y),
    <f64>load<f32>(row, PHOTON_POL_Z),
  );
  setTime(<f64>load<f32>(row, PHOTON_TIME));
  setWavelength(<f64>load<f32>(row, PHOTON_WAVELENGTH));
  setFlagMask(load<u32>(row, PHOTON_FLAG_MASK));
}

// 32-bit rows hold unit vectors to 1e-7; in 64 bits they are unit again.
function readDirection(x: f64, y: f64, z: f64): void {
  const s = 1.0 / Math.sqrt(x * x + y * y + z * z);
  setDirection(x * s, y * s, z * s);
}

function readPolarisation(x: f64, y: f64, z: f64): void {
  const along = x * dx + y * dy + z * dz;
  const ax = x - along * dx;
  const ay = y - along * dy;
  const az = z - along * dz;
  const s = 1.0 / Math.sqrt(ax * ax + ay * ay + az * az);
  setPolarisation(ax * s, ay * s, az * s);
}

// Writes the photon, in the frame of the world, to a row.
export function writePhoton(
  row: usize,
  index: u64,
  identity: u32,
  flagWord: u32,
): void {
  let x = px;
  let y = py;
  let z = pz;
  let ax = dx;
  let ay = dy;
  let az = dz;
  let bx = ex;
  let by = ey;
  let bz = ez;
  for (let n = node; n > 0; n = nodeParent(n)) {
    const transform = nodeTransform(n);
    if (transform < 0) continue;
    pointToParent(transform, x, y, z);
    x = fx;
    y = fy;
    z = fz;
    alsoToParent(transform, ax, ay, az);
    ax = fx;
    ay = fy;
    az = fz;
    fieldToParent(transform, bx, by, bz);
    bx = gx;
    by = gy;
    bz = gz;
  }
  store<f32>(row, <f32>x, PHOTON_X);
  store<f32>(row, <f32>y, PHOTON_Y);
  store<f32>(row, <f32>z, PHOTON_Z);
  store<f32>(row, <f32>time, PHOTON_TIME);
  store<f32>(row, <f32>ax, PHOTON_DIR_X);
  store<f32>(row, <f32>ay, PHOTON_DIR_Y);
  store<f32>(row, <f32>az, PHOTON_DIR_Z);
  const counted: u32 = identity != 0 ? (1 << 16) | ((identity - 1) & 0xffff) : 0;
  store<u32>(row, counted, PHOTON_COUNT);
  store<f32>(row, <f32>bx, PHOTON_POL_X);
  store<f32>(row, <f32>by, PHOTON_POL_Y);
  store<f32>(row, <f32>bz, PHOTON_POL_Z);
  store<f32>(row, <f32>wavelength, PHOTON_WAVELENGTH);
  store<u32>(row, flagWord, PHOTON_FLAG);
  store<u32>(
    row,
    (identity & 0xffffff) | (<u32>(index >> 32) << 24),
    PHOTON_IDENTITY,
  );
  store<u32>(row, <u32>index, PHOTON_INDEX);
  store<u32>(row, flagMask, PHOTON_FLAG_MASK);
}

// A 64-bit mix of a row; the digest of a run is their sum, whatever the order.
export function hashRow(row: usize): u64 {
  let h: u64 = 0x6c616e7465726e00;
  for (let i: usize = 0; i < <usize>PHOTON_SIZE; i += 8) {
    h = (h ^ load<u64>(row + i)) * 0x9e3779b97f4a7c15;
    h ^= h >> 32;
  }
  return h;
}

// The same of a child, whose row says the number of the photon that it comes
// from, and not which of its children it is.
export function hashChild(row: usize, ordinal: i32): u64 {
  const h = (hashRow(row) ^ <u64>(ordinal + 1)) * 0x9e3779b97f4a7c15;
  return h ^ (h >> 32);
}
