import type { UnbalancedEdge } from './edge-balance.ts';
import { meshBounds, type TriangleMesh } from './triangle-mesh.ts';

/**
 * The mesh with those vertices of the edges joined that are nearer to each other than 1e-9 of its size: where they were
 * written with rounding. `kept` is the old index of each triangle that still has three vertices.
 */
export function weldedVertices(
  mesh: TriangleMesh,
  edges: readonly UnbalancedEdge[],
): { mesh: TriangleMesh; kept: number[] } {
  const { vertices, triangles } = mesh;
  const { min, max } = meshBounds(mesh);
  const reach = 1e-9 * Math.hypot(max[0] - min[0], max[1] - min[1], max[2] - min[2]);
  const x = (vertex: number, axis = 0): number => vertices[3 * vertex + axis] ?? 0;
  const loose = [...new Set(edges.flatMap(({ from, to }) => [from, to]))];
  loose.sort((a, b) => x(a) - x(b));
  const target = Int32Array.from({ length: vertices.length / 3 }, (_, i) => i);
  loose.forEach((vertex, i) => {
    if (target[vertex] !== vertex) return;
    for (let k = i + 1; k < loose.length; k++) {
      const other = loose[k] ?? vertex;
      if (x(other) - x(vertex) > reach) break;
      const away = Math.hypot(
        x(other) - x(vertex),
        x(other, 1) - x(vertex, 1),
        x(other, 2) - x(vertex, 2),
      );
      if (away <= reach && target[other] === other) target[other] = vertex;
    }
  });
  const kept: number[] = [];
  const joined: number[] = [];
  for (let i = 0; i < triangles.length; i += 3) {
    const [a = 0, b = 0, c = 0] = triangles.subarray(i, i + 3).map((v) => target[v] ?? v);
    if (a === b || b === c || c === a) continue;
    joined.push(a, b, c);
    kept.push(i / 3);
  }
  return { mesh: { vertices, triangles: Int32Array.from(joined) }, kept };
}
