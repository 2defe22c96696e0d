// Where a ray is in a primitive: one stretch [near, far] for a convex one, in
// distance along the ray, mm, with the number of the primitive's face at each
// end; torus and hyperboloid may have a second one behind it.
// A primitive is tested within a window (tMin, tMax): a stretch that lies
// wholly outside the window may be left out.

import {
  nodeParent, nodePlacement, placementTransform,
  transformR0, transformR1, transformR2, transformR3, transformR4, transformR5,
  transformR6, transformR7, transformR8,
} from '../generated/scene';

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

// A ray that lies in the plane of a face is met as if it were moved a little
// this way, in the frame of the world: of two parts of a solid, or two solids,
// that share a face one has the ray, and it is not missed where they meet.
// [RAY10] [RAY13] No face is along it, but by chance.
const LEAN_X: f64 = 0.8243;
const LEAN_Y: f64 = 0.4671;
const LEAN_Z: f64 = 0.3199;

// The frames that lead from the leaf in hand to the world, each a transform,
// -1: none. The leaf in the solid; the solid in the node whose volume, or
// daughter, it is; and the node (-1: there are no nodes).
let leafFrame: i32 = -1;
let solidFrame: i32 = -1;
let frameNode: i32 = -1;

@inline export function setLeafFrame(transform: i32): void {
  leafFrame = transform;
}

@inline export function setSolidFrame(transform: i32): void {
  solidFrame = transform;
}

@inline export function setFrameNode(node: i32): void {
  frameNode = node;
}

// A vector on its way to the world.
let leanX: f64 = 0;
let leanY: f64 = 0;
let leanZ: f64 = 0;

function turnOut(k: i32): void {
  if (k < 0) return;
  const x = leanX;
  const y = leanY;
  const z = leanZ;
  leanX = transformR0(k) * x + transformR1(k) * y + transformR2(k) * z;
  leanY = transformR3(k) * x + transformR4(k) * y + transformR5(k) * z;
  leanZ = transformR6(k) * x + transformR7(k) * y + transformR8(k) * z;
}

// Whether a ray along a plane is behind it: how deep, and the outward normal.
export function isBehind(depth: f64, nx: f64, ny: f64, nz: f64): bool {
  if (abs(depth) > tolerance) return depth > 0;
  leanX = nx;
  leanY = ny;
  leanZ = nz;
  // One place that turns, as a GPU has a copy of it for each.
  let k = leafFrame;
  let n = frameNode;
  let inLeaf = true;
  for (;;) {
    turnOut(k);
    if (inLeaf) {
      k = solidFrame;
      inLeaf = false;
    } else if (n > 0) {
      k = placementTransform(nodePlacement(n));
      n = nodeParent(n);
    } else {
      break;
    }
  }
  return leanX * LEAN_X + leanY * LEAN_Y + leanZ * LEAN_Z < 0;
}

// A ray whose direction has a component below this across a plane is along it:
// that is what a few turns of frames make of 0, and what is not away from the
// plane by more than the tolerance after a way of the solid's size.
export const PARALLEL: f64 = 1e-14;

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

// Distances in a frame that scales become those of the solid.
export function scaleSpans(factor: f64): void {
  nearT *= factor;
  farT *= factor;
  secondNearT *= factor;
  secondFarT *= factor;
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
