import type {
  GenericPolycone,
  GenericPolyhedra,
  Point2,
  Polycone,
  Polyhedra,
  RZPoint,
} from '../../model/solid.ts';
import type { Membership } from './membership.ts';
import { outlineOfPlanes, radialRanges } from './outline.ts';
import { phiSegment } from './phi-segment.ts';
import { polygonHolds } from './polygon.ts';

/** An outline in the r-z plane, turned about z. */
export function polyconeMembership(polycone: Polycone | GenericPolycone): Membership {
  const outline = outlineOf(polycone);
  const inSegment = phiSegment(polycone.startphi, polycone.deltaphi);
  return (x, y, z) => {
    if (!inSegment(x, y)) return false;
    const r = Math.hypot(x, y);
    return radialRanges(outline, z).some(([inner, outer]) => r >= inner && r <= outer);
  };
}

/**
 * At each z the polygon with its corners on the directions startphi + i deltaphi / numsides. The radii of planes are
 * distances to the sides, so that the corners stand at r / cos(half the angle of a side); those of a generic polyhedra
 * are the corners' own.
 *
 * @see G4Polyhedra, its two constructors
 */
export function polyhedraMembership(solid: Polyhedra | GenericPolyhedra): Membership {
  const { startphi, deltaphi, numsides } = solid;
  const step = deltaphi / numsides;
  const stretch = solid.type === 'polyhedra' ? 1 / Math.cos(step / 2) : 1;
  const outline = outlineOf(solid);
  const directions = Array.from({ length: numsides + 1 }, (_, i) => startphi + i * step);
  const arc = (r: number): Point2[] =>
    directions.map((phi) => ({ x: r * stretch * Math.cos(phi), y: r * stretch * Math.sin(phi) }));
  const isClosed = deltaphi >= 2 * Math.PI;
  return (x, y, z) =>
    radialRanges(outline, z).some(([inner, outer]) => {
      if (isClosed) return polygonHolds(arc(outer), x, y) && !polygonHolds(arc(inner), x, y);
      return polygonHolds([...arc(outer), ...arc(inner).reverse()], x, y);
    });
}

function outlineOf(
  solid: Polycone | GenericPolycone | Polyhedra | GenericPolyhedra,
): readonly RZPoint[] {
  return 'planes' in solid ? outlineOfPlanes(solid.planes) : solid.corners;
}
