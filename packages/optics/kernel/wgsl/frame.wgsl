// Changes of frame: x_parent = R x_local + t, x_local = R^T (x_parent - t).
// The matrix that was read last is at hand: each place that reads it is much
// text, as each of its numbers has an address of its own in each thread.

var<private> fx: vec2<f32>;
var<private> fy: vec2<f32>;
var<private> fz: vec2<f32>;

// A polarisation.
var<private> gx: f32;
var<private> gy: f32;
var<private> gz: f32;

// The matrix, row by row.
var<private> turn0: vec2<f32>;
var<private> turn1: vec2<f32>;
var<private> turn2: vec2<f32>;
var<private> turn3: vec2<f32>;
var<private> turn4: vec2<f32>;
var<private> turn5: vec2<f32>;
var<private> turn6: vec2<f32>;
var<private> turn7: vec2<f32>;
var<private> turn8: vec2<f32>;

fn at(transform: i32) -> u32 {
  return sections.transformBase + u32(transform * TRANSFORM_SIZE);
}

fn readMatrix(transform: i32) {
  let m = at(transform);
  turn0 = loadWide(m);
  turn1 = loadWide(m + 8u);
  turn2 = loadWide(m + 16u);
  turn3 = loadWide(m + 24u);
  turn4 = loadWide(m + 32u);
  turn5 = loadWide(m + 40u);
  turn6 = loadWide(m + 48u);
  turn7 = loadWide(m + 56u);
  turn8 = loadWide(m + 64u);
}

// A point of the parent's frame in the local one.
fn pointToLocal(
  transform: i32, x: vec2<f32>, y: vec2<f32>, z: vec2<f32>,
) {
  let m = at(transform);
  directionToLocal(
    transform,
    wSub(x, loadWide(m + 72u)),
    wSub(y, loadWide(m + 80u)),
    wSub(z, loadWide(m + 88u)),
  );
}

// A direction of the parent's frame in the local one.
fn directionToLocal(
  transform: i32, x: vec2<f32>, y: vec2<f32>, z: vec2<f32>,
) {
  readMatrix(transform);
  alsoToLocal(transform, x, y, z);
}

// The same of one more direction, at once after something else was brought by
// this transform: where that is not so on all ways, the matrix would be kept
// from step to step.
fn alsoToLocal(
  transform: i32, x: vec2<f32>, y: vec2<f32>, z: vec2<f32>,
) {
  fx = wDot3(turn0, x, turn3, y, turn6, z);
  fy = wDot3(turn1, x, turn4, y, turn7, z);
  fz = wDot3(turn2, x, turn5, y, turn8, z);
}

// The same of a polarisation.
fn fieldToLocal(
  transform: i32, x: f32, y: f32, z: f32,
) {
  gx = turn0.x * x + turn3.x * y + turn6.x * z;
  gy = turn1.x * x + turn4.x * y + turn7.x * z;
  gz = turn2.x * x + turn5.x * y + turn8.x * z;
}

// A direction of the local frame in the parent's.
fn directionToParent(
  transform: i32, x: vec2<f32>, y: vec2<f32>, z: vec2<f32>,
) {
  readMatrix(transform);
  alsoToParent(transform, x, y, z);
}

// As alsoToLocal and fieldToLocal.
fn alsoToParent(
  transform: i32, x: vec2<f32>, y: vec2<f32>, z: vec2<f32>,
) {
  fx = wDot3(turn0, x, turn1, y, turn2, z);
  fy = wDot3(turn3, x, turn4, y, turn5, z);
  fz = wDot3(turn6, x, turn7, y, turn8, z);
}

fn fieldToParent(
  transform: i32, x: f32, y: f32, z: f32,
) {
  gx = turn0.x * x + turn1.x * y + turn2.x * z;
  gy = turn3.x * x + turn4.x * y + turn5.x * z;
  gz = turn6.x * x + turn7.x * y + turn8.x * z;
}

// A point of the local frame in the parent's.
fn pointToParent(
  transform: i32, x: vec2<f32>, y: vec2<f32>, z: vec2<f32>,
) {
  directionToParent(transform, x, y, z);
  let m = at(transform);
  fx = wAdd(fx, loadWide(m + 72u));
  fy = wAdd(fy, loadWide(m + 80u));
  fz = wAdd(fz, loadWide(m + 88u));
}
