import { cross, dot, subtract, type Vector3 } from '@lantern/units';
import { GeometryError } from '../errors.ts';
import { unbalancedEdges } from './edge-balance.ts';
import { MeshBuilder } from './mesh-builder.ts';
import { orientShells } from './orient-shells.ts';
import { type TriangleMesh, vertexOf } from './triangle-mesh.ts';
import { weldedVertices } from './weld-vertices.ts';

/** A surface given by facets, and what was mended. */
export interface FacetMesh {
  readonly mesh: TriangleMesh;
  readonly warning?: string;
}

/**
 * The closed surface of the facets, triangles and quadrangles; these are parted along the diagonal that leaves two
 * triangles facing one way. Vertices nearer than 1e-9 of the size are one where the facets do not fit otherwise.
 *
 * @param where the element, for errors: `<tessellated name="…">`
 * @throws {GeometryError} when it is open, or neighbours face different ways, with the facet (from 1) and the edge;
 * when a coordinate is not finite; when it holds no volume
 */
export function facetMesh(facets: readonly (readonly Vector3[])[], where: string): FacetMesh {
  const builder = new MeshBuilder();
  const facetOf: number[] = [];
  facets.forEach((corners, facet) => {
    requireFinite(corners, facet, where);
    for (const [a, b, c] of trianglesOf(corners)) {
      const added = builder.triangle(
        builder.vertex(...a),
        builder.vertex(...b),
        builder.vertex(...c),
      );
      if (added) facetOf.push(facet);
    }
  });
  let mesh = builder.mesh();
  let facetOfTriangle: readonly number[] = facetOf;
  const odd = unbalancedEdges(mesh);
  if (odd.length > 0) {
    const welded = weldedVertices(mesh, odd);
    mesh = welded.mesh;
    facetOfTriangle = welded.kept.map((triangle) => facetOf[triangle] ?? 0);
  }
  requireClosed(mesh, facetOfTriangle, where);
  return orientShells(mesh, where);
}

type Corners = readonly [Vector3, Vector3, Vector3];

function trianglesOf(corners: readonly Vector3[]): Corners[] {
  const [a, b, c, d] = corners;
  if (!a || !b || !c) return [];
  if (!d) return [[a, b, c]];
  const first = cross(subtract(b, a), subtract(c, a));
  const second = cross(subtract(c, a), subtract(d, a));
  if (dot(first, second) >= 0) {
    return [
      [a, b, c],
      [a, c, d],
    ];
  }
  return [
    [a, b, d],
    [b, c, d],
  ];
}

function requireFinite(corners: readonly Vector3[], facet: number, where: string): void {
  const odd = corners.find((corner) => !corner.every(Number.isFinite));
  if (!odd) return;
  throw new GeometryError({
    what: `facet ${facet + 1} of ${where} has a corner that is not finite`,
    given: inWords(odd),
  });
}

function requireClosed(mesh: TriangleMesh, facetOf: readonly number[], where: string): void {
  const odd = unbalancedEdges(mesh);
  if (odd.length === 0) return;
  const worst = odd.reduce((a, b) => (b.triangle < a.triangle ? b : a));
  const isOpen = worst.uses % 2 !== 0;
  const edge = `${inWords(vertexOf(mesh, worst.from))} to ${inWords(vertexOf(mesh, worst.to))}`;
  throw new GeometryError({
    what: isOpen
      ? `${where} is not closed: facet ${(facetOf[worst.triangle] ?? 0) + 1} has an edge that no other facet has`
      : `${where} is not oriented: facet ${(facetOf[worst.triangle] ?? 0) + 1} and its neighbour face different ways`,
    given: `the edge ${edge} mm, one of ${odd.length} such`,
    expected:
      'facets that meet edge to edge around a volume, their corners counterclockwise from outside',
    hint: isOpen
      ? 'add the facet that is missing, or use the same vertices on both sides of the edge'
      : 'turn the order of the corners of one of them around',
  });
}

function inWords(point: Vector3): string {
  return `(${point.join(', ')})`;
}
