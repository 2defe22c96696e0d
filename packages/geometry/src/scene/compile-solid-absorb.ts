import { apply, dot, identityTransform, type Vector3 } from '@lantern/units';
import { isIdentity, type LeafShape } from './compile-solid-shape.ts';

/**
 * The same leaf with as much of its frame in its parameters as they can take, so that the kernel has fewer rays to
 * transform: planes take any frame, a round cylinder or frustum one that keeps its axis on z, a sphere any rotation.
 */
export function absorbFrame(shape: LeafShape): LeafShape {
  if (isIdentity(shape.frame)) return shape;
  switch (shape.type) {
    case 'planes':
      return absorbIntoPlanes(shape);
    case 'cylinder':
      return shape.params[0] === shape.params[1] ? absorbAlongZ(shape, [2, 3]) : shape;
    case 'frustum':
      return absorbAlongZ(shape, [2, 3], [0, 1], 4);
    case 'sphere':
      return {
        ...shape,
        frame: { ...identityTransform, translation: shape.frame.translation },
      };
    default:
      return shape;
  }
}

/** n·x <= c becomes (R n)·x <= c + (R n)·t. */
function absorbIntoPlanes(shape: LeafShape): LeafShape {
  const { rotation, translation } = shape.frame;
  const params: number[] = [];
  for (let i = 0; i < shape.params.length; i += 4) {
    const [x, y, z, c] = shape.params.slice(i, i + 4) as [number, number, number, number];
    const normal: Vector3 = apply(rotation, [x, y, z]);
    params.push(...normal, c + dot(normal, translation));
  }
  return { ...shape, params, frame: identityTransform };
}

/** A solid of revolution moved along its axis and perhaps turned upside down; `low` and `high` are swapped then. */
function absorbAlongZ(
  shape: LeafShape,
  heights: readonly [low: number, high: number],
  radii?: readonly [low: number, high: number],
  slope?: number,
): LeafShape {
  const { rotation, translation } = shape.frame;
  const [x, y, z] = translation;
  const up = rotation[8];
  if (x !== 0 || y !== 0 || Math.abs(up) !== 1) return shape;
  const params = [...shape.params];
  const swapped = up < 0;
  const copy = ([low, high]: readonly [number, number], move: (value: number) => number): void => {
    params[swapped ? high : low] = move(shape.params[low] ?? 0);
    params[swapped ? low : high] = move(shape.params[high] ?? 0);
  };
  copy(heights, (height) => up * height + z);
  if (radii) copy(radii, (radius) => radius);
  if (slope !== undefined) params[slope] = up * (shape.params[slope] ?? 0);
  return { ...shape, params, frame: identityTransform };
}
