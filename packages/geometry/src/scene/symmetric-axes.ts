import { identity3, type Matrix3, multiply, transpose, type Vector3 } from '@lantern/units';

/** Lengths along axes at right angles: the columns of a rotation. */
export interface Axes {
  readonly lengths: Vector3;
  readonly rotation: Matrix3;
}

/**
 * What a matrix makes of the unit ball: an ellipsoid, by its semi-axes. They are the roots of the eigenvalues of M Mᵀ,
 * found by Jacobi's rotations (Golub and Van Loan, Matrix Computations, 8.5), to rounding.
 */
export function axesOfBall(matrix: Matrix3): Axes {
  let square = multiply(matrix, transpose(matrix));
  let rotation: Matrix3 = identity3;
  for (let sweep = 0; sweep < 12; sweep++) {
    for (const [p, q] of [
      [0, 1],
      [0, 2],
      [1, 2],
    ] as const) {
      const turn = jacobiRotation(square, p, q);
      square = multiply(transpose(turn), multiply(square, turn));
      rotation = multiply(rotation, turn);
    }
  }
  const [x, y, z] = [square[0], square[4], square[8]].map((value) => Math.sqrt(Math.max(0, value)));
  return { lengths: [x ?? 0, y ?? 0, z ?? 0], rotation };
}

/** The rotation in the plane (p, q) after which the element (p, q) of a symmetric matrix is 0. */
function jacobiRotation(m: Matrix3, p: 0 | 1, q: 1 | 2): Matrix3 {
  const [app, aqq, apq] = [m[4 * p] ?? 0, m[4 * q] ?? 0, m[3 * p + q] ?? 0];
  if (apq === 0) return identity3;
  const tau = (aqq - app) / (2 * apq);
  const t = (tau >= 0 ? 1 : -1) / (Math.abs(tau) + Math.hypot(1, tau));
  const c = 1 / Math.hypot(1, t);
  const turn = [...identity3] as number[];
  turn[4 * p] = c;
  turn[4 * q] = c;
  turn[3 * p + q] = t * c;
  turn[3 * q + p] = -t * c;
  return turn as unknown as Matrix3;
}
