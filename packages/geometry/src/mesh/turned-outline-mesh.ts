import type { Point2 } from '../model/solid.ts';
import { clipEars } from './ear-clipping.ts';
import { MeshBuilder } from './mesh-builder.ts';
import type { TriangleMesh } from './triangle-mesh.ts';

/**
 * The surface of an outline in the r-z plane that stands in some half-planes about z, its corners joined by straight
 * lines from one to the next: exact, since each side makes flat faces.
 *
 * @param outline x is r >= 0, y is z; counterclockwise, simple
 * @param directions cosine and sine of the half-planes, counterclockwise, less than half a turn apart
 * @param closed whether the last is followed by the first; otherwise the ends are faces
 */
export function turnedOutlineMesh(
  outline: readonly Point2[],
  directions: readonly (readonly [cos: number, sin: number])[],
  closed: boolean,
): TriangleMesh {
  const builder = new MeshBuilder();
  const stations = directions.map(([cos, sin]) =>
    outline.map(({ x, y }) => builder.vertex(x * cos, x * sin, y)),
  );
  const count = closed ? stations.length : stations.length - 1;
  for (let k = 0; k < count; k++) {
    const here = stations[k] ?? [];
    const there = stations[(k + 1) % stations.length] ?? [];
    here.forEach((a, i) => {
      const next = (i + 1) % here.length;
      builder.quadrangle(a, there[i] ?? a, there[next] ?? a, here[next] ?? a);
    });
  }
  if (!closed) closeEnds(builder, outline, stations[0] ?? [], stations.at(-1) ?? []);
  return builder.mesh();
}

/** Seen against the way of phi, r to the right and z up, the outline runs counterclockwise. */
function closeEnds(
  builder: MeshBuilder,
  outline: readonly Point2[],
  first: readonly number[],
  last: readonly number[],
): void {
  const ears = clipEars(outline);
  for (let i = 0; i < ears.length; i += 3) {
    const [a = 0, b = 0, c = 0] = ears.slice(i, i + 3);
    builder.triangle(first[a] ?? 0, first[b] ?? 0, first[c] ?? 0);
    builder.triangle(last[a] ?? 0, last[c] ?? 0, last[b] ?? 0);
  }
}
