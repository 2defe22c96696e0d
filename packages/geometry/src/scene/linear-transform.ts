import type { RigidTransform } from '@lantern/units';
import type { Transform } from '../model/transform.ts';

/**
 * A transform with its scale as one matrix: R · diag(scale). Of reflections (1 or -1 along each axis) it is orthogonal:
 * its inverse is its transpose, as of any rotation, so that the engines need not tell the two apart.
 */
export function linearTransform({ rotation: r, translation, scale }: Transform): RigidTransform {
  const [x, y, z] = scale;
  return {
    rotation: [
      r[0] * x,
      r[1] * y,
      r[2] * z,
      r[3] * x,
      r[4] * y,
      r[5] * z,
      r[6] * x,
      r[7] * y,
      r[8] * z,
    ],
    translation,
  };
}
