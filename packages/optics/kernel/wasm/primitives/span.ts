// Where a ray is in a primitive: one stretch [near, far] for a convex one, in
// distance along the ray, mm, with the number of the primitive's face at each
// end; torus and hyperboloid may have a second one behind it.
// A primitive is tested within a window (tMin, tMax): a stretch that lies
// wholly outside the window may be left out.

export let nearT: f64 = 0;
export let farT: f64 = 0;
export let nearFace: i32 = 0;
export let farFace: i32 = 0;
export let secondNearT: f64 = 0;
export let secondFarT: f64 = 0;
export let secondNearFace: i32 = 0;
export let secondFarFace: i32 = 0;

// The face of the last boundary found by solidExit, solidEnter or a
// primitive's exit.
export let hitFace: i32 = 0;

// Lengths below this are rounding, mm: the tolerance of the solid in hand. A ray
// that begins this near to a face begins ON it: one of its two crossings of that
// face is at 0 exactly, and the other one where the face is met again. That is
// what makes a flat angle safe, where rounding of the position across the face
// would move the crossing along the ray by far more, or lose it.
export let tolerance: f64 = 0;

@inline export function setTolerance(length: f64): void {
  tolerance = length;
}

// A distance across a plane, 0 on it.
@inline export function snapped(depth: f64): f64 {
  return abs(depth) <= tolerance ? 0 : depth;
}

// Direction components below this are taken as zero: their inverse is not.
export const PARALLEL: f64 = 1e-200;

@inline export function setNear(t: f64, face: i32): void {
  nearT = t;
  nearFace = face;
}

@inline export function setFar(t: f64, face: i32): void {
  farT = t;
  farFace = face;
}

@inline export function setSecond(
  t0: f64, face0: i32, t1: f64, face1: i32,
): void {
  secondNearT = t0;
  secondNearFace = face0;
  secondFarT = t1;
  secondFarFace = face1;
}

@inline export function setHitFace(face: i32): void {
  hitFace = face;
}

// The outward normal found by the last solidNormal or primitive's normal.
export let normalX: f64 = 0;
export let normalY: f64 = 0;
export let normalZ: f64 = 0;

@inline export function setNormal(x: f64, y: f64, z: f64): void {
  normalX = x;
  normalY = y;
  normalZ = z;
}

// Sets the normal along (x, y, z), which is not of unit length; without a
// direction (the apex of a cone) it is along z with the sign given.
@inline export function setNormalAlong(
  x: f64, y: f64, z: f64, sign: f64 = 1,
): void {
  const square = x * x + y * y + z * z;
  if (square > 1e-200) {
    const scale = 1 / sqrt(square);
    setNormal(x * scale, y * scale, z * scale);
  } else {
    setNormal(0, 0, sign);
  }
}
