import type { Vector3 } from '@lantern/units';
import type {
  Arb8,
  Box,
  Para,
  Tessellated,
  Tet,
  Trap,
  Trd,
  TwistedBox,
  TwistedTrap,
  TwistedTrd,
  Xtru,
} from '../../model/solid.ts';
import { type Box3, boxAround } from '../box3.ts';
import { trapCorners } from '../membership/trap-corners.ts';

/** Itself. */
export function boxBounds({ x, y, z }: Box): Box3 {
  return { min: [-x / 2, -y / 2, -z / 2], max: [x / 2, y / 2, z / 2] };
}

/** By its wider ends. */
export function trdBounds({ x1, x2, y1, y2, z }: Trd): Box3 {
  const [x, y] = [Math.max(x1, x2), Math.max(y1, y2)];
  return { min: [-x / 2, -y / 2, -z / 2], max: [x / 2, y / 2, z / 2] };
}

/** By its eight corners. */
export function trapBounds(trap: Trap): Box3 {
  const { low, high } = trapCorners(trap);
  return boxAround([
    ...low.map(({ x, y }): Vector3 => [x, y, -trap.z / 2]),
    ...high.map(({ x, y }): Vector3 => [x, y, trap.z / 2]),
  ]);
}

/** A sheared box: its corners stand at x/2 + y/2 tan α + z/2 tan θ cos φ, and so on with all signs. */
export function paraBounds({ x, y, z, alpha, theta, phi }: Para): Box3 {
  const lean = (z / 2) * Math.tan(theta);
  const halfY = y / 2 + Math.abs(lean * Math.sin(phi));
  const halfX = x / 2 + Math.abs((y / 2) * Math.tan(alpha)) + Math.abs(lean * Math.cos(phi));
  return { min: [-halfX, -halfY, -z / 2], max: [halfX, halfY, z / 2] };
}

/** By its eight corners. */
export function arb8Bounds({ vertices, dz }: Arb8): Box3 {
  return boxAround(vertices.map(({ x, y }, i): Vector3 => [x, y, i < 4 ? -dz : dz]));
}

/** By its four corners. */
export function tetBounds({ vertices }: Tet): Box3 {
  return boxAround(vertices);
}

/** By the corners of its sections. */
export function xtruBounds({ outline, sections }: Xtru): Box3 {
  return boxAround(
    sections.flatMap(({ z, xOffset, yOffset, scale }) =>
      outline.map(({ x, y }): Vector3 => [xOffset + scale * x, yOffset + scale * y, z]),
    ),
  );
}

/** By the corners of its facets. */
export function tessellatedBounds({ facets }: Tessellated): Box3 {
  return boxAround(facets.flat());
}

/** A cylinder around the twisted solid: the corner furthest from the axis, at any angle. */
export function twistedBounds(solid: TwistedBox | TwistedTrd | TwistedTrap): Box3 {
  const r = furthestCorner(solid);
  return { min: [-r, -r, -solid.z / 2], max: [r, r, solid.z / 2] };
}

function furthestCorner(solid: TwistedBox | TwistedTrd | TwistedTrap): number {
  if (solid.type === 'twistedbox') return Math.hypot(solid.x, solid.y) / 2;
  if (solid.type === 'twistedtrd') {
    return Math.hypot(Math.max(solid.x1, solid.x2), Math.max(solid.y1, solid.y2)) / 2;
  }
  // The twist turns each cross-section about its own centre, which the lean of theta moves off the axis.
  const lean = (solid.z / 2) * Math.abs(Math.tan(solid.Theta));
  const x = Math.max(solid.x1, solid.x2, solid.x3, solid.x4);
  const y = Math.max(solid.y1, solid.y2);
  return lean + Math.hypot(x / 2 + (y / 2) * Math.abs(Math.tan(solid.Alph)), y / 2);
}
