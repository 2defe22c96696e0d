// Made by tools/emit-wgsl.mjs of kernel/wasm/box-numbers.ts.

// Numbers with which a ray is tested against boxes.
// The reciprocal of a component of a direction: never infinite, so that no
// product with a distance of 0 is lost.
fn reciprocal(d: vec2f) -> vec2f {
  return wInverse(
    select(d, wCopysign(vec2f(1e-30, 0.0), d),
    wLess(wAbs(d), vec2f(1e-30, 0.0))));
}

// Rounds a distance up to 32 bits: no box is lost by it.
fn roundUp(t: f32) -> f32 {
  return t * 1.0000005;
}
