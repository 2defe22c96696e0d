// A proof that a point is in a solid and not near to its faces, where that is
// cheap: most points need no more, and for them a direction plays no part.

import {
  LEAF_IS_BOX,
  LEAF_IS_CYLINDER,
  LEAF_IS_ELLIPSOID,
  LEAF_IS_SPHERE,
  param,
  paramsOf,
  solidKind,
  solidLeaf,
} from './generated/scene';

// Of a squared radius in units of the semi-axis, and of a length in mm: both
// far above TOUCH for semi-axes of 1 mm and more.
const ROUND_MARGIN: f64 = 1e-6;
const FLAT_MARGIN: f64 = 1e-6;
const LEAST_AXIS: f64 = 1;

// False proves nothing.
export function wellInside(solid: i32, x: f64, y: f64, z: f64): bool {
  const kind = solidKind(solid);
  if (kind < 0) return false;
  const p = paramsOf(solidLeaf(solid));
  if (kind == LEAF_IS_BOX) {
    if (abs(x) > param(p, 0) - FLAT_MARGIN) return false;
    if (abs(y) > param(p, 1) - FLAT_MARGIN) return false;
    return abs(z) < param(p, 2) - FLAT_MARGIN;
  }
  const r = param(p, 0);
  if (r < LEAST_AXIS) return false;
  if (kind == LEAF_IS_SPHERE)
    return x * x + y * y + z * z < r * r * (1.0 - ROUND_MARGIN);
  if (kind == LEAF_IS_CYLINDER) {
    if (param(p, 1) < LEAST_AXIS) return false;
    if (z < param(p, 2) + FLAT_MARGIN) return false;
    if (z > param(p, 3) - FLAT_MARGIN) return false;
    return x * x * param(p, 4) + y * y * param(p, 5) < 1.0 - ROUND_MARGIN;
  }
  if (kind != LEAF_IS_ELLIPSOID) return false;
  if (param(p, 1) < LEAST_AXIS) return false;
  if (param(p, 2) < LEAST_AXIS) return false;
  if (z < param(p, 3) + FLAT_MARGIN) return false;
  if (z > param(p, 4) - FLAT_MARGIN) return false;
  const across = x * x * param(p, 5) + y * y * param(p, 6);
  return across + z * z * param(p, 7) < 1.0 - ROUND_MARGIN;
}
