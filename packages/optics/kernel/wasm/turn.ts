// Sine and cosine of a part of a full turn: what a uniform azimuth needs,
// without reducing an argument by pi.

const QUARTER_TURN: f64 = 1.5707963267948966;

// The result of `turn`.
export let turnCos: f64 = 1;
export let turnSin: f64 = 0;

// Taylor's series to x^15 and x^16: exact to rounding for |x| <= pi/4.
@inline function sineSeries(x: f64): f64 {
  const s = x * x;
  let p = -7.647163731819816e-13;
  p = 1.6059043836821613e-10 + s * p;
  p = -2.505210838544172e-8 + s * p;
  p = 2.7557319223985893e-6 + s * p;
  p = -1.984126984126984e-4 + s * p;
  p = 8.333333333333333e-3 + s * p;
  p = -0.16666666666666666 + s * p;
  return x + x * s * p;
}

@inline function cosineSeries(x: f64): f64 {
  const s = x * x;
  let p = 4.779477332387385e-14;
  p = -1.1470745597729725e-11 + s * p;
  p = 2.08767569878681e-9 + s * p;
  p = -2.755731922398589e-7 + s * p;
  p = 2.48015873015873e-5 + s * p;
  p = -1.388888888888889e-3 + s * p;
  p = 4.1666666666666664e-2 + s * p;
  p = -0.5 + s * p;
  return 1.0 + s * p;
}

// Sets turnCos and turnSin to those of `u` full turns, 0 <= u <= 1.
export function turn(u: f64): void {
  const quarters = nearest(4.0 * u);
  const x = (4.0 * u - quarters) * QUARTER_TURN;
  const s = sineSeries(x);
  const c = cosineSeries(x);
  const quadrant = <i32>quarters & 3;
  const swapped = (quadrant & 1) != 0;
  const cosine = swapped ? s : c;
  const sine = swapped ? c : s;
  turnCos = quadrant == 1 || quadrant == 2 ? -cosine : cosine;
  turnSin = quadrant >= 2 ? -sine : sine;
}
