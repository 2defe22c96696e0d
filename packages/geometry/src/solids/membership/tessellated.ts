import { cross, dot, length, subtract, type Vector3 } from '@lantern/units';
import type { Tessellated } from '../../model/solid.ts';
import type { Membership } from './membership.ts';

type Triangle = readonly [Vector3, Vector3, Vector3];

/**
 * The facets, seen from the point, cover the whole sphere once: the sum of their solid angles is ±4π inside, 0 outside.
 * Needs no ray, and so no care for rays through edges.
 */
export function tessellatedMembership({ facets }: Tessellated): Membership {
  const triangles = facets.flatMap(trianglesOf);
  return (x, y, z) => {
    let sum = 0;
    for (const triangle of triangles) sum += solidAngle(triangle, [x, y, z]);
    return Math.abs(sum) > 2 * Math.PI;
  };
}

function trianglesOf(facet: readonly Vector3[]): Triangle[] {
  const [first, ...rest] = facet;
  const triangles: Triangle[] = [];
  for (let i = 0; i + 1 < rest.length; i++) {
    const [second, third] = [rest[i], rest[i + 1]];
    if (first && second && third) triangles.push([first, second, third]);
  }
  return triangles;
}

/** The solid angle with sign: van Oosterom and Strackee, IEEE Trans. Biomed. Eng. 30 (1983) 125. */
function solidAngle(triangle: Triangle, from: Vector3): number {
  const a = subtract(triangle[0], from);
  const b = subtract(triangle[1], from);
  const c = subtract(triangle[2], from);
  const [la, lb, lc] = [length(a), length(b), length(c)];
  const below = la * lb * lc + dot(a, b) * lc + dot(b, c) * la + dot(c, a) * lb;
  return 2 * Math.atan2(dot(a, cross(b, c)), below);
}
