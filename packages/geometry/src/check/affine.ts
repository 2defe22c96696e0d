import type { Vector3 } from '@lantern/units';
import type { Transform } from '../model/transform.ts';

/** x ↦ A x + t: the nine numbers of A row by row, then t (mm). */
export type Affine = Float64Array;

/** From the frame of what stands there by the transform into its parent's. */
export function outOf({ rotation: r, translation: t, scale: s }: Transform): Affine {
  return Float64Array.of(
    ...[r[0] * s[0], r[1] * s[1], r[2] * s[2]],
    ...[r[3] * s[0], r[4] * s[1], r[5] * s[2]],
    ...[r[6] * s[0], r[7] * s[1], r[8] * s[2]],
    ...t,
  );
}

/** From the parent's frame into that of what stands there: S⁻¹ Rᵀ (x - t). */
export function into({ rotation: r, translation: t, scale: s }: Transform): Affine {
  const rows: readonly Vector3[] = [
    [r[0] / s[0], r[3] / s[0], r[6] / s[0]],
    [r[1] / s[1], r[4] / s[1], r[7] / s[1]],
    [r[2] / s[2], r[5] / s[2], r[8] / s[2]],
  ];
  const back = rows.map((row) => -(row[0] * t[0] + row[1] * t[1] + row[2] * t[2]));
  return Float64Array.of(...rows.flat(), ...back);
}

/** First `inner`, then `outer`. */
export function compose(outer: Affine, inner: Affine): Affine {
  const result = new Float64Array(12);
  for (let row = 0; row < 3; row++) {
    const [a = 0, b = 0, c = 0] = outer.subarray(3 * row, 3 * row + 3);
    for (let k = 0; k < 3; k++) {
      result[3 * row + k] = a * (inner[k] ?? 0) + b * (inner[3 + k] ?? 0) + c * (inner[6 + k] ?? 0);
    }
    result[9 + row] =
      a * (inner[9] ?? 0) + b * (inner[10] ?? 0) + c * (inner[11] ?? 0) + (outer[9 + row] ?? 0);
  }
  return result;
}

/** Where the point goes. */
export function move(m: Affine, [x, y, z]: Vector3): Vector3 {
  return [
    (m[0] ?? 0) * x + (m[1] ?? 0) * y + (m[2] ?? 0) * z + (m[9] ?? 0),
    (m[3] ?? 0) * x + (m[4] ?? 0) * y + (m[5] ?? 0) * z + (m[10] ?? 0),
    (m[6] ?? 0) * x + (m[7] ?? 0) * y + (m[8] ?? 0) * z + (m[11] ?? 0),
  ];
}
