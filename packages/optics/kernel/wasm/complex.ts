// Complex numbers are pairs of f64; a result is left in re and im.

export let re: f64 = 0;
export let im: f64 = 0;

// (a + ib) (c + id)
@inline export function multiply(a: f64, b: f64, c: f64, d: f64): void {
  re = a * c - b * d;
  im = a * d + b * c;
}

// (a + ib) / (c + id)
@inline export function divide(a: f64, b: f64, c: f64, d: f64): void {
  const n = 1.0 / (c * c + d * d);
  re = (a * c + b * d) * n;
  im = (b * c - a * d) * n;
}

// The square root of a + ib, b >= 0, in the first quadrant: a wave that goes
// on and fades.
export function root(a: f64, b: f64): void {
  const size = Math.sqrt(a * a + b * b);
  if (size == 0.0) {
    re = 0.0;
    im = 0.0;
  } else if (a >= 0.0) {
    re = Math.sqrt(0.5 * (size + a));
    im = (0.5 * b) / re;
  } else {
    im = Math.sqrt(0.5 * (size - a));
    re = (0.5 * b) / im;
  }
}
