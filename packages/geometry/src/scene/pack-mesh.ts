import { meshBounds, type TriangleMesh } from '../mesh/triangle-mesh.ts';
import { buildMeshHierarchy, meshNodeBytes } from './build-mesh-hierarchy.ts';
import type { SceneSections } from './section-writer.ts';

/** Where a mesh is in the packed scene. */
export interface PackedMesh {
  /** Its numbers in `param`. */
  readonly params: number;
  /** The root of its hierarchy in `meshNode`. */
  readonly root: number;
}

/**
 * Writes a mesh: vertices, triangles in the order of the hierarchy's leaves, the hierarchy.
 *
 * @param tolerance of the solid that it belongs to, mm
 */
export function packMesh(
  mesh: TriangleMesh,
  tolerance: number,
  sections: SceneSections,
): PackedMesh {
  const { min, max } = meshBounds(mesh);
  const middle = (axis: 0 | 1 | 2): number => (min[axis] + max[axis]) / 2;
  const centre = [middle(0), middle(1), middle(2)] as const;
  const extent = Math.max(max[0] - min[0], max[1] - min[1], max[2] - min[2]) / 2;
  // 32-bit boxes and slab tests are off by a few 1e-7 of the largest coordinate about the centre.
  const margin = 2e-6 * extent + 4 * tolerance;
  const { order, nodes, nodeCount } = buildMeshHierarchy(mesh, centre, margin);

  const firstVertex = sections.meshVertex.count / 3;
  sections.meshVertex.appendAll(mesh.vertices);
  const firstTriangle = sections.triangle.count;
  const corners = new Int32Array(3 * order.length);
  order.forEach((triangle, i) => {
    for (let k = 0; k < 3; k++)
      corners[3 * i + k] = firstVertex + (mesh.triangles[3 * triangle + k] ?? 0);
  });
  sections.triangle.appendBytes(new Uint8Array(corners.buffer));
  const root = sections.meshNode.count;
  moveChildren(nodes, nodeCount, root, firstTriangle);
  sections.meshNode.appendBytes(new Uint8Array(nodes));
  const half = [0, 1, 2].map((i) => ((max[i] ?? 0) - (min[i] ?? 0)) / 2 + margin);
  return { params: sections.param.append(...centre, ...half, tolerance), root };
}

/** Children and triangles count from 0 in the hierarchy, and from what is there already in the scene. */
function moveChildren(nodes: ArrayBuffer, count: number, root: number, triangle: number): void {
  const bounds = new Float32Array(nodes);
  const children = new Int32Array(nodes);
  const stride = meshNodeBytes / 4;
  for (let node = 0; node < count; node++)
    for (let lane = 0; lane < 4; lane++) {
      const at = stride * node + 24 + lane;
      const isEmpty =
        (bounds[stride * node + lane] ?? 0) > (bounds[stride * node + 12 + lane] ?? 0);
      const child = children[at] ?? 0;
      if (isEmpty) children[at] = -1;
      else children[at] = child >= 0 ? child + root : ~(~child + 8 * triangle);
    }
}
