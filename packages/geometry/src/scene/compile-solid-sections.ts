import { GeometryError } from '../errors.ts';
import type { Polycone, Polyhedra, ZPlane } from '../model/solid.ts';
import {
  frustum,
  type Plane,
  planes,
  type Shape,
  subtraction,
  union,
} from './compile-solid-shape.ts';
import { cutPhi, direction, isFullTurn } from './compile-solid-wedge.ts';

/** Between two z planes, z1 < z2: a radius (or a distance to the sides) at each end. */
type MakeSection = (z1: number, z2: number, r1: number, r2: number) => Shape;

/** [SOL13] The union of a frustum for each section, less the union of the inner ones. */
export function polyconeShape(solid: Polycone): Shape {
  return cutPhi(stack(solid, frustum), solid.startphi, solid.deltaphi);
}

/** [SOL14] As the polycone, with regular polyhedra of `numsides` sides over the opening in phi. */
export function polyhedraShape(solid: Polyhedra): Shape {
  const { startphi, numsides } = solid;
  const turn = isFullTurn(solid.deltaphi) ? 2 * Math.PI : solid.deltaphi;
  const step = turn / numsides;
  if (!(numsides >= 1 && step < Math.PI)) {
    throw new GeometryError({
      what: `<polyhedra name="${solid.name}"> has too few sides for its opening`,
      given: `numsides ${numsides} over ${turn} rad`,
      expected: 'less than pi for each side',
    });
  }
  const normals = Array.from({ length: numsides }, (_, i) =>
    direction(startphi + (i + 0.5) * step),
  );
  const section: MakeSection = (z1, z2, r1, r2) =>
    polyhedron(normals, z1, z2, r1, r2, Math.max(r1, r2) / Math.cos(step / 2));
  return cutPhi(stack(solid, section), startphi, solid.deltaphi);
}

/** More planes than this do not fit one leaf: a face number has ten bits. */
const MOST_PLANES = 1000;

function polyhedron(
  normals: readonly (readonly [cos: number, sin: number])[],
  z1: number,
  z2: number,
  r1: number,
  r2: number,
  corner: number,
): Shape {
  if (normals.length > MOST_PLANES) {
    throw new GeometryError({
      what: 'a polyhedra has too many sides',
      given: `${normals.length}`,
      expected: `at most ${MOST_PLANES}`,
    });
  }
  const slope = (r2 - r1) / (z2 - z1);
  const norm = Math.hypot(1, slope);
  const sides = normals.map(
    ([cos, sin]): Plane => ({
      normal: [cos / norm, sin / norm, -slope / norm],
      c: (r1 - slope * z1) / norm,
    }),
  );
  const ends: readonly Plane[] = [
    { normal: [0, 0, -1], c: -z1 },
    { normal: [0, 0, 1], c: z2 },
  ];
  return planes([...ends, ...sides], Math.hypot(corner, Math.max(-z1, z2)));
}

/** The sections between neighbouring z planes, outer less inner. */
function stack(solid: Polycone | Polyhedra, section: MakeSection): Shape {
  const levels = ascending(solid);
  const outer: Shape[] = [];
  const inner: Shape[] = [];
  levels.slice(1).forEach((upper, i) => {
    const lower = levels[i] as ZPlane;
    // Two planes at one z are a step, not a section.
    if (lower.z === upper.z) return;
    if (lower.rmax > 0 || upper.rmax > 0)
      outer.push(section(lower.z, upper.z, lower.rmax, upper.rmax));
    if (lower.rmin > 0 || upper.rmin > 0)
      inner.push(section(lower.z, upper.z, lower.rmin, upper.rmin));
  });
  if (outer.length === 0) {
    throw new GeometryError({ what: `<${solid.type} name="${solid.name}"> has no volume` });
  }
  return subtraction(union(outer), inner.length > 0 ? union(inner) : undefined);
}

function ascending({ type, name, planes: levels }: Polycone | Polyhedra): readonly ZPlane[] {
  const steps = levels.slice(1).map((level, i) => level.z - (levels[i]?.z ?? 0));
  if (steps.every((step) => step >= 0)) return levels;
  if (steps.every((step) => step <= 0)) return levels.toReversed();
  throw new GeometryError({
    what: `the z planes of <${type} name="${name}"> go up and down`,
    given: levels.map(({ z }) => `z = ${z}`).join(', '),
    expected: 'z that only rises or only falls',
  });
}
