import type { Vector3 } from '@lantern/units';
import type { Transform } from '../../model/transform.ts';

/** Whether the point (mm, in the solid's own frame) belongs to the solid; its surface belongs to it, up to rounding. */
export type Membership = (x: number, y: number, z: number) => boolean;

/** The point of the parent's frame in the frame of what stands there by the transform: Rᵀ (p - t), divided by the scale. */
export function intoLocal(
  { rotation: r, translation: t, scale: s }: Transform,
  x: number,
  y: number,
  z: number,
): Vector3 {
  const [dx, dy, dz] = [x - t[0], y - t[1], z - t[2]];
  return [
    (r[0] * dx + r[3] * dy + r[6] * dz) / s[0],
    (r[1] * dx + r[4] * dy + r[7] * dz) / s[1],
    (r[2] * dx + r[5] * dy + r[8] * dz) / s[2],
  ];
}

/** The membership of a solid that stands by the transform, for points of the frame it stands in. */
export function moved(membership: Membership, transform: Transform | undefined): Membership {
  if (transform === undefined) return membership;
  return (x, y, z) => membership(...intoLocal(transform, x, y, z));
}
