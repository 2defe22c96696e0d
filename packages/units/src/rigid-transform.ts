import { apply, identity3, type Matrix3, multiply, transpose } from './rotation.ts';
import { add, scale, type Vector3 } from './vector3.ts';

/** A rotation, then a translation: p ↦ rotation · p + translation (mm). */
export interface RigidTransform {
  readonly rotation: Matrix3;
  readonly translation: Vector3;
}

/** The transform that changes nothing. */
export const identityTransform: RigidTransform = { rotation: identity3, translation: [0, 0, 0] };

/** Where the point goes. */
export function transformPoint(t: RigidTransform, point: Vector3): Vector3 {
  return add(apply(t.rotation, point), t.translation);
}

/** Where the direction turns: rotated, not translated. */
export function transformDirection(t: RigidTransform, direction: Vector3): Vector3 {
  return apply(t.rotation, direction);
}

/** First `inner`, then `outer`. */
export function compose(outer: RigidTransform, inner: RigidTransform): RigidTransform {
  return {
    rotation: multiply(outer.rotation, inner.rotation),
    translation: transformPoint(outer, inner.translation),
  };
}

/** The transform that leads back; the rotation part must be a rotation or reflection (orthogonal). */
export function invert(t: RigidTransform): RigidTransform {
  const rotation = transpose(t.rotation);
  return { rotation, translation: scale(apply(rotation, t.translation), -1) };
}
