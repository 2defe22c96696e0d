import { add, length, scale, type Vector3 } from '@lantern/units';
import type { GeometryWalker } from '../gun/geometry-walker.ts';

/** Rounding of 32-bit numbers, twice. */
const rounding = 2 ** -22;
/** Faces nearer than this to a step's end are met there, mm, beside the rounding. */
const touch = 1e-6;
/** Steps of fewer times the rounding have no inside that one can be sure of. */
const shortStep = 8;
/** Where a step is looked up; the chord of a bent track may leave the volume in between. */
const parts = [0.5, 0.1, 0.9] as const;

/**
 * The materials that a step lies in, its middle's first. A charged particle's step ends at faces, and its ends are rounded
 * to 32 bits: they count only for steps as short as the rounding, and with them what lies behind a face that they touch.
 *
 * @param at where the step begins, mm, in the world
 * @param delta from there to its end
 * @returns indices in the scene; none: the step is outside the world
 */
export function* materialsOfStep(
  walker: GeometryWalker,
  at: Vector3,
  delta: Vector3,
): Generator<number, void, undefined> {
  const size = length(delta);
  const forwards: Vector3 = size > 0 ? scale(delta, 1 / size) : [0, 0, 1];
  for (const part of parts)
    if (walker.start(add(at, scale(delta, part)), forwards)) yield walker.material();
  const reach = touch + rounding * Math.max(...at.map(Math.abs), size);
  if (size > shortStep * reach) return;
  for (const end of [at, add(at, delta)]) yield* materialsNear(walker, end, reach);
}

const axes: readonly Vector3[] = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];

/** What lies at a point, and behind faces that are nearer than `reach` along an axis. */
function* materialsNear(
  walker: GeometryWalker,
  point: Vector3,
  reach: number,
): Generator<number, void, undefined> {
  for (const direction of axes.flatMap((axis) => [axis, scale(axis, -1)])) {
    if (!walker.start(point, direction)) continue;
    yield walker.material();
    const distance = walker.distance();
    if (distance > reach) continue;
    walker.advance(distance);
    if (walker.cross()) yield walker.material();
  }
}
