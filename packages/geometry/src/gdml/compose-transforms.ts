import { add, apply, type Matrix3, multiply } from '@lantern/units';
import type { Transform } from '../model/transform.ts';
import { positiveZeros } from './placing.ts';

/**
 * First `inner`, then `outer`; undefined where the two together are no rotation of a scaling (a shear, from a scale
 * that differs along the axes of something turned).
 */
export function composeTransforms(outer: Transform, inner: Transform): Transform | undefined {
  const [sx, sy, sz] = outer.scale;
  const moved: Transform['translation'] = [
    sx * inner.translation[0],
    sy * inner.translation[1],
    sz * inner.translation[2],
  ];
  const [x, y, z] = add(apply(outer.rotation, moved), outer.translation);
  const translation: Transform['translation'] = [x + 0, y + 0, z + 0];
  const turned = scaleThroughRotation(outer.scale, inner.rotation);
  if (!turned) return undefined;
  const { rotation, scale } = turned;
  return {
    rotation: positiveZeros(multiply(outer.rotation, rotation)),
    translation,
    scale: [scale[0] * inner.scale[0], scale[1] * inner.scale[1], scale[2] * inner.scale[2]],
  };
}

/** The rotation R' and scale S' with S·R = R'·S': found where S is ±k along all axes, or R only exchanges axes. */
function scaleThroughRotation(
  scale: Transform['scale'],
  r: Matrix3,
): { rotation: Matrix3; scale: Transform['scale'] } | undefined {
  const [sx, sy, sz] = scale;
  if (Math.abs(sx) === Math.abs(sy) && Math.abs(sy) === Math.abs(sz)) {
    const [x, y, z] = [Math.sign(sx), Math.sign(sy), Math.sign(sz)];
    const rotation: Matrix3 = [
      r[0],
      x * r[1] * y,
      x * r[2] * z,
      y * r[3] * x,
      r[4],
      y * r[5] * z,
      z * r[6] * x,
      z * r[7] * y,
      r[8],
    ];
    return { rotation, scale };
  }
  if (!r.every((element) => element === 0 || Math.abs(element) === 1)) return undefined;
  const along = (x: number, y: number, z: number): number =>
    x ** 2 * sx + y ** 2 * sy + z ** 2 * sz;
  return {
    rotation: r,
    scale: [along(r[0], r[3], r[6]), along(r[1], r[4], r[7]), along(r[2], r[5], r[8])],
  };
}
