import type { Point2, Xtru } from '../model/solid.ts';
import { clipEars } from './ear-clipping.ts';
import { MeshBuilder } from './mesh-builder.ts';
import type { TriangleMesh } from './triangle-mesh.ts';

/** A section of an extruded solid. */
export type XtruSection = Xtru['sections'][number];

/**
 * The surface of an outline that is moved and scaled from section to section, at ascending z: exact, since each side
 * stays parallel to itself, so that the faces between two sections are flat.
 *
 * @param outline counterclockwise, simple ({@link cleanOutline})
 */
export function prismMesh(
  outline: readonly Point2[],
  sections: readonly XtruSection[],
): TriangleMesh {
  const builder = new MeshBuilder();
  const rings = sections.map(({ z, xOffset, yOffset, scale }) =>
    outline.map(({ x, y }) => builder.vertex(xOffset + scale * x, yOffset + scale * y, z)),
  );
  rings.slice(1).forEach((high, k) => {
    const low = rings[k] ?? high;
    low.forEach((a, i) => {
      const next = (i + 1) % low.length;
      builder.quadrangle(a, low[next] ?? a, high[next] ?? a, high[i] ?? a);
    });
  });
  const ears = clipEars(outline);
  const bottom = rings[0] ?? [];
  const top = rings.at(-1) ?? [];
  for (let i = 0; i < ears.length; i += 3) {
    const [a = 0, b = 0, c = 0] = ears.slice(i, i + 3);
    builder.triangle(bottom[a] ?? 0, bottom[c] ?? 0, bottom[b] ?? 0);
    builder.triangle(top[a] ?? 0, top[b] ?? 0, top[c] ?? 0);
  }
  return builder.mesh();
}
