// Light in a cusp, where two mirrors touch: the steps become shorter and shorter
// until they are rounding. Any way of light is one backwards too: there it turns
// back, in the volume that it is known to be in. [NAV12]

import { farNormalX, farNormalY, farNormalZ } from './navigate';
import {
  dx,
  dy,
  dz,
  ex,
  ey,
  ez,
  node,
  setDirection,
  setPolarisation,
} from './photon';

// So many steps of no length, all in one volume, make a cusp.
const STEPS_IN_CUSP: i32 = 1000;

// The way of the last step that had a length, and the node it was in.
let wayX: f64 = 0;
let wayY: f64 = 0;
let wayZ: f64 = 0;
let wayNode: i32 = -1;
// How many steps of no length there were in one node, and in which.
let still: i32 = 0;
let stillNode: i32 = -1;
let turns: i32 = 0;

// At the end of a step with a length, before what the boundary does.
@inline export function rememberWay(): void {
  wayX = dx;
  wayY = dy;
  wayZ = dz;
  wayNode = node;
  still = 0;
}

// For a photon that has no way behind it yet.
export function forgetWay(): void {
  wayNode = -1;
  still = 0;
  turns = 0;
}

// After a step of no length, and what the boundary did: in a cusp the photon
// goes back where it came from; if that does not lead out, or if it began there,
// along the faces, one way or the other. Photons that go from volume to volume
// without end are caught in a fault of the geometry, and stay there.
export function turnBackInCusp(): void {
  still = node == stillNode ? still + 1 : 0;
  stillNode = node;
  if (still < STEPS_IN_CUSP) return;
  still = 0;
  if (wayNode == node && (turns & 1) == 0) {
    setDirection(-wayX, -wayY, -wayZ);
  } else {
    goAlong(farNormalX, farNormalY, farNormalZ, turns & 2 ? -1 : 1);
  }
  turns++;
  // The part of the field at right angles, or of any axis.
  if (!alignField(ex, ey, ez) && !alignField(1, 0, 0)) alignField(0, 1, 0);
}

// Along the face: the part of the direction that is.
function goAlong(nx: f64, ny: f64, nz: f64, sign: f64): void {
  const depth = dx * nx + dy * ny + dz * nz;
  const x = dx - depth * nx;
  const y = dy - depth * ny;
  const z = dz - depth * nz;
  const square = x * x + y * y + z * z;
  if (square < 1e-12) return;
  const scale = sign / sqrt(square);
  setDirection(x * scale, y * scale, z * scale);
}

function alignField(x: f64, y: f64, z: f64): bool {
  const along = x * dx + y * dy + z * dz;
  const u = x - along * dx;
  const v = y - along * dy;
  const w = z - along * dz;
  const square = u * u + v * v + w * w;
  if (square < 1e-6) return false;
  const scale = 1 / sqrt(square);
  setPolarisation(u * scale, v * scale, w * scale);
  return true;
}
