import type { RandomStream, Vector3 } from '@lantern/units';
import type { Box3 } from '../solids/box3.ts';
import type { Membership } from '../solids/membership/membership.ts';

/** A point of the box, all alike likely. */
export function pointInBox({ min, max }: Box3, random: RandomStream): Vector3 {
  return [
    min[0] + (max[0] - min[0]) * random.uniform(),
    min[1] + (max[1] - min[1]) * random.uniform(),
    min[2] + (max[2] - min[2]) * random.uniform(),
  ];
}

/** A point outside the box, on the surface of one twice as large and a little more. */
export function pointAround(box: Box3, random: RandomStream): Vector3 {
  const point = [...pointInBox(box, random)];
  const axis = Math.floor(3 * random.uniform());
  for (let i = 0; i < 3; i++) {
    const [min, max] = [box.min[i] ?? 0, box.max[i] ?? 0];
    const centre = (min + max) / 2;
    const side = random.uniform() < 0.5 ? -1 : 1;
    const half = (max - min) / 2;
    point[i] =
      i === axis ? centre + side * (2.1 * half + 1e-3) : centre + 2 * ((point[i] ?? 0) - centre);
  }
  return [point[0] ?? 0, point[1] ?? 0, point[2] ?? 0];
}

/** Neighbouring points, a rounding apart, on the two sides of a surface between a point inside and one outside. */
export function bisect(
  isIn: Membership,
  within: Vector3,
  without: Vector3,
): { readonly inner: Vector3; readonly outer: Vector3 } {
  let inner = within;
  let outer = without;
  for (let i = 0; i < 60; i++) {
    const middle: Vector3 = [
      (inner[0] + outer[0]) / 2,
      (inner[1] + outer[1]) / 2,
      (inner[2] + outer[2]) / 2,
    ];
    if (isIn(...middle)) inner = middle;
    else outer = middle;
  }
  return { inner, outer };
}
