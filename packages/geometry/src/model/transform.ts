import type { Matrix3, Vector3 } from '@lantern/units';

/**
 * Where a thing stands in its parent's frame: x_parent = rotation · (scale ∘ x_local) + translation.
 * `rotation` is the active rotation (row-major), that is, the inverse of the frame rotation that GDML's `<rotation>` names.
 * Positions in mm. A reflection is a negative scale.
 */
export interface Transform {
  readonly rotation: Matrix3;
  readonly translation: Vector3;
  readonly scale: Vector3;
}
