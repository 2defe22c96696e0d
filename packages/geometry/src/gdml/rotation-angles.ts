import { determinant, gdmlRotation, type Matrix3, type Vector3 } from '@lantern/units';
import { positiveZeros } from './placing.ts';

/** Angles of a GDML `<rotation>`, and their unit. */
export interface WrittenAngles {
  readonly unit: 'deg' | 'rad';
  readonly angles: Vector3;
}

const degree = Math.PI / 180;
/** Four roundings of a number near 1: what an angle of some turns is worth. */
const rounding = 2 ** -50;

/**
 * The angles that `gdmlRotation` makes this rotation of, to the last rounding wherever it points: x is taken from what
 * is left when z is undone, so that nothing small is divided by something small at the gimbal lock (y = ±90°).
 *
 * Degrees of at most 10 decimals are preferred where they give the same matrix but for rounding: so a file that was
 * written in round degrees comes back as it was.
 */
export function rotationAngles(m: Matrix3): WrittenAngles {
  const angles = exactAngles(positiveZeros(m));
  const rounded = (angle: number): number => Number((angle / degree).toFixed(10)) + 0;
  const degrees: Vector3 = [rounded(angles[0]), rounded(angles[1]), rounded(angles[2])];
  const again = gdmlRotation(degrees[0] * degree, degrees[1] * degree, degrees[2] * degree);
  const isSame = again.every((element, index) => Math.abs(element - (m[index] ?? 0)) <= rounding);
  return isSame ? { unit: 'deg', angles: degrees } : { unit: 'rad', angles };
}

function exactAngles(m: Matrix3): Vector3 {
  const z = Math.atan2(m[3], m[0]);
  const [s, c] = [Math.sin(z), Math.cos(z)];
  const y = Math.atan2(-m[6], c * m[0] + s * m[3]);
  const x = Math.atan2(s * m[2] - c * m[5], c * m[4] - s * m[1]);
  return [x + 0, y + 0, z + 0];
}

/** The matrix as a rotation and a scale, with a reflection, if it is one, in the scale. */
export function withoutReflection(
  m: Matrix3,
  scale: Vector3,
): { rotation: Matrix3; scale: Vector3 } {
  if (determinant(m) > 0) return { rotation: m, scale };
  const rotation: Matrix3 = [m[0], m[1], -m[2], m[3], m[4], -m[5], m[6], m[7], -m[8]];
  return { rotation, scale: [scale[0], scale[1], -scale[2]] };
}
