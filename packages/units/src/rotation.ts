import { normalize, type Vector3 } from './vector3.ts';

/** A 3×3 matrix, row-major: row 0 is elements 0 to 2. `apply` multiplies it from the left to a column vector. */
export type Matrix3 = readonly [
  xx: number,
  xy: number,
  xz: number,
  yx: number,
  yy: number,
  yz: number,
  zx: number,
  zy: number,
  zz: number,
];

/** The matrix that changes nothing. */
export const identity3: Matrix3 = [1, 0, 0, 0, 1, 0, 0, 0, 1];

/** The product m · v. */
export function apply(m: Matrix3, v: Vector3): Vector3 {
  return [
    m[0] * v[0] + m[1] * v[1] + m[2] * v[2],
    m[3] * v[0] + m[4] * v[1] + m[5] * v[2],
    m[6] * v[0] + m[7] * v[1] + m[8] * v[2],
  ];
}

/** The product a · b: first b, then a. */
export function multiply(a: Matrix3, b: Matrix3): Matrix3 {
  const [c0, c1, c2] = [
    apply(a, [b[0], b[3], b[6]]),
    apply(a, [b[1], b[4], b[7]]),
    apply(a, [b[2], b[5], b[8]]),
  ];
  return [c0[0], c1[0], c2[0], c0[1], c1[1], c2[1], c0[2], c1[2], c2[2]];
}

/** The transposed matrix; for a rotation, its inverse. */
export function transpose(m: Matrix3): Matrix3 {
  return [m[0], m[3], m[6], m[1], m[4], m[7], m[2], m[5], m[8]];
}

/** The determinant: 1 for a rotation, −1 for a reflection. */
export function determinant(m: Matrix3): number {
  return (
    m[0] * (m[4] * m[8] - m[5] * m[7]) -
    m[1] * (m[3] * m[8] - m[5] * m[6]) +
    m[2] * (m[3] * m[7] - m[4] * m[6])
  );
}

/** The active rotation about x by `angle` (rad), right-handed: y goes towards z. */
export function rotationX(angle: number): Matrix3 {
  const { s, c } = sineAndCosine(angle);
  return [1, 0, 0, 0, c, -s, 0, s, c];
}

/** The active rotation about y by `angle` (rad), right-handed: z goes towards x. */
export function rotationY(angle: number): Matrix3 {
  const { s, c } = sineAndCosine(angle);
  return [c, 0, s, 0, 1, 0, -s, 0, c];
}

/** The active rotation about z by `angle` (rad), right-handed: x goes towards y. */
export function rotationZ(angle: number): Matrix3 {
  const { s, c } = sineAndCosine(angle);
  return [c, -s, 0, s, c, 0, 0, 0, 1];
}

/**
 * The active rotation about an axis through the origin, right-handed (Rodrigues' formula).
 *
 * @param axis of any length but zero
 * @param angle rad
 * @throws {RangeError} when the axis has no direction
 */
export function rotationAbout(axis: Vector3, angle: number): Matrix3 {
  const [x, y, z] = normalize(axis);
  const { s, c } = sineAndCosine(angle);
  const t = 1 - c;
  return [
    t * x * x + c,
    t * x * y - s * z,
    t * x * z + s * y,
    t * x * y + s * z,
    t * y * y + c,
    t * y * z - s * x,
    t * x * z - s * y,
    t * y * z + s * x,
    t * z * z + c,
  ];
}

/**
 * The matrix that Geant4 makes of GDML's `<rotation x y z>`: R = Rz(z) · Ry(y) · Rx(x), all active.
 *
 * Mind what it is applied to. In a `<physvol>` Geant4 places the daughter with the *inverse*: a daughter's point p lies
 * at transpose(R) · p + position in the mother. In a boolean solid the second solid is placed with R itself.
 *
 * @param x rad
 * @param y rad
 * @param z rad
 * @see G4GDMLRead::GetRotationMatrix, G4GDMLReadStructure::PhysvolRead, G4GDMLReadSolids::BooleanRead
 */
export function gdmlRotation(x: number, y: number, z: number): Matrix3 {
  return multiply(rotationZ(z), multiply(rotationY(y), rotationX(x)));
}

/**
 * The angles (rad) that `gdmlRotation` makes this rotation of: its inverse, with y in [−π/2, π/2]; where y = ±π/2 only
 * z ∓ x is determined, and x is 0.
 */
export function gdmlAngles(m: Matrix3): Vector3 {
  const cosY = Math.hypot(m[0], m[3]);
  const y = Math.atan2(-m[6], cosY);
  if (cosY > 1e-9) return [Math.atan2(m[7], m[8]), y, Math.atan2(m[3], m[0])];
  return [0, y, Math.atan2(-m[1], m[4])];
}

/** Exact at multiples of a right angle, so that a detector turned by 90 degrees keeps its zeros. */
function sineAndCosine(angle: number): { s: number; c: number } {
  const quarters = angle / (Math.PI / 2);
  const whole = Math.round(quarters);
  if (Math.abs(quarters - whole) > 4e-16 * Math.abs(quarters))
    return { s: Math.sin(angle), c: Math.cos(angle) };
  const turn = ((whole % 4) + 4) % 4;
  return { s: [0, 1, 0, -1][turn] ?? 0, c: [1, 0, -1, 0][turn] ?? 1 };
}
