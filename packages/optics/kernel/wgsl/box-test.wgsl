// Made by tools/emit-wgsl.mjs of kernel/wasm/box-test.ts.

// Boxes along the axes that let a solid's program leave out what a ray or a
// point is far from. They are wider than all rounding (compile-solid-program.ts).
// A box is six numbers of `param`: min x, y, z, max x, y, z.

// The ray that is tested: its origin, the inverse of its direction, and which
// side of a box it meets first along each axis.
var<private> startX: vec2f = vec2f(0.0, 0.0);
var<private> startY: vec2f = vec2f(0.0, 0.0);
var<private> startZ: vec2f = vec2f(0.0, 0.0);
var<private> inverseX: vec2f = vec2f(0.0, 0.0);
var<private> inverseY: vec2f = vec2f(0.0, 0.0);
var<private> inverseZ: vec2f = vec2f(0.0, 0.0);
var<private> box_test_nearX: i32 = 0;
var<private> box_test_nearY: i32 = 1;
var<private> box_test_nearZ: i32 = 2;
fn aimAtBoxes(ox: vec2f, oy: vec2f, oz: vec2f, dx: vec2f, dy: vec2f,
  dz: vec2f) {
  startX = ox;
  startY = oy;
  startZ = oz;
  inverseX = reciprocal(dx);
  inverseY = reciprocal(dy);
  inverseZ = reciprocal(dz);
  box_test_nearX = select(3, 0, inverseX.x > 0.0);
  box_test_nearY = select(4, 1, inverseY.x > 0.0);
  box_test_nearZ = select(5, 2, inverseZ.x > 0.0);
}

// Where the numbers of a box begin.
fn boxAt(box: i32) -> u32 {
  return sections.paramBase + (u32(box) << 3u);
}

// Whether the ray is in the box nowhere in [tMin, tMax].
fn missesBox(box: i32, tMin: vec2f, tMax: vec2f) -> bool {
  let b = boxAt(box);
  let x0 = wMul(wSub(param(b, box_test_nearX), startX), inverseX);
  let x1 = wMul(wSub(param(b, 3 - box_test_nearX), startX), inverseX);
  let y0 = wMul(wSub(param(b, box_test_nearY), startY), inverseY);
  let y1 = wMul(wSub(param(b, 5 - box_test_nearY), startY), inverseY);
  let z0 = wMul(wSub(param(b, box_test_nearZ), startZ), inverseZ);
  let z1 = wMul(wSub(param(b, 7 - box_test_nearZ), startZ), inverseZ);
  var enter = select(y0, x0, wLess(y0, x0));
  enter = select(enter, z0, wLess(enter, z0));
  enter = select(enter, tMin, wLess(enter, tMin));
  var leave = select(y1, x1, wLess(x1, y1));
  leave = select(leave, z1, wLess(z1, leave));
  leave = select(leave, tMax, wLess(tMax, leave));
  return wLess(leave, enter);
}

fn isBeyondBox(box: i32, x: vec2f, y: vec2f, z: vec2f) -> bool {
  let b = boxAt(box);
  return wLess(x, param(b, 0)) || wLess(param(b, 3), x) ||
    wLess(y, param(b, 1)) || wLess(param(b, 4), y) || wLess(z, param(b, 2)) ||
    wLess(param(b, 5), z);
}
