// Made by tools/emit-wgsl.mjs of kernel/wasm/primitives/quartic.ts.

// The real roots of t⁴ + c2 t² + c1 t + c0 in an interval, lowest first, for a
// polynomial that is positive at both ends. Found from the top: between two
// neighbouring extrema of a polynomial there is one root or none, and the
// extrema are the roots of its derivative. Safe where closed forms fail, at
// double roots, because each root is bracketed.
// The polynomial whose roots are looked for: k4 t⁴ + k3 t³ + k2 t² + k1 t + k0.
var<private> k4: vec2f = vec2f(0.0, 0.0);
var<private> k3: vec2f = vec2f(0.0, 0.0);
var<private> k2: vec2f = vec2f(0.0, 0.0);
var<private> k1: vec2f = vec2f(0.0, 0.0);
var<private> k0: vec2f = vec2f(0.0, 0.0);
var<private> root0: vec2f = vec2f(0.0, 0.0);
var<private> root1: vec2f = vec2f(0.0, 0.0);
var<private> root2: vec2f = vec2f(0.0, 0.0);
var<private> root3: vec2f = vec2f(0.0, 0.0);
var<private> quartic_count: i32 = 0;

// Nearer than this two steps of Newton's method are one, roots of order one.
const CLOSE: vec2f = vec2f(1e-13, 1.754833e-21);
fn setPolynomial(a4: vec2f, a3: vec2f, a2: vec2f, a1: vec2f, a0: vec2f) {
  k4 = a4;
  k3 = a3;
  k2 = a2;
  k1 = a1;
  k0 = a0;
}

fn quarticRoot(i: i32) -> vec2f {
  return select(select(select(root3, root2, i == 2), root1, i == 1), root0,
    i == 0);
}

fn quartic_value(t: vec2f) -> vec2f {
  return wMulAdd(wMulAdd(wMulAdd(wMulAdd(k4, t, k3), t, k2), t, k1), t, k0);
}

fn slope(t: vec2f) -> vec2f {
  return wMulAdd(
    wMulAdd(wMulAdd(wScale(k4, 4.0), t, wMulR(k3, 3.0)), t, wScale(k2, 2.0)), t,
    k1);
}

// The root in [low, high], between which the polynomial is monotonic and
// changes sign. Newton's method, kept in its bracket by bisection.
fn rootBetween(low_: vec2f, high_: vec2f) -> vec2f {
  var low = low_;
  var high = high_;
  let rising = quartic_value(high).x > 0.0;
  var t = wScale(wAdd(low, high), 0.5);
  for (var i: i32 = 0; i < 100; i++) {
    let f = quartic_value(t);
    if (f.x == 0.0) {
      return t;
    }
    if ((f.x > 0.0) == rising) {
      high = t;
    } else {
      low = t;
    }
    let next = wSub(t, wDiv(f, slope(t)));
    let previous = t;
    t = select(wScale(wAdd(low, high), 0.5), next, wLess(low, next) &&
      wLess(next, high));
    if (wLess(wAbs(wSub(t, previous)), CLOSE)) {
      break;
    }
  }
  return t;
}

// Looks for a root between two neighbouring extrema.
fn findRoot(low: vec2f, high: vec2f) {
  if (wLess(low, high) &&
    (quartic_value(low).x > 0.0) != (quartic_value(high).x > 0.0)) {
    addRoot(rootBetween(low, high));
  }
}

fn clearRoots() {
  quartic_count = 0;
  root0 = vec2f(1e+30, 0.0);
  root1 = vec2f(1e+30, 0.0);
  root2 = vec2f(1e+30, 0.0);
  root3 = vec2f(1e+30, 0.0);
}

// Adds a root in its place in the order: the larger one moves up.
fn addRoot(t: vec2f) {
  quartic_count++;
  root3 = wMax(root2, wMin(root3, t));
  root2 = wMax(root1, wMin(root2, t));
  root1 = wMax(root0, wMin(root1, t));
  root0 = wMin(root0, t);
}

// The roots of the cubic t³ + a2 t² + a1 t + a0 in [low, high].
fn findCubicRoots(a2: vec2f, a1: vec2f, a0: vec2f, low: vec2f, high: vec2f) {
  setPolynomial(vec2f(0.0, 0.0), vec2f(1.0, 0.0), a2, a1, a0);
  let disc = wMulAdd(a2, a2, -wMulR(a1, 3.0));
  let bend = select(vec2f(0.0, 0.0),
    wMul(wSqrt(disc), vec2f(0.33333334, -9.934108e-9)), disc.x > 0.0);
  let middle = wMul(-a2, vec2f(0.33333334, -9.934108e-9));
  let left = wMax(low, wMin(wSub(middle, bend), high));
  let right = wMax(low, wMin(wAdd(middle, bend), high));
  findRoot(low, left);
  findRoot(left, right);
  findRoot(right, high);
}

// Finds the roots of t⁴ + c2 t² + c1 t + c0 in [low, high]; returns how many,
// an even number.
fn quarticRoots(c2: vec2f, c1: vec2f, c0: vec2f, low: vec2f, high: vec2f) ->
  i32 {
  clearRoots();
  // The extrema, from a quarter of the derivative.
  findCubicRoots(vec2f(0.0, 0.0), wScale(c2, 0.5), wScale(c1, 0.25), low, high);
  let extrema = quartic_count;
  let e0 = root0;
  let e1 = root1;
  let e2 = root2;
  clearRoots();
  setPolynomial(vec2f(1.0, 0.0), vec2f(0.0, 0.0), c2, c1, c0);
  var from_ = low;
  if (extrema > 0) {
    findRoot(from_, e0);
    from_ = e0;
  }
  if (extrema > 1) {
    findRoot(from_, e1);
    from_ = e1;
  }
  if (extrema > 2) {
    findRoot(from_, e2);
    from_ = e2;
  }
  findRoot(from_, high);
  return quartic_count & (-2);
}

// The same where one root is known, t = known: that one exactly, with the roots
// of the cubic that is left. A root without a partner is a double one.
fn quarticRootsBeside(known: vec2f, c2: vec2f, c1: vec2f, low: vec2f,
  high: vec2f) -> i32 {
  clearRoots();
  let q1 = wMulAdd(known, known, c2);
  findCubicRoots(known, q1, wMulAdd(known, q1, c1), low, high);
  if ((quartic_count & 1) == 0) {
    addRoot(known);
  }
  addRoot(known);
  return quartic_count & (-2);
}
