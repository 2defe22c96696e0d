// Made by tools/emit-wgsl.mjs of kernel/wasm/primitives/span.ts.

// Where a ray is in a primitive: one stretch [near, far] for a convex one, in
// distance along the ray, mm, with the number of the primitive's face at each
// end; torus and hyperboloid may have a second one behind it.
// A primitive is tested within a window (tMin, tMax): a stretch that lies
// wholly outside the window may be left out.

var<private> nearT: vec2f = vec2f(0.0, 0.0);
var<private> farT: vec2f = vec2f(0.0, 0.0);
var<private> nearFace: i32 = 0;
var<private> farFace: i32 = 0;
var<private> secondNearT: vec2f = vec2f(0.0, 0.0);
var<private> secondFarT: vec2f = vec2f(0.0, 0.0);
var<private> secondNearFace: i32 = 0;
var<private> secondFarFace: i32 = 0;

// The face of the last boundary found by solidExit, solidEnter or a
// primitive's exit.
var<private> hitFace: i32 = 0;

// Lengths below this are rounding, mm: the tolerance of the solid in hand. A ray
// that begins this near to a face begins ON it: one of its two crossings of that
// face is at 0 exactly, and the other one where the face is met again. That is
// what makes a flat angle safe, where rounding of the position across the face
// would move the crossing along the ray by far more, or lose it.
var<private> tolerance: vec2f = vec2f(0.0, 0.0);
fn setTolerance(length: vec2f) {
  tolerance = length;
}

// A distance across a plane, 0 on it.
fn snapped(depth: vec2f) -> vec2f {
  return select(depth, vec2f(0.0, 0.0), wLessEq(wAbs(depth), tolerance));
}

// A ray that lies in the plane of a face is met as if it were moved a little
// this way, in the frame of the world: of two parts of a solid, or two solids,
// that share a face one has the ray, and it is not missed where they meet.
// [RAY10] [RAY13] No face is along it, but by chance.
const LEAN_X: f32 = 0.8243;
const LEAN_Y: f32 = 0.4671;
const LEAN_Z: f32 = 0.3199;

// The frames that lead from the leaf in hand to the world, each a transform,
// -1: none. The leaf in the solid; the solid in the node whose volume, or
// daughter, it is; and the node (-1: there are no nodes).
var<private> leafFrame: i32 = -1;
var<private> solidFrame: i32 = -1;
var<private> frameNode: i32 = -1;
fn setLeafFrame(transform: i32) {
  leafFrame = transform;
}

fn setSolidFrame(transform: i32) {
  solidFrame = transform;
}

fn setFrameNode(node: i32) {
  frameNode = node;
}

// A vector on its way to the world.
var<private> leanX: f32 = 0.0;
var<private> leanY: f32 = 0.0;
var<private> leanZ: f32 = 0.0;
fn turnOut(k: i32) {
  if (k < 0) {
    return;
  }
  let x = leanX;
  let y = leanY;
  let z = leanZ;
  leanX = transformR0(k).x * x + transformR1(k).x * y + transformR2(k).x * z;
  leanY = transformR3(k).x * x + transformR4(k).x * y + transformR5(k).x * z;
  leanZ = transformR6(k).x * x + transformR7(k).x * y + transformR8(k).x * z;
}

// Whether a ray along a plane is behind it: how deep, and the outward normal.
fn isBehind(depth: vec2f, nx: vec2f, ny: vec2f, nz: vec2f) -> bool {
  if (wLess(tolerance, wAbs(depth))) {
    return depth.x > 0.0;
  }
  leanX = nx.x;
  leanY = ny.x;
  leanZ = nz.x;
  // One place that turns, as a GPU has a copy of it for each.
  var k = leafFrame;
  var n = frameNode;
  var inLeaf = true;
  loop {
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
  return leanX * LEAN_X + leanY * LEAN_Y + leanZ * LEAN_Z < 0.0;
}

// A ray whose direction has a component below this across a plane is along it:
// that is what a few turns of frames make of 0, and what is not away from the
// plane by more than the tolerance after a way of the solid's size.
const PARALLEL: vec2f = vec2f(1e-12, 3.9958026e-21);
fn setNear(t: vec2f, face: i32) {
  nearT = t;
  nearFace = face;
}

fn setFar(t: vec2f, face: i32) {
  farT = t;
  farFace = face;
}

fn setSecond(t0: vec2f, face0: i32, t1: vec2f, face1: i32) {
  secondNearT = t0;
  secondNearFace = face0;
  secondFarT = t1;
  secondFarFace = face1;
}

// Distances in a frame that scales become those of the solid.
fn scaleSpans(factor: vec2f) {
  nearT = wMul(nearT, factor);
  farT = wMul(farT, factor);
  secondNearT = wMul(secondNearT, factor);
  secondFarT = wMul(secondFarT, factor);
}

fn setHitFace(face: i32) {
  hitFace = face;
}

// The outward normal found by the last solidNormal or primitive's normal.
var<private> normalX: vec2f = vec2f(0.0, 0.0);
var<private> normalY: vec2f = vec2f(0.0, 0.0);
var<private> normalZ: vec2f = vec2f(0.0, 0.0);
fn setNormal(x: vec2f, y: vec2f, z: vec2f) {
  normalX = x;
  normalY = y;
  normalZ = z;
}

// Sets the normal along (x, y, z), which is not of unit length; without a
// direction (the apex of a cone) it is along z with the sign given.
fn setNormalAlong(x: vec2f, y: vec2f, z: vec2f, sign: vec2f) {
  let square = wDot3(x, x, y, y, z, z);
  if (wLess(vec2f(0.0, 0.0), square)) {
    let scale = wInverse(wSqrt(square));
    setNormal(wMul(x, scale), wMul(y, scale), wMul(z, scale));
  } else {
    setNormal(vec2f(0.0, 0.0), vec2f(0.0, 0.0), sign);
  }
}
