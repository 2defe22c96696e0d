import { cross, dot, length, subtract, type Vector3 } from '@lantern/units';

/**
 * The solid angle of a triangle seen from a point, sr: negative when its corners run counterclockwise from there.
 * Van Oosterom and Strackee, IEEE Trans. Biomed. Eng. 30 (1983) 125.
 */
export function solidAngle(corners: readonly [Vector3, Vector3, Vector3], from: Vector3): number {
  const a = subtract(corners[0], from);
  const b = subtract(corners[1], from);
  const c = subtract(corners[2], from);
  const [la, lb, lc] = [length(a), length(b), length(c)];
  const below = la * lb * lc + dot(a, b) * lc + dot(b, c) * la + dot(c, a) * lb;
  return 2 * Math.atan2(dot(a, cross(b, c)), below);
}
