// The real roots of t⁴ + c2 t² + c1 t + c0 in an interval, lowest first, for a
// polynomial that is positive at both ends. Found from the top: between two
// neighbouring extrema of a polynomial there is one root or none, and the
// extrema are the roots of its derivative. Safe where closed forms fail, at
// double roots, because each root is bracketed.

// The polynomial whose roots are looked for: k4 t⁴ + k3 t³ + k2 t² + k1 t + k0.
let k4: f64 = 0;
let k3: f64 = 0;
let k2: f64 = 0;
let k1: f64 = 0;
let k0: f64 = 0;
let root0: f64 = 0;
let root1: f64 = 0;
let root2: f64 = 0;
let root3: f64 = 0;
let count: i32 = 0;

// Nearer than this two steps of Newton's method are one, roots of order one.
const CLOSE: f64 = 1e-15;

function setPolynomial(a4: f64, a3: f64, a2: f64, a1: f64, a0: f64): void {
  k4 = a4;
  k3 = a3;
  k2 = a2;
  k1 = a1;
  k0 = a0;
}

export function quarticRoot(i: i32): f64 {
  return i == 0 ? root0 : i == 1 ? root1 : i == 2 ? root2 : root3;
}

@inline function value(t: f64): f64 {
  return (((k4 * t + k3) * t + k2) * t + k1) * t + k0;
}

@inline function slope(t: f64): f64 {
  return ((4 * k4 * t + 3 * k3) * t + 2 * k2) * t + k1;
}

// The root in [low, high], between which the polynomial is monotonic and
// changes sign. Newton's method, kept in its bracket by bisection.
function rootBetween(low: f64, high: f64): f64 {
  const rising = value(high) > 0;
  let t = 0.5 * (low + high);
  for (let i = 0; i < 100; i++) {
    const f = value(t);
    if (f == 0) return t;
    if (f > 0 == rising) high = t;
    else low = t;
    const next = t - f / slope(t);
    const previous = t;
    t = next > low && next < high ? next : 0.5 * (low + high);
    if (abs(t - previous) < CLOSE) break;
  }
  return t;
}

// Looks for a root between two neighbouring extrema.
function findRoot(low: f64, high: f64): void {
  if (low < high && value(low) > 0 != value(high) > 0) {
    addRoot(rootBetween(low, high));
  }
}

function clearRoots(): void {
  count = 0;
  root0 = Infinity;
  root1 = Infinity;
  root2 = Infinity;
  root3 = Infinity;
}

// Adds a root in its place in the order: the larger one moves up.
function addRoot(t: f64): void {
  count++;
  root3 = max(root2, min(root3, t));
  root2 = max(root1, min(root2, t));
  root1 = max(root0, min(root1, t));
  root0 = min(root0, t);
}

// The roots of the cubic t³ + a2 t² + a1 t + a0 in [low, high].
function findCubicRoots(
  a2: f64, a1: f64, a0: f64, low: f64, high: f64,
): void {
  setPolynomial(0, 1, a2, a1, a0);
  const disc = a2 * a2 - 3 * a1;
  const bend = disc > 0 ? sqrt(disc) * (1.0 / 3) : 0;
  const middle = -a2 * (1.0 / 3);
  const left = max(low, min(middle - bend, high));
  const right = max(low, min(middle + bend, high));
  findRoot(low, left);
  findRoot(left, right);
  findRoot(right, high);
}

// Finds the roots of t⁴ + c2 t² + c1 t + c0 in [low, high]; returns how many,
// an even number.
export function quarticRoots(
  c2: f64, c1: f64, c0: f64, low: f64, high: f64,
): i32 {
  clearRoots();
  // The extrema, from a quarter of the derivative.
  findCubicRoots(0, 0.5 * c2, 0.25 * c1, low, high);
  const extrema = count;
  const e0 = root0;
  const e1 = root1;
  const e2 = root2;
  clearRoots();
  setPolynomial(1, 0, c2, c1, c0);
  let from = low;
  if (extrema > 0) { findRoot(from, e0); from = e0; }
  if (extrema > 1) { findRoot(from, e1); from = e1; }
  if (extrema > 2) { findRoot(from, e2); from = e2; }
  findRoot(from, high);
  return count & ~1;
}

// The same where one root is known, t = known: that one exactly, with the roots
// of the cubic that is left. A root without a partner is a double one.
export function quarticRootsBeside(
  known: f64, c2: f64, c1: f64, low: f64, high: f64,
): i32 {
  clearRoots();
  const q1 = c2 + known * known;
  findCubicRoots(known, q1, c1 + known * q1, low, high);
  if ((count & 1) == 0) addRoot(known);
  addRoot(known);
  return count & ~1;
}
