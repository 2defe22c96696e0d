// Made by tools/emit-wgsl.mjs of kernel/wasm/frame.ts.

// Changes of frame: x_parent = R x_local + t, x_local = R^T (x_parent - t).

var<private> fx: vec2f = vec2f(0.0, 0.0);
var<private> fy: vec2f = vec2f(0.0, 0.0);
var<private> fz: vec2f = vec2f(0.0, 0.0);
fn at(transform: i32) -> u32 {
  return sections.transformBase + u32(transform * TRANSFORM_SIZE);
}

// A point of the parent's frame in the local one.
fn pointToLocal(transform: i32, x: vec2f, y: vec2f, z: vec2f) {
  let m = at(transform);
  directionToLocal(transform, wSub(x, loadWide(m + 72u)),
    wSub(y, loadWide(m + 80u)), wSub(z, loadWide(m + 88u)));
}

// A direction of the parent's frame in the local one.
fn directionToLocal(transform: i32, x: vec2f, y: vec2f, z: vec2f) {
  let m = at(transform);
  fx = wDot3(loadWide(m), x, loadWide(m + 24u), y, loadWide(m + 48u), z);
  fy = wDot3(loadWide(m + 8u), x, loadWide(m + 32u), y, loadWide(m + 56u), z);
  fz = wDot3(loadWide(m + 16u), x, loadWide(m + 40u), y, loadWide(m + 64u), z);
}

// A direction of the local frame in the parent's.
fn directionToParent(transform: i32, x: vec2f, y: vec2f, z: vec2f) {
  let m = at(transform);
  fx = wDot3(loadWide(m), x, loadWide(m + 8u), y, loadWide(m + 16u), z);
  fy = wDot3(loadWide(m + 24u), x, loadWide(m + 32u), y, loadWide(m + 40u), z);
  fz = wDot3(loadWide(m + 48u), x, loadWide(m + 56u), y, loadWide(m + 64u), z);
}

// A point of the local frame in the parent's.
fn pointToParent(transform: i32, x: vec2f, y: vec2f, z: vec2f) {
  directionToParent(transform, x, y, z);
  let m = at(transform);
  fx = wAdd(fx, loadWide(m + 72u));
  fy = wAdd(fy, loadWide(m + 80u));
  fz = wAdd(fz, loadWide(m + 88u));
}
