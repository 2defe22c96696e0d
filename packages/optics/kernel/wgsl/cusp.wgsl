// Made by tools/emit-wgsl.mjs of kernel/wasm/cusp.ts.

// Light in a cusp, where two mirrors touch: the steps become shorter and shorter
// until they are rounding. Any way of light is one backwards too: there it turns
// back, in the volume that it is known to be in. [NAV12]

// So many steps of no length, all in one volume, make a cusp.
const STEPS_IN_CUSP: i32 = 1000;

// The way of the last step that had a length, and the node it was in.
var<private> wayX: vec2f = vec2f(0.0, 0.0);
var<private> wayY: vec2f = vec2f(0.0, 0.0);
var<private> wayZ: vec2f = vec2f(0.0, 0.0);
var<private> wayNode: i32 = -1;

// How many steps of no length there were in one node, and in which.
var<private> still: i32 = 0;
var<private> stillNode: i32 = -1;
var<private> turns: i32 = 0;

// At the end of a step with a length, before what the boundary does.
fn rememberWay() {
  wayX = dx;
  wayY = dy;
  wayZ = dz;
  wayNode = node;
  still = 0;
}

// For a photon that has no way behind it yet.
fn forgetWay() {
  wayNode = -1;
  still = 0;
  turns = 0;
}

// After a step of no length, and what the boundary did: in a cusp the photon
// goes back where it came from; if that does not lead out, or if it began there,
// along the faces, one way or the other. Photons that go from volume to volume
// without end are caught in a fault of the geometry, and stay there.
fn turnBackInCusp() {
  still = select(0, still + 1, node == stillNode);
  stillNode = node;
  if (still < STEPS_IN_CUSP) {
    return;
  }
  still = 0;
  if (wayNode == node && (turns & 1) == 0) {
    setDirection(-wayX, -wayY, -wayZ);
  } else {
    cusp_goAlong(farNormalX, farNormalY, farNormalZ,
      select(vec2f(1.0, 0.0), vec2f(-1.0, 0.0), (turns & 2) != 0));
  }
  turns++;
  // The part of the field at right angles, or of any axis.
  if (!alignField(wFromF32(ex), wFromF32(ey), wFromF32(ez)) &&
    !alignField(vec2f(1.0, 0.0), vec2f(0.0, 0.0), vec2f(0.0, 0.0))) {
    alignField(vec2f(0.0, 0.0), vec2f(1.0, 0.0), vec2f(0.0, 0.0));
  }
}

// Along the face: the part of the direction that is.
fn cusp_goAlong(nx: vec2f, ny: vec2f, nz: vec2f, sign: vec2f) {
  let depth = wDot3(dx, nx, dy, ny, dz, nz);
  let x = wMulAdd(-depth, nx, dx);
  let y = wMulAdd(-depth, ny, dy);
  let z = wMulAdd(-depth, nz, dz);
  let square = wDot3(x, x, y, y, z, z);
  if (wLess(square, vec2f(1e-12, 3.9958026e-21))) {
    return;
  }
  let scale = wDiv(sign, wSqrt(square));
  setDirection(wMul(x, scale), wMul(y, scale), wMul(z, scale));
}

fn alignField(x: vec2f, y: vec2f, z: vec2f) -> bool {
  let along = wDot3(x, dx, y, dy, z, dz);
  let u = wMulAdd(-along, dx, x);
  let v = wMulAdd(-along, dy, y);
  let w = wMulAdd(-along, dz, z);
  let square = wDot3(u, u, v, v, w, w);
  if (wLess(square, vec2f(0.000001, 2.5247572e-15))) {
    return false;
  }
  let scale = wInverse(wSqrt(square));
  setPolarisation(wMul(u, scale).x, wMul(v, scale).x, wMul(w, scale).x);
  return true;
}
