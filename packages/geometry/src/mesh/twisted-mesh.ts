import type { Point2 } from '../model/solid.ts';
import { MeshBuilder } from './mesh-builder.ts';
import type { TriangleMesh } from './triangle-mesh.ts';
import { pointOnSide, type TwistedPrism } from './twisted-prism.ts';

/** A twisted solid in triangles, and how far these may be from it. */
export interface TwistedMesh {
  readonly mesh: TriangleMesh;
  /** No point of the mesh is further than this from the surface, mm, nor the other way round. */
  readonly tolerance: number;
}

/** What is wanted: 1e-5 of the size, and never more triangles than this. */
const WANTED = 1e-5;
const MOST_TRIANGLES = 200_000;

/**
 * A twisted solid by triangles whose vertices are on it: a grid on each side, of `rows` along z and `columns` between
 * the edges. Between them a triangle with sides h_u and h_z is off by at most
 * (M_zz h_z² + 2 M_uz h_u h_z)/8, M being bounds of the second derivatives (Filip, Magedson, Markot 1986,
 * doi:10.1016/0167-8396(86)90005-1); M_uu is 0, since the sides are ruled.
 */
export function twistedMesh(prism: TwistedPrism): TwistedMesh {
  const { turning, shearing, size } = secondDerivatives(prism);
  const height = 2 * prism.halfZ;
  const offBy = (rows: number, columns: number): number =>
    ((turning * height * height) / (rows * rows) + (2 * shearing * height) / (rows * columns)) / 8;
  let rows = 1;
  let columns = 1;
  let wanted = WANTED * size;
  for (;;) {
    rows = Math.max(1, Math.ceil(height * Math.sqrt(turning / (4 * wanted))));
    columns = Math.max(1, Math.ceil((shearing * height) / (2 * wanted * rows)));
    if (8 * rows * columns <= MOST_TRIANGLES) break;
    wanted *= 1.1;
  }
  // Rounding of the vertices.
  return { mesh: gridMesh(prism, rows, columns), tolerance: offBy(rows, columns) + 1e-14 * size };
}

/**
 * With a corner a(z), linear in z, and the turn R(κz): |∂²/∂z²| <= κ²|a| + 2κ|a'|, and ∂²/∂u∂z, u along the side from
 * a to b, <= κ|b - a| + |b' - a'|.
 */
function secondDerivatives({ low, high, halfZ, turn }: TwistedPrism): {
  turning: number;
  shearing: number;
  size: number;
} {
  const kappa = Math.abs(turn);
  let [turning, shearing, size] = [0, 0, 0];
  low.forEach((a, i) => {
    const b = high[i] ?? a;
    const next = (i + 1) % low.length;
    const [c, d] = [low[next] ?? a, high[next] ?? b];
    const radius = Math.max(Math.hypot(a.x, a.y), Math.hypot(b.x, b.y));
    const drift = distance(a, b) / (2 * halfZ);
    turning = Math.max(turning, kappa * kappa * radius + 2 * kappa * drift);
    const side = Math.max(distance(a, c), distance(b, d));
    const opening = Math.hypot(d.x - c.x - b.x + a.x, d.y - c.y - b.y + a.y) / (2 * halfZ);
    shearing = Math.max(shearing, kappa * side + opening);
    size = Math.max(size, 2 * Math.hypot(radius, halfZ));
  });
  return { turning, shearing, size };
}

function distance(a: Point2, b: Point2): number {
  return Math.hypot(b.x - a.x, b.y - a.y);
}

function gridMesh(prism: TwistedPrism, rows: number, columns: number): TriangleMesh {
  const builder = new MeshBuilder();
  const sides = prism.low.length;
  // One ring of vertices for each z, counterclockwise, starting in corner 0.
  const rings = Array.from({ length: rows + 1 }, (_, row) => {
    const z = row === rows ? prism.halfZ : -prism.halfZ + (2 * prism.halfZ * row) / rows;
    return Array.from({ length: sides * columns }, (_, k) => {
      const { x, y } = pointOnSide(prism, Math.floor(k / columns), (k % columns) / columns, z);
      return builder.vertex(x, y, z);
    });
  });
  rings.slice(1).forEach((above, row) => {
    const below = rings[row] ?? above;
    below.forEach((a, k) => {
      const next = (k + 1) % below.length;
      builder.quadrangle(a, below[next] ?? a, above[next] ?? a, above[k] ?? a);
    });
  });
  closeEnd(builder, prism, rings[0] ?? [], -prism.halfZ);
  closeEnd(builder, prism, rings.at(-1) ?? [], prism.halfZ);
  return builder.mesh();
}

/** The ends are convex: triangles from their middle to all vertices around. */
function closeEnd(
  builder: MeshBuilder,
  prism: TwistedPrism,
  ring: readonly number[],
  z: number,
): void {
  const centre = builder.vertex(prism.leanX * z, prism.leanY * z, z);
  ring.forEach((a, k) => {
    const b = ring[(k + 1) % ring.length] ?? a;
    if (z > 0) builder.triangle(centre, a, b);
    else builder.triangle(centre, b, a);
  });
}
