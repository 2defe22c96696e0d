import { gdmlRotation, identity3, type Matrix3, transpose, type Vector3 } from '@lantern/units';
import type { Transform } from '../model/transform.ts';

/** A transform that changes nothing. */
export const unmoved: Transform = { rotation: identity3, translation: [0, 0, 0], scale: [1, 1, 1] };

/** What GDML says of a place: position in mm, angles in rad, scale. */
export interface Placing {
  position?: Vector3 | undefined;
  rotation?: Vector3 | undefined;
  scale?: Vector3 | undefined;
}

/**
 * Where a `<physvol>` stands in its mother: Geant4 gives G4PVPlacement the inverse of the matrix of the angles
 * (G4GDMLReadStructure::PhysvolRead), so that a local point goes to transpose(Rz·Ry·Rx)·(scale∘p) + position.
 */
export function placementTransform(placing: Placing): Transform {
  return transform(placing, transpose);
}

/**
 * Where a solid stands in another solid: here Geant4 takes the matrix of the angles itself
 * (G4GDMLReadSolids::BooleanRead, MultiUnionNodeRead, ReflectedSolidRead).
 */
export function solidTransform(placing: Placing): Transform {
  return transform(placing, (matrix) => matrix);
}

function transform(
  { position, rotation, scale }: Placing,
  turn: (matrix: Matrix3) => Matrix3,
): Transform {
  return {
    rotation: rotation ? positiveZeros(turn(gdmlRotation(...rotation))) : identity3,
    translation: position ?? unmoved.translation,
    scale: scale ?? unmoved.scale,
  };
}

/** The matrix with 0 for -0, so that equal matrices are equal to a comparison of objects too. */
export function positiveZeros(m: Matrix3): Matrix3 {
  return [m[0] + 0, m[1] + 0, m[2] + 0, m[3] + 0, m[4] + 0, m[5] + 0, m[6] + 0, m[7] + 0, m[8] + 0];
}
