// Made by tools/emit-wgsl.mjs of kernel/wasm/complex.ts.

// Complex numbers are pairs of f64; a result is left in re and im.
var<private> re: f32 = 0.0;
var<private> im: f32 = 0.0;

// (a + ib) (c + id)
fn multiply(a: f32, b: f32, c: f32, d: f32) {
  re = a * c - b * d;
  im = a * d + b * c;
}

// (a + ib) / (c + id)
fn divide(a: f32, b: f32, c: f32, d: f32) {
  let n = 1.0 / (c * c + d * d);
  re = (a * c + b * d) * n;
  im = (b * c - a * d) * n;
}

// The square root of a + ib, b >= 0, in the first quadrant: a wave that goes
// on and fades.
fn root(a: f32, b: f32) {
  let size = sqrt(a * a + b * b);
  if (size == 0.0) {
    re = 0.0;
    im = 0.0;
  } else if (a >= 0.0) {
    re = sqrt(0.5 * (size + a));
    im = (0.5 * b) / re;
  } else {
    im = sqrt(0.5 * (size - a));
    re = (0.5 * b) / im;
  }
}
