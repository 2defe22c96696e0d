// Made by tools/emit-wgsl.mjs of kernel/wasm/turn.ts.

// Sine and cosine of a part of a full turn: what a uniform azimuth needs,
// without reducing an argument by pi.
const QUARTER_TURN: f32 = 1.5707964;

// The result of `turn`.
var<private> turnCos: f32 = 1.0;
var<private> turnSin: f32 = 0.0;

// Taylor's series to x^15 and x^16: exact to rounding for |x| <= pi/4.
fn sineSeries(x: f32) -> f32 {
  let s = x * x;
  var p: f32 = -7.6471636e-13;
  p = 1.6059044e-10 + s * p;
  p = -2.5052108e-8 + s * p;
  p = 0.0000027557319 + s * p;
  p = -0.0001984127 + s * p;
  p = 0.008333334 + s * p;
  p = -0.16666667 + s * p;
  return x + x * s * p;
}

fn cosineSeries(x: f32) -> f32 {
  let s = x * x;
  var p: f32 = 4.7794773e-14;
  p = -1.1470745e-11 + s * p;
  p = 2.0876756e-9 + s * p;
  p = -2.755732e-7 + s * p;
  p = 0.000024801588 + s * p;
  p = -0.0013888889 + s * p;
  p = 0.041666668 + s * p;
  p = -0.5 + s * p;
  return 1.0 + s * p;
}

// Sets turnCos and turnSin to those of `u` full turns, 0 <= u <= 1.
fn turn(u: f32) {
  let quarters = round(4.0 * u);
  let x = (4.0 * u - quarters) * QUARTER_TURN;
  let s = sineSeries(x);
  let c = cosineSeries(x);
  let quadrant = i32(quarters) & 3;
  let swapped = (quadrant & 1) != 0;
  let cosine = select(c, s, swapped);
  let sine = select(s, c, swapped);
  turnCos = select(cosine, -cosine, quadrant == 1 || quadrant == 2);
  turnSin = select(sine, -sine, quadrant >= 2);
}
