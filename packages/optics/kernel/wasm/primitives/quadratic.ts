// The second degree: a t² + 2 b t + c <= 0 inside a quadric, along a ray.

// What rounding may make of c = 0 on a surface, c scaled to 1 in the middle.
const ROUNDING: f64 = 1e-9;

// The distance at which a ray that is inside a quadric leaves it. The ray IS
// inside, whatever rounding made of c: one that moves inwards on the surface
// does not leave at 0, however flat it moves, so that a photon is reflected
// totally without end. Infinity if it never leaves. `scale` is -c in the middle.
@inline export function quadricExit(a: f64, b: f64, c: f64, scale: f64): f64 {
  const disc = b * b - a * c;
  if (b > 0) {
    if (c >= 0) return 0;
    if (disc > 0) return -c / (b + sqrt(disc));
    return a < 0 ? Infinity : -c / b;
  }
  if (!(a > 1e-200)) return Infinity;
  if (disc >= 0) return (sqrt(disc) - b) / a;
  return c < ROUNDING * scale ? -2 * b / a : 0;
}

// The two roots, the lower first; one of them is infinite where a is 0.
export let lowRoot: f64 = 0;
export let highRoot: f64 = 0;

// The roots in the stable form that loses no digits to cancellation:
// q = -(b ± s), q / a and c / q. False where there is none (or a double one).
export function quadricRoots(a: f64, b: f64, c: f64): bool {
  const disc = b * b - a * c;
  if (!(disc > 0)) return false;
  const s = sqrt(disc);
  const q = b > 0 ? -(b + s) : s - b;
  const r0 = a == 0 ? (q > 0 ? Infinity : -Infinity) : q / a;
  const r1 = c / q;
  lowRoot = min(r0, r1);
  highRoot = max(r0, r1);
  return true;
}

// The roots from a point on the surface, c = 0: at 0 and where the ray meets the
// surface again.
export function rootsFromSurface(a: f64, b: f64): void {
  const other = a == 0 ? (b > 0 ? -Infinity : Infinity) : -2 * b / a;
  lowRoot = min(other, 0);
  highRoot = max(other, 0);
}
