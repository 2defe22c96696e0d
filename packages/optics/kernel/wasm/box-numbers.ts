// Numbers with which a ray is tested against boxes.

// The reciprocal of a component of a direction: never infinite, so that no
// product with a distance of 0 is lost.
@inline export function reciprocal(d: f64): f64 {
  return 1 / (abs(d) < 1e-30 ? copysign<f64>(1e-30, d) : d);
}

// Rounds a distance up to 32 bits: no box is lost by it.
@inline export function roundUp(t: f64): f32 {
  return <f32>(t * 1.0000005);
}
