import type { Vector3 } from '@lantern/units';
import { solidAngle } from '../../mesh/solid-angle.ts';
import type { Tessellated } from '../../model/solid.ts';
import type { Membership } from './membership.ts';
import { columnMembership } from './triangle-columns.ts';

/** More triangles than this are sorted into columns first. */
const FEW = 200;

/**
 * The facets, seen from the point, cover the whole sphere once: the sum of their solid angles is ±4π inside, 0 outside.
 * Needs no ray, and so no care for rays through edges. Of many facets only those above and below the point are looked
 * at: there an odd number is above it inside.
 */
export function tessellatedMembership({ facets }: Tessellated): Membership {
  const triangles = facets.flatMap(trianglesOf);
  if (triangles.length > FEW) return columnMembership(triangles);
  return (x, y, z) => {
    let sum = 0;
    for (const triangle of triangles) sum += solidAngle(triangle, [x, y, z]);
    return Math.abs(sum) > 2 * Math.PI;
  };
}

function trianglesOf(facet: readonly Vector3[]): (readonly [Vector3, Vector3, Vector3])[] {
  const [first, ...rest] = facet;
  const triangles: (readonly [Vector3, Vector3, Vector3])[] = [];
  for (let i = 0; i + 1 < rest.length; i++) {
    const [second, third] = [rest[i], rest[i + 1]];
    if (first && second && third) triangles.push([first, second, third]);
  }
  return triangles;
}
