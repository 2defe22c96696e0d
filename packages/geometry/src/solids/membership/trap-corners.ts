import type { Point2, Trap } from '../../model/solid.ts';

/**
 * The corners of a trap at z = -z/2 (`low`) and +z/2 (`high`), counterclockwise from low x, low y, mm.
 * The centres of the two faces stand at ∓z/2 · tan θ (cos φ, sin φ); within a face the line through the middles of its
 * two x sides leans by α from the y axis.
 *
 * @see G4Trap, constructor with 11 parameters
 */
export function trapCorners(trap: Trap): { readonly low: Point2[]; readonly high: Point2[] } {
  const { y1, x1, x2, alpha1, y2, x3, x4, alpha2 } = trap;
  const shift = (trap.z / 2) * Math.tan(trap.theta);
  const centre = { x: shift * Math.cos(trap.phi), y: shift * Math.sin(trap.phi) };
  return {
    low: faceCorners({ x: -centre.x, y: -centre.y }, y1, x1, x2, alpha1),
    high: faceCorners(centre, y2, x3, x4, alpha2),
  };
}

function faceCorners(
  centre: Point2,
  y: number,
  xLowY: number,
  xHighY: number,
  alpha: number,
): Point2[] {
  const lean = (y / 2) * Math.tan(alpha);
  return [
    { x: centre.x - lean - xLowY / 2, y: centre.y - y / 2 },
    { x: centre.x - lean + xLowY / 2, y: centre.y - y / 2 },
    { x: centre.x + lean + xHighY / 2, y: centre.y + y / 2 },
    { x: centre.x + lean - xHighY / 2, y: centre.y + y / 2 },
  ];
}
