import type { Vector3 } from '@lantern/units';
import type { Solid } from '../model/solid.ts';
import { type Box3, emptyBox, joinBoxes } from '../solids/box3.ts';
import { inside } from '../solids/inside.ts';
import { type Items, itemsOf, split } from './build-hierarchy.ts';

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
 * Which of the hulls surely have no point in common with another: neither their boxes nor their balls meet. Each is
 * looked up in a tree of all of them: n log n for things of like size, wherever they stand.
 */
export function apartFromAll(hulls: readonly Hull[]): boolean[] {
  const apart = hulls.map(() => true);
  if (hulls.length < 2) return apart;
  const items = itemsOf(
    hulls.map(({ box }) => box),
    0,
  );
  const root = groupOf(items, hulls, 0, hulls.length);
  hulls.forEach((hull, i) => {
    // What is known to touch something needs no more proof.
    const other = apart[i] ? firstThatTouches(root, hulls, hull, i) : -1;
    if (other < 0) return;
    apart[i] = false;
    apart[other] = false;
  });
  return apart;
}

/** Hulls near each other: a few of them, or two groups. */
interface Group {
  readonly box: Box3;
  readonly parts: readonly [Group, Group] | undefined;
  readonly members: Int32Array;
}

const fewMembers = 4;

function groupOf(items: Items, hulls: readonly Hull[], begin: number, end: number): Group {
  if (end - begin <= fewMembers) {
    const members = items.order.slice(begin, end);
    const boxes = Array.from(members, (i) => hulls[i]?.box ?? emptyBox);
    return { box: boxes.reduce(joinBoxes, emptyBox), parts: undefined, members };
  }
  const middle = split(items, begin, end);
  const low = groupOf(items, hulls, begin, middle);
  const high = groupOf(items, hulls, middle, end);
  return { box: joinBoxes(low.box, high.box), parts: [low, high], members: noMembers };
}

const noMembers = new Int32Array(0);

/** A hull, other than the i-th, that may have a point in common with it; -1: there is none. */
function firstThatTouches(root: Group, hulls: readonly Hull[], hull: Hull, i: number): number {
  const open = [root];
  for (let group = open.pop(); group; group = open.pop()) {
    if (areApart(group.box, hull.box)) continue;
    if (group.parts) open.push(...group.parts);
    for (const j of group.members) {
      const other = hulls[j];
      if (other && j !== i && mayTouch(hull, other)) return j;
    }
  }
  return -1;
}

function areApart(a: Box3, b: Box3): boolean {
  for (const axis of [0, 1, 2] as const) {
    if (a.max[axis] < b.min[axis] || b.max[axis] < a.min[axis]) return true;
  }
  return false;
}

function mayTouch(a: Hull, b: Hull): boolean {
  if (areApart(a.box, b.box)) return false;
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
