import type { Vector3 } from '@lantern/units';
import type { Transform } from '../model/transform.ts';

/** A box along the axes, mm. A box that holds nothing has min > max. */
export interface Box3 {
  readonly min: Vector3;
  readonly max: Vector3;
}

const far = Number.POSITIVE_INFINITY;

/** The box that holds nothing: joined with any other box it gives the other. */
export const emptyBox: Box3 = { min: [far, far, far], max: [-far, -far, -far] };

/** Whether the box holds nothing. */
export function isEmpty({ min, max }: Box3): boolean {
  return !(min[0] <= max[0] && min[1] <= max[1] && min[2] <= max[2]);
}

/** The smallest box around both. */
export function joinBoxes(a: Box3, b: Box3): Box3 {
  return {
    min: [Math.min(a.min[0], b.min[0]), Math.min(a.min[1], b.min[1]), Math.min(a.min[2], b.min[2])],
    max: [Math.max(a.max[0], b.max[0]), Math.max(a.max[1], b.max[1]), Math.max(a.max[2], b.max[2])],
  };
}

/** What both boxes hold; {@link emptyBox} when that is nothing. */
export function overlapBoxes(a: Box3, b: Box3): Box3 {
  const box: Box3 = {
    min: [Math.max(a.min[0], b.min[0]), Math.max(a.min[1], b.min[1]), Math.max(a.min[2], b.min[2])],
    max: [Math.min(a.max[0], b.max[0]), Math.min(a.max[1], b.max[1]), Math.min(a.max[2], b.max[2])],
  };
  return isEmpty(box) ? emptyBox : box;
}

/** The smallest box around the points; of no points, {@link emptyBox}. */
export function boxAround(points: Iterable<Vector3>): Box3 {
  let box = emptyBox;
  for (const point of points) box = joinBoxes(box, { min: point, max: point });
  return box;
}

/** The box of the box, turned and moved: half lengths h become |R| · |s ∘ h|. Exact but for rounding. */
export function transformBox(transform: Transform, box: Box3): Box3 {
  if (isEmpty(box)) return emptyBox;
  const { rotation: r, translation: t, scale: s } = transform;
  const centre = [0, 1, 2].map((i) => ((box.min[i] ?? 0) + (box.max[i] ?? 0)) * 0.5 * (s[i] ?? 1));
  const half = [0, 1, 2].map((i) =>
    Math.abs(((box.max[i] ?? 0) - (box.min[i] ?? 0)) * 0.5 * (s[i] ?? 1)),
  );
  const along = (row: number, v: readonly number[], size: (x: number) => number): number =>
    [0, 1, 2].reduce((sum, k) => sum + size(r[3 * row + k] ?? 0) * (v[k] ?? 0), 0);
  const c = [0, 1, 2].map((i) => along(i, centre, (x) => x) + (t[i] ?? 0));
  const h = [0, 1, 2].map((i) => along(i, half, Math.abs));
  return {
    min: [(c[0] ?? 0) - (h[0] ?? 0), (c[1] ?? 0) - (h[1] ?? 0), (c[2] ?? 0) - (h[2] ?? 0)],
    max: [(c[0] ?? 0) + (h[0] ?? 0), (c[1] ?? 0) + (h[1] ?? 0), (c[2] ?? 0) + (h[2] ?? 0)],
  };
}
