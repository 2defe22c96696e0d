import { cross, dot, length, subtract, type Vector3 } from '@lantern/units';
import { type Plane, planeThrough } from '../scene/compile-solid-shape.ts';
import { cornersOf, meshReach, type TriangleMesh, triangleCount } from './triangle-mesh.ts';

/** Up to so many planes are faster than a hierarchy of triangles. */
const MOST_PLANES = 24;
/** A mesh of more triangles is not looked at. */
const MOST_TRIANGLES = 4096;

/**
 * The planes of a mesh that is a convex polyhedron of few faces: the same solid to 1e-12 of its size. Undefined for
 * any other mesh.
 */
export function convexPlanes(mesh: TriangleMesh): readonly Plane[] | undefined {
  const count = triangleCount(mesh);
  if (count > MOST_TRIANGLES) return undefined;
  const slack = 1e-12 * meshReach(mesh);
  const planes: Plane[] = [];
  // The largest faces have the best normals.
  const faces = Array.from({ length: count }, (_, i) => {
    const corners = cornersOf(mesh, i);
    const [a, b, c] = corners;
    const across = cross(subtract(b, a), subtract(c, a));
    return { corners, across, area: length(across) };
  })
    .filter(({ area }) => area > 0)
    .sort((p, q) => q.area - p.area);
  for (const { corners, across } of faces) {
    const isKnown = planes.some(
      ({ normal, c }) =>
        dot(normal, across) > 0 && corners.every((p) => Math.abs(dot(normal, p) - c) <= slack),
    );
    if (isKnown) continue;
    if (planes.length === MOST_PLANES) return undefined;
    planes.push(planeThrough(across, corners[0]));
  }
  return planes.every((plane) => isBehind(mesh, plane, slack)) ? planes : undefined;
}

function isBehind({ vertices }: TriangleMesh, { normal, c }: Plane, slack: number): boolean {
  for (let i = 0; i < vertices.length; i += 3) {
    const point: Vector3 = [vertices[i] ?? 0, vertices[i + 1] ?? 0, vertices[i + 2] ?? 0];
    if (dot(normal, point) > c + slack) return false;
  }
  return true;
}
