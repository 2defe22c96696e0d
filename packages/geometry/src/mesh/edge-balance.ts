import type { TriangleMesh } from './triangle-mesh.ts';

/** An edge of a mesh that is not gone along as often one way as the other. */
export interface UnbalancedEdge {
  readonly from: number;
  readonly to: number;
  /** A triangle that has it. */
  readonly triangle: number;
  /** How many triangles have it: an odd number where the mesh is open. */
  readonly uses: number;
}

/**
 * The edges where the triangles do not fit together: a mesh is closed, and all of it is oriented alike, when each edge
 * is gone along as often one way as the other. A ray then goes in as often as it comes out.
 *
 * @param most only so many are looked for
 */
export function unbalancedEdges(
  { triangles }: TriangleMesh,
  most: number = Number.POSITIVE_INFINITY,
): UnbalancedEdge[] {
  let size = 16;
  while (size < 3 * triangles.length) size *= 2;
  const low = new Int32Array(size).fill(-1);
  const high = new Int32Array(size);
  const balance = new Int16Array(size);
  const uses = new Int16Array(size);
  const first = new Int32Array(size);
  for (let i = 0; i < triangles.length; i++) {
    const from = triangles[i] ?? 0;
    const to = triangles[i % 3 === 2 ? i - 2 : i + 1] ?? 0;
    const [a, b] = from < to ? [from, to] : [to, from];
    let slot = (Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b)) >>> 0;
    slot = (slot ^ (slot >>> 15)) & (size - 1);
    while (low[slot] !== -1 && (low[slot] !== a || high[slot] !== b))
      slot = (slot + 1) & (size - 1);
    if (low[slot] === -1) {
      low[slot] = a;
      high[slot] = b;
      first[slot] = Math.floor(i / 3);
    }
    balance[slot] = (balance[slot] ?? 0) + (from < to ? 1 : -1);
    uses[slot] = (uses[slot] ?? 0) + 1;
  }
  const found: UnbalancedEdge[] = [];
  for (let slot = 0; slot < size && found.length < most; slot++) {
    if (balance[slot] === 0) continue;
    found.push({
      from: low[slot] ?? 0,
      to: high[slot] ?? 0,
      triangle: first[slot] ?? 0,
      uses: uses[slot] ?? 0,
    });
  }
  return found;
}
