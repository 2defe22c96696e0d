import {
  apply,
  cross,
  determinant,
  dot,
  type Matrix3,
  multiply,
  type RigidTransform,
  scale,
  transpose,
  type Vector3,
} from '@lantern/units';
import {
  box,
  cylinder,
  ellipsoid,
  frustum,
  isOrthogonal,
  type LeafShape,
  sphere,
} from './compile-solid-shape.ts';
import { axesOfBall } from './symmetric-axes.ts';

/**
 * [SOL20] The same leaf with the scale of its frame in its parameters, where the scaled primitive is one too: boxes and
 * ellipsoids, balls and polyhedra under any matrix, solids about z under one that scales along their axes. Others keep
 * a frame that scales.
 */
export function absorbScale(shape: LeafShape): LeafShape {
  const { frame, type, params } = shape;
  if (isOrthogonal(frame.rotation)) return shape;
  if (type === 'planes') return scaledPlanes(shape);
  if (type === 'sphere') return scaledBall(shape, [params[0], params[0], params[0]] as never);
  const [a = 0, b = 0, c = 0, low = 0, high = 0] = params;
  const isUncut = type === 'ellipsoid' && low <= -c && high >= c;
  if (isUncut) return scaledBall(shape, [a, b, c]);
  const along = alongAxes(frame.rotation);
  if (along) return scaledAlong(shape, along.lengths, along.rotation);
  return type === 'box' ? scaledPlanes(boxPlanes(shape)) : shape;
}

/** R and s of a matrix R · diag(s), R orthogonal; undefined for one that shears. */
function alongAxes(matrix: Matrix3): { rotation: Matrix3; lengths: Vector3 } | undefined {
  const [x, y, z] = [0, 1, 2].map((k) =>
    Math.hypot(matrix[k] ?? 0, matrix[k + 3] ?? 0, matrix[k + 6] ?? 0),
  ) as [number, number, number];
  const rotation = multiply(matrix, [1 / x, 0, 0, 0, 1 / y, 0, 0, 0, 1 / z]);
  return isOrthogonal(rotation) ? { rotation, lengths: [x, y, z] } : undefined;
}

function scaledAlong(shape: LeafShape, [x, y, z]: Vector3, rotation: Matrix3): LeafShape {
  const { type, params, reach } = shape;
  const frame: RigidTransform = { rotation, translation: shape.frame.translation };
  const [a = 0, b = 0, c = 0, d = 0, e = 0] = params;
  const isRound = Math.abs(x - y) <= 1e-14 * x;
  const as = (scaled: LeafShape): LeafShape => ({ ...scaled, frame, reach });
  switch (type) {
    case 'box':
      return as(box(a * x, b * y, c * z));
    case 'cylinder':
      return as(cylinder(c * z, d * z, a * x, isRound && a === b ? a * x : b * y));
    case 'ellipsoid':
      return as(ellipsoid([a * x, b * y, c * z], d * z, e * z));
    case 'frustum':
      return isRound ? as(frustum(c * z, d * z, a * x, b * x)) : shape;
    case 'halfCone':
      return isRound ? as({ ...shape, params: [(a * x) / z] }) : shape;
    case 'hyperboloid': {
      const slope = (b * x * x) / (z * z);
      return isRound ? as({ ...shape, params: [a * x * x, slope, c * z, d * z] }) : shape;
    }
    case 'torus':
      return isRound && Math.abs(x - z) <= 1e-14 * x
        ? as({ ...shape, params: [a * x, b * x] })
        : shape;
    default:
      return shape;
  }
}

/** An ellipsoid of semi-axes `axes`, under any matrix. */
function scaledBall(shape: LeafShape, [a, b, c]: Vector3): LeafShape {
  const matrix = multiply(shape.frame.rotation, [a, 0, 0, 0, b, 0, 0, 0, c]);
  // Without a turn the axes keep their order.
  const { lengths, rotation } = alongAxes(matrix) ?? axesOfBall(matrix);
  const [x, y, z] = lengths;
  const frame: RigidTransform = { rotation, translation: shape.frame.translation };
  const isBall = Math.max(x, y, z) - Math.min(x, y, z) <= 1e-14 * x;
  const scaled = isBall ? sphere(x) : ellipsoid(lengths, -2 * z, 2 * z);
  return { ...scaled, frame, reach: shape.reach };
}

function boxPlanes(shape: LeafShape): LeafShape {
  const [x = 0, y = 0, z = 0] = shape.params;
  const params = [
    ...[-1, 0, 0, x, 1, 0, 0, x],
    ...[0, -1, 0, y, 0, 1, 0, y],
    ...[0, 0, -1, z, 0, 0, 1, z],
  ];
  return { ...shape, type: 'planes', params };
}

/** n·x <= c becomes (M⁻ᵀ n)·x <= c, of unit length; the frame keeps the translation. */
function scaledPlanes(shape: LeafShape): LeafShape {
  const turned = inverseTranspose(shape.frame.rotation);
  const params: number[] = [];
  for (let i = 0; i < shape.params.length; i += 4) {
    const [x, y, z, c] = shape.params.slice(i, i + 4) as [number, number, number, number];
    const normal = apply(turned, [x, y, z]);
    const length = Math.hypot(...normal);
    const { translation } = shape.frame;
    const unit = scale(normal, 1 / length);
    params.push(...unit, c / length + dot(unit, translation));
  }
  const frame: RigidTransform = { rotation: [1, 0, 0, 0, 1, 0, 0, 0, 1], translation: [0, 0, 0] };
  return { ...shape, params, frame };
}

/** M⁻ᵀ: the cofactors over the determinant. */
export function inverseTranspose(m: Matrix3): Matrix3 {
  const [r0, r1, r2] = [
    [m[0], m[1], m[2]],
    [m[3], m[4], m[5]],
    [m[6], m[7], m[8]],
  ] as unknown as [Vector3, Vector3, Vector3];
  const inverse = 1 / determinant(m);
  return [cross(r1, r2), cross(r2, r0), cross(r0, r1)].flatMap((row) =>
    scale(row, inverse),
  ) as unknown as Matrix3;
}

/** The greatest length that the inverse of a matrix makes of a length of 1. */
export function greatestStretch(matrix: Matrix3): number {
  return Math.max(...axesOfBall(transpose(inverseTranspose(matrix))).lengths);
}
