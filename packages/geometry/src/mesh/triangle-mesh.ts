import type { Vector3 } from '@lantern/units';
import type { Box3 } from '../solids/box3.ts';

/** A closed surface of triangles; seen from outside, the corners of each run counterclockwise. */
export interface TriangleMesh {
  /** x, y, z of each vertex, mm. */
  readonly vertices: Float64Array;
  /** The three vertices of each triangle, by index. */
  readonly triangles: Int32Array;
}

/** Number of triangles. */
export function triangleCount({ triangles }: TriangleMesh): number {
  return triangles.length / 3;
}

/** A vertex of the mesh by its index. */
export function vertexOf({ vertices }: TriangleMesh, index: number): Vector3 {
  const at = 3 * index;
  return [vertices[at] ?? 0, vertices[at + 1] ?? 0, vertices[at + 2] ?? 0];
}

/** The three corners of a triangle. */
export function cornersOf(mesh: TriangleMesh, triangle: number): [Vector3, Vector3, Vector3] {
  const at = 3 * triangle;
  const corner = (i: number): Vector3 => vertexOf(mesh, mesh.triangles[at + i] ?? 0);
  return [corner(0), corner(1), corner(2)];
}

/** The smallest box around all vertices. */
export function meshBounds({ vertices }: TriangleMesh): Box3 {
  const far = Number.POSITIVE_INFINITY;
  const min: [number, number, number] = [far, far, far];
  const max: [number, number, number] = [-far, -far, -far];
  for (let i = 0; i < vertices.length; i++) {
    const axis = i % 3;
    const x = vertices[i] ?? 0;
    min[axis] = Math.min(min[axis] ?? 0, x);
    max[axis] = Math.max(max[axis] ?? 0, x);
  }
  return { min, max };
}

/** The greatest distance of a vertex from the origin, mm. */
export function meshReach({ vertices }: TriangleMesh): number {
  let square = 0;
  for (let i = 0; i < vertices.length; i += 3) {
    const [x = 0, y = 0, z = 0] = vertices.subarray(i, i + 3);
    square = Math.max(square, x * x + y * y + z * z);
  }
  return Math.sqrt(square);
}

/**
 * The volume inside, mm³: the sum of the tetrahedra between the triangles and one of the vertices; negative when the
 * mesh is inside out.
 */
export function meshVolume({ vertices, triangles }: TriangleMesh): number {
  const [x0 = 0, y0 = 0, z0 = 0] = vertices;
  let sum = 0;
  for (let i = 0; i < triangles.length; i += 3) {
    const a = 3 * (triangles[i] ?? 0);
    const b = 3 * (triangles[i + 1] ?? 0);
    const c = 3 * (triangles[i + 2] ?? 0);
    const ax = (vertices[a] ?? 0) - x0;
    const ay = (vertices[a + 1] ?? 0) - y0;
    const az = (vertices[a + 2] ?? 0) - z0;
    const bx = (vertices[b] ?? 0) - x0;
    const by = (vertices[b + 1] ?? 0) - y0;
    const bz = (vertices[b + 2] ?? 0) - z0;
    const cx = (vertices[c] ?? 0) - x0;
    const cy = (vertices[c + 1] ?? 0) - y0;
    const cz = (vertices[c + 2] ?? 0) - z0;
    sum += ax * (by * cz - bz * cy) + ay * (bz * cx - bx * cz) + az * (bx * cy - by * cx);
  }
  return sum / 6;
}

/** The mesh inside out. */
export function turnedOver({ vertices, triangles }: TriangleMesh): TriangleMesh {
  const turned = triangles.slice();
  for (let i = 0; i < turned.length; i += 3) {
    turned[i + 1] = triangles[i + 2] ?? 0;
    turned[i + 2] = triangles[i + 1] ?? 0;
  }
  return { vertices, triangles: turned };
}
