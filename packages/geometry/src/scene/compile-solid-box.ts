import { cross, dot, scale, type Vector3 } from '@lantern/units';
import { meshBounds } from '../mesh/triangle-mesh.ts';
import { type Box3, boxAround, transformBox } from '../solids/box3.ts';
import type { LeafShape } from './compile-solid-shape.ts';

const far = Number.POSITIVE_INFINITY;

/** The box that holds everything. */
const everything: Box3 = { min: [-far, -far, -far], max: [far, far, far] };

/** A box around a primitive in the frame of the solid, mm; infinite where the primitive is. Exact but for rounding. */
export function leafBox(leaf: LeafShape): Box3 {
  const own = ownBox(leaf);
  if (own?.max.every(Number.isFinite) && own.min.every(Number.isFinite))
    return transformBox({ ...leaf.frame, scale: [1, 1, 1] }, own);
  const { reach } = leaf;
  if (own || !(reach > 0)) return everything;
  return { min: [-reach, -reach, -reach], max: [reach, reach, reach] };
}

/** In the frame of the leaf; undefined for one that is known by its reach alone. */
function ownBox({ type, params, reach, mesh }: LeafShape): Box3 | undefined {
  const [a = 0, b = 0, c = 0, d = 0, e = 0] = params;
  switch (type) {
    case 'box':
      return around([a, b, c]);
    case 'sphere':
      return around([a, a, a]);
    case 'cylinder':
      return { min: [-a, -b, c], max: [a, b, d] };
    case 'frustum': {
      const r = Math.max(a, b);
      return { min: [-r, -r, c], max: [r, r, d] };
    }
    case 'ellipsoid':
      return { min: [-a, -b, Math.max(-c, d)], max: [a, b, Math.min(c, e)] };
    case 'planes':
      return reach > 0 && params.length <= 4 * MOST_CORNERED ? boxOfPlanes(params) : undefined;
    case 'mesh':
      return mesh && meshBounds(mesh);
    case 'halfCone':
    case 'ruled':
      return everything;
    case 'torus':
      return around([a + b, a + b, b]);
    case 'hyperboloid': {
      const r = Math.sqrt(a + b * Math.max(c * c, d * d));
      return { min: [-r, -r, c], max: [r, r, d] };
    }
    default:
      return undefined;
  }
}

function around([x, y, z]: Vector3): Box3 {
  return { min: [-x, -y, -z], max: [x, y, z] };
}

/** Corners are looked for among all threes of planes up to so many planes. */
const MOST_CORNERED = 14;

/** The box of the corners of a polyhedron: the points of three planes that are behind all others. */
function boxOfPlanes(params: readonly number[]): Box3 | undefined {
  const planes = Array.from({ length: params.length / 4 }, (_, i) => ({
    normal: params.slice(4 * i, 4 * i + 3) as unknown as Vector3,
    c: params[4 * i + 3] ?? 0,
  }));
  const size = Math.max(...planes.map(({ c }) => Math.abs(c)));
  const corners: Vector3[] = [];
  // Open towards where two of the planes meet: no box of corners.
  let isOpen = false;
  const isWayOut = (way: Vector3): boolean =>
    Math.hypot(...way) > 1e-9 && planes.every(({ normal }) => dot(normal, way) <= 1e-9);
  planes.forEach((p, i) => {
    planes.slice(i + 1).forEach((q, j) => {
      const pq = cross(p.normal, q.normal);
      isOpen ||= isWayOut(pq) || isWayOut(scale(pq, -1));
      for (const r of planes.slice(i + j + 2)) {
        const volume = dot(pq, r.normal);
        if (Math.abs(volume) < 1e-9) continue;
        const [u, v, w] = [
          scale(cross(q.normal, r.normal), p.c),
          scale(cross(r.normal, p.normal), q.c),
          scale(pq, r.c),
        ];
        const sum: Vector3 = [u[0] + v[0] + w[0], u[1] + v[1] + w[1], u[2] + v[2] + w[2]];
        const corner = scale(sum, 1 / volume);
        if (planes.every(({ normal, c }) => dot(normal, corner) <= c + 1e-6 * size))
          corners.push(corner);
      }
    });
  });
  return corners.length >= 4 && !isOpen ? boxAround(corners) : undefined;
}
