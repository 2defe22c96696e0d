/** A vector or point: x, y, z. Lengths in mm unless it says otherwise. */
export type Vector3 = readonly [x: number, y: number, z: number];

/** The sum a + b. */
export function add(a: Vector3, b: Vector3): Vector3 {
  return [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
}

/** The difference a − b. */
export function subtract(a: Vector3, b: Vector3): Vector3 {
  return [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
}

/** The vector a, `factor` times as long. */
export function scale(a: Vector3, factor: number): Vector3 {
  return [a[0] * factor, a[1] * factor, a[2] * factor];
}

/** The scalar product a · b. */
export function dot(a: Vector3, b: Vector3): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

/** The vector product a × b, right-handed. */
export function cross(a: Vector3, b: Vector3): Vector3 {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

/** The Euclidean length |a|, without overflow or underflow on the way. */
export function length(a: Vector3): number {
  return Math.hypot(a[0], a[1], a[2]);
}

/**
 * The vector of length 1 along a.
 *
 * @throws {RangeError} when a has no direction: it is zero, infinite or not a number
 */
export function normalize(a: Vector3): Vector3 {
  const norm = length(a);
  if (!(norm > 0 && norm < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`a vector without a direction: (${a.join(', ')})`);
  }
  return [a[0] / norm, a[1] / norm, a[2] / norm];
}

/**
 * A vector of length 1 at right angles to the unit vector n, varying smoothly with it but at n = −z.
 *
 * Source: Duff et al., "Building an Orthonormal Basis, Revisited", JCGT 6 (2017) 1.
 */
export function perpendicular(n: Vector3): Vector3 {
  const sign = n[2] >= 0 ? 1 : -1;
  const a = -1 / (sign + n[2]);
  return [1 + sign * n[0] * n[0] * a, sign * n[0] * n[1] * a, -sign * n[0]];
}
