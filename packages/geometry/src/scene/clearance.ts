import type { Vector3 } from '@lantern/units';
import type { Solid } from '../model/solid.ts';
import type { Box3 } from '../solids/box3.ts';
import { inside } from '../solids/inside.ts';

/** A thing known by a box and a ball that both hold it, mm. */
export interface Hull {
  readonly box: Box3;
  readonly centre: Vector3;
  readonly radius: number;
  /** No point of it is further from the z axis. */
  readonly fromAxis: number;
}

/** A hull that is larger by `margin` mm on all sides. */
export function grownHull(hull: Hull, margin: number): Hull {
  const { min, max } = hull.box;
  const [mx, my, mz] = [margin, margin, margin];
  return {
    box: {
      min: [min[0] - mx, min[1] - my, min[2] - mz],
      max: [max[0] + mx, max[1] + my, max[2] + mz],
    },
    centre: hull.centre,
    radius: hull.radius + margin,
    fromAxis: hull.fromAxis + margin,
  };
}

/**
 * Which of the hulls surely have no point in common with another: neither their boxes nor their balls meet. A sweep
 * along x: n log n for things of like size.
 */
export function apartFromAll(hulls: readonly Hull[]): boolean[] {
  const apart = hulls.map(() => true);
  const order = hulls.map((_, i) => i).sort((a, b) => minX(hulls, a) - minX(hulls, b));
  let active: number[] = [];
  for (const i of order) {
    const hull = hulls[i];
    if (!hull) continue;
    active = active.filter((j) => (hulls[j]?.box.max[0] ?? 0) >= hull.box.min[0]);
    for (const j of active) {
      // What is known to touch something needs no more proof.
      if (!(apart[i] || apart[j])) continue;
      const other = hulls[j];
      if (other && mayTouch(hull, other)) {
        apart[i] = false;
        apart[j] = false;
      }
    }
    active.push(i);
  }
  return apart;
}

function minX(hulls: readonly Hull[], i: number): number {
  return hulls[i]?.box.min[0] ?? 0;
}

function mayTouch(a: Hull, b: Hull): boolean {
  for (const axis of [0, 1, 2] as const) {
    if (a.box.max[axis] < b.box.min[axis] || b.box.max[axis] < a.box.min[axis]) return false;
  }
  const [x, y, z] = a.centre;
  const distance = Math.hypot(x - b.centre[0], y - b.centre[1], z - b.centre[2]);
  return distance <= a.radius + b.radius;
}

/** Solids that hold a box when they hold its corners. */
const convex: ReadonlySet<string> = new Set([
  'box',
  'orb',
  'ellipsoid',
  'eltube',
  'trd',
  'para',
  'trap',
  'tet',
]);

/**
 * Whether the solid surely holds the hull: a proof for convex solids and unions with one such, false where there is
 * none.
 */
export function holdsHull(
  solids: ReadonlyMap<string, Solid>,
  name: string,
): (hull: Hull) => boolean {
  let solid = solids.get(name);
  while (solid?.type === 'union' && solid.firstTransform === undefined)
    solid = solids.get(solid.first);
  if (!solid) return () => false;
  if (!isConvex(solid)) return () => false;
  const holds = inside(solids, solid.name);
  return (hull) =>
    holdsRound(solid, hull) || cornersOf(hull.box).every(([x, y, z]) => holds(x, y, z));
}

function isConvex(solid: Solid): boolean {
  if (solid.type === 'tube') return solid.rmin === 0 && solid.deltaphi >= 2 * Math.PI;
  if (solid.type === 'cone')
    return solid.rmin1 === 0 && solid.rmin2 === 0 && solid.deltaphi >= 2 * Math.PI;
  if (solid.type === 'sphere')
    return solid.rmin === 0 && solid.deltaphi >= 2 * Math.PI && solid.deltatheta >= Math.PI;
  return convex.has(solid.type);
}

/** For solids about the origin. */
function holdsRound(solid: Solid, { box, centre, radius, fromAxis }: Hull): boolean {
  const [x, y, z] = centre;
  switch (solid.type) {
    case 'orb':
      return Math.hypot(x, y, z) + radius < solid.r;
    case 'sphere':
      return Math.hypot(x, y, z) + radius < solid.rmax;
    case 'tube':
      return fromAxis < solid.rmax && box.min[2] > -solid.z / 2 && box.max[2] < solid.z / 2;
    default:
      return false;
  }
}

function cornersOf({ min, max }: Box3): Vector3[] {
  return [min[0], max[0]].flatMap((x) =>
    [min[1], max[1]].flatMap((y) => [min[2], max[2]].map((z): Vector3 => [x, y, z])),
  );
}
