// Made by tools/emit-wgsl.mjs of kernel/wasm/primitives/quadratic.ts.

// The second degree: a t² + 2 b t + c <= 0 inside a quadric, along a ray.
// What rounding may make of c = 0 on a surface, c scaled to 1 in the middle.
const quadratic_ROUNDING: vec2f = vec2f(1e-9, 2.828193e-17);

// The distance at which a ray that is inside a quadric leaves it. The ray IS
// inside, whatever rounding made of c: one that moves inwards on the surface
// does not leave at 0, however flat it moves, so that a photon is reflected
// totally without end. Infinity if it never leaves. `scale` is -c in the middle.
fn quadricExit(a: vec2f, b: vec2f, c: vec2f, scale: vec2f) -> vec2f {
  let disc = wDot2(b, b, -a, c);
  if (b.x > 0.0) {
    if (c.x >= 0.0) {
      return vec2f(0.0, 0.0);
    }
    if (disc.x > 0.0) {
      return wDiv(-c, wAdd(b, wSqrt(disc)));
    }
    return select(wDiv(-c, b), vec2f(1e+30, 0.0), a.x < 0.0);
  }
  if (!wLess(vec2f(0.0, 0.0), a)) {
    return vec2f(1e+30, 0.0);
  }
  if (disc.x >= 0.0) {
    return wDiv(wSub(wSqrt(disc), b), a);
  }
  return select(vec2f(0.0, 0.0), wDiv(wScale(b, -2.0), a),
    wLess(c, wMul(quadratic_ROUNDING, scale)));
}

// The two roots, the lower first; one of them is infinite where a is 0.
var<private> lowRoot: vec2f = vec2f(0.0, 0.0);
var<private> highRoot: vec2f = vec2f(0.0, 0.0);

// The roots in the stable form that loses no digits to cancellation:
// q = -(b ± s), q / a and c / q. False where there is none (or a double one).
fn quadricRoots(a: vec2f, b: vec2f, c: vec2f) -> bool {
  let disc = wDot2(b, b, -a, c);
  if (!(disc.x > 0.0)) {
    return false;
  }
  let s = wSqrt(disc);
  let q = select(wSub(s, b), -wAdd(b, s), b.x > 0.0);
  let r0 = select(wDiv(q, a),
    select(vec2f(-1e+30, 0.0), vec2f(1e+30, 0.0), q.x > 0.0), a.x == 0.0);
  let r1 = wDiv(c, q);
  lowRoot = wMin(r0, r1);
  highRoot = wMax(r0, r1);
  return true;
}

// The roots from a point on the surface, c = 0: at 0 and where the ray meets the
// surface again.
fn rootsFromSurface(a: vec2f, b: vec2f) {
  let other = select(wDiv(wScale(b, -2.0), a),
    select(vec2f(1e+30, 0.0), vec2f(-1e+30, 0.0), b.x > 0.0), a.x == 0.0);
  lowRoot = wMin(other, vec2f(0.0, 0.0));
  highRoot = wMax(other, vec2f(0.0, 0.0));
}
