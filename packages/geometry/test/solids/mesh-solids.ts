import { RandomStream, type Vector3 } from '@lantern/units';
import type { Solid } from '../../src/model/solid.ts';

type Facet = readonly Vector3[];

/** A ball of triangles: each triangle of an octahedron in four, so many times; its vertices at `radius` of their direction. */
export function ballFacets(
  times: number,
  radius: (direction: Vector3) => number = () => 50,
): Facet[] {
  const axes: Vector3[] = [
    [1, 0, 0],
    [0, 1, 0],
    [-1, 0, 0],
    [0, -1, 0],
  ];
  let facets: Facet[] = axes.flatMap((a, i): Facet[] => {
    const b = axes[(i + 1) % 4] ?? a;
    return [
      [a, b, [0, 0, 1]],
      [b, a, [0, 0, -1]],
    ];
  });
  for (let i = 0; i < times; i++) facets = facets.flatMap(quarters);
  return facets.map((facet) =>
    facet.map((corner) => corner.map((x) => x * radius(corner)) as unknown as Vector3),
  );
}

function quarters([a, b, c]: Facet): Facet[] {
  if (!a || !b || !c) return [];
  const between = (p: Vector3, q: Vector3): Vector3 => {
    const sum = p.map((x, i) => x + (q[i] ?? 0));
    const norm = Math.hypot(...sum);
    return sum.map((x) => x / norm) as unknown as Vector3;
  };
  const [ab, bc, ca] = [between(a, b), between(b, c), between(c, a)];
  return [
    [a, ab, ca],
    [ab, b, bc],
    [ca, bc, c],
    [ab, bc, ca],
  ];
}

/** The facets inside out. */
export function turnedOver(facets: readonly Facet[]): Facet[] {
  return facets.map((facet) => facet.toReversed());
}

/** The facets elsewhere. */
export function shifted(facets: readonly Facet[], by: Vector3): Facet[] {
  return facets.map((facet) =>
    facet.map((corner) => corner.map((x, i) => x + (by[i] ?? 0)) as unknown as Vector3),
  );
}

/** A box of six quadrangles. */
export function boxFacets([x, y, z]: Vector3): Facet[] {
  const corner = (i: number, j: number, k: number): Vector3 => [i * x, j * y, k * z];
  return [
    [corner(-1, -1, -1), corner(-1, 1, -1), corner(1, 1, -1), corner(1, -1, -1)],
    [corner(-1, -1, 1), corner(1, -1, 1), corner(1, 1, 1), corner(-1, 1, 1)],
    [corner(-1, -1, -1), corner(1, -1, -1), corner(1, -1, 1), corner(-1, -1, 1)],
    [corner(-1, 1, -1), corner(-1, 1, 1), corner(1, 1, 1), corner(1, 1, -1)],
    [corner(-1, -1, -1), corner(-1, -1, 1), corner(-1, 1, 1), corner(-1, 1, -1)],
    [corner(1, -1, -1), corner(1, 1, -1), corner(1, 1, 1), corner(1, -1, 1)],
  ];
}

/** The volume of facets by their tetrahedra with the origin, mm³. */
export function facetVolume(facets: readonly Facet[]): number {
  let sum = 0;
  for (const [first = [0, 0, 0], ...rest] of facets)
    for (let i = 0; i + 1 < rest.length; i++) {
      const [b, c] = [rest[i] ?? first, rest[i + 1] ?? first];
      sum +=
        (first[0] * (b[1] * c[2] - b[2] * c[1]) +
          first[1] * (b[2] * c[0] - b[0] * c[2]) +
          first[2] * (b[0] * c[1] - b[1] * c[0])) /
        6;
    }
  return sum;
}

export const tessellated = (name: string, facets: readonly Facet[]): Solid => ({
  type: 'tessellated',
  name,
  facets,
});

/** A ball with bumps of all sizes, 30 to 50 mm times `size`, the same for the same seed: hollow everywhere. */
export function bumpyFacets(times: number, seed: number, size = 1): Facet[] {
  const random = new RandomStream(seed, 0);
  const radii = new Map<string, number>();
  return ballFacets(times, (direction) => {
    const key = direction.join(' ');
    const known = radii.get(key) ?? size * (30 + 20 * random.uniform());
    radii.set(key, known);
    return known;
  });
}

/** A star with so many points: an outline that is hollow at every other corner. */
export function star(points: number, outer: number, inner: number): { x: number; y: number }[] {
  return Array.from({ length: 2 * points }, (_, i) => {
    const r = i % 2 === 0 ? outer : inner;
    const phi = (Math.PI * i) / points;
    return { x: r * Math.cos(phi), y: r * Math.sin(phi) };
  });
}
