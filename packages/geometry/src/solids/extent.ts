import type { Vector3 } from '@lantern/units';
import type { Solid } from '../model/solid.ts';
import type { Transform } from '../model/transform.ts';
import { boundsInOrder } from './bounds.ts';
import { type Box3, emptyBox } from './box3.ts';
import { partCount, partsFirst } from './parts-first.ts';

/** How far a solid reaches in its own frame, mm: upper bounds, tight for the round solids and unions of them. */
export interface Extent {
  /** At least the greatest d·p over the points p of the solid, d = (x, y, z). */
  along(x: number, y: number, z: number): number;
  /** At least the greatest distance of a point of the solid from (x, y, z). */
  from(x: number, y: number, z: number): number;
  /** At least the greatest distance of a point of the solid from the line through (x, y) along z. */
  around(x: number, y: number): number;
}

/**
 * How far a solid reaches in any direction, and from any point. A turned ellipsoid's box by this is half the volume of
 * the box around its turned box, so that fewer rays try it in vain.
 *
 * @param solids all solids of the detector
 * @throws {GeometryError} when a solid is missing, contains itself or has no finite bounds
 */
export function solidExtent(solids: ReadonlyMap<string, Solid>, name: string): Extent {
  const order = partsFirst(solids, name);
  const boxes = boundsInOrder(order);
  const ofBounds = (part: string): Extent => ofBox(boxes.get(part) ?? emptyBox);
  if (partCount(order) > MOST_ROUND) return ofBounds(name);
  const done = new Map<string, Extent>();
  for (const solid of order) {
    const round = extentOfType(solid, (other, transform) => {
      const inOwnFrame = done.get(other) ?? ofBounds(other);
      return transform ? moved(inOwnFrame, transform) : inOwnFrame;
    });
    const box = ofBounds(solid.name);
    done.set(solid.name, round ? both(round, box) : box);
  }
  return done.get(name) ?? ofBounds(name);
}

/** Of solids with more parts than this the box alone is used: to ask all of them would take long. */
const MOST_ROUND = 100;

/** The box around a solid that stands in its mother by an orthogonal transform and a scale. */
export function placedBox(extent: Extent, transform: Transform): Box3 {
  const { along } = moved(extent, transform);
  return {
    min: [-along(-1, 0, 0), -along(0, -1, 0), -along(0, 0, -1)],
    max: [along(1, 0, 0), along(0, 1, 0), along(0, 0, 1)],
  };
}

/** At least the greatest distance from `point` of a solid that stands by the transform, both in its mother's frame. */
export function placedReach(extent: Extent, transform: Transform, [x, y, z]: Vector3): number {
  return moved(extent, transform).from(x, y, z);
}

/** At least the greatest distance of a solid that stands by the transform from its mother's z axis. */
export function placedRadius(extent: Extent, transform: Transform): number {
  return moved(extent, transform).around(0, 0);
}

function extentOfType(
  solid: Solid,
  part: (name: string, transform?: Transform) => Extent,
): Extent | undefined {
  switch (solid.type) {
    case 'orb':
      return ofSphere(solid.r);
    case 'sphere':
      return ofSphere(solid.rmax);
    case 'ellipsoid':
      return ofEllipsoid(solid.ax, solid.by, solid.cz);
    case 'tube':
      return ofRims([-0.5, 0.5].map((end) => [solid.rmax, end * solid.z]));
    case 'cone':
      return ofRims([
        [solid.rmax1, -solid.z / 2],
        [solid.rmax2, solid.z / 2],
      ]);
    case 'polycone':
      return ofRims(solid.planes.map(({ rmax, z }) => [rmax, z]));
    case 'genericPolycone':
      return ofRims(solid.corners.map(({ r, z }) => [r, z]));
    case 'torus':
      return ofTorus(solid.rtor, solid.rmax);
    case 'union':
      return either([part(solid.first, solid.firstTransform), part(solid.second, solid.transform)]);
    case 'multiUnion':
      return either(solid.nodes.map((node) => part(node.solid, node.transform)));
    case 'intersection':
      return both(part(solid.first, solid.firstTransform), part(solid.second, solid.transform));
    case 'subtraction':
      return part(solid.first, solid.firstTransform);
    case 'reflectedSolid':
      return part(solid.solid, solid.transform);
    default:
      return undefined;
  }
}

function ofSphere(r: number): Extent {
  return {
    along: (x, y, z) => r * Math.hypot(x, y, z),
    from: (x, y, z) => r + Math.hypot(x, y, z),
    around: (x, y) => r + Math.hypot(x, y),
  };
}

function ofEllipsoid(a: number, b: number, c: number): Extent {
  const most = Math.max(a, b, c);
  return {
    along: (x, y, z) => Math.hypot(a * x, b * y, c * z),
    from: (x, y, z) => most + Math.hypot(x, y, z),
    around: (x, y) => Math.max(a, b) + Math.hypot(x, y),
  };
}

/** What lies within the convex hull of circles about the z axis: (radius, z). */
function ofRims(rims: readonly (readonly [r: number, z: number])[]): Extent {
  return {
    along: (x, y, z) => {
      const radial = Math.hypot(x, y);
      return rims.reduce((most, [r, at]) => Math.max(most, r * radial + at * z), -Infinity);
    },
    from: (x, y, z) => {
      const radial = Math.hypot(x, y);
      return rims.reduce((most, [r, at]) => Math.max(most, Math.hypot(r + radial, at - z)), 0);
    },
    around: (x, y) => Math.max(...rims.map(([r]) => r)) + Math.hypot(x, y),
  };
}

function ofTorus(rtor: number, r: number): Extent {
  return {
    along: (x, y, z) => rtor * Math.hypot(x, y) + r * Math.hypot(x, y, z),
    from: (x, y, z) => Math.hypot(rtor + Math.hypot(x, y), z) + r,
    around: (x, y) => rtor + r + Math.hypot(x, y),
  };
}

/** An empty box reaches nowhere: to minus infinity. */
function ofBox({ min, max }: Box3): Extent {
  const furthest = (i: 0 | 1 | 2, at: number): number =>
    Math.max(Math.abs(max[i] - at), Math.abs(min[i] - at));
  const most = (i: 0 | 1 | 2, d: number): number =>
    d === 0 ? 0 : Math.max(d * max[i], d * min[i]);
  return {
    along: (x, y, z) => (min[0] > max[0] ? -Infinity : most(0, x) + most(1, y) + most(2, z)),
    from: (x, y, z) => Math.hypot(furthest(0, x), furthest(1, y), furthest(2, z)),
    around: (x, y) => Math.hypot(furthest(0, x), furthest(1, y)),
  };
}

/** Of points that are in both. */
function both(a: Extent, b: Extent): Extent {
  return {
    along: (x, y, z) => Math.min(a.along(x, y, z), b.along(x, y, z)),
    from: (x, y, z) => Math.min(a.from(x, y, z), b.from(x, y, z)),
    around: (x, y) => Math.min(a.around(x, y), b.around(x, y)),
  };
}

/** Of points that are in any. */
function either(extents: readonly Extent[]): Extent {
  return {
    along: (x, y, z) => extents.reduce((most, e) => Math.max(most, e.along(x, y, z)), -Infinity),
    from: (x, y, z) => extents.reduce((most, e) => Math.max(most, e.from(x, y, z)), 0),
    around: (x, y) => extents.reduce((most, e) => Math.max(most, e.around(x, y)), 0),
  };
}

/** In the frame in which the solid stands by the transform: p = R (s ∘ q) + t. */
function moved(extent: Extent, { rotation: r, translation: t, scale: s }: Transform): Extent {
  const back = (x: number, y: number, z: number): Vector3 => [
    r[0] * x + r[3] * y + r[6] * z,
    r[1] * x + r[4] * y + r[7] * z,
    r[2] * x + r[5] * y + r[8] * z,
  ];
  const longest = Math.max(...s.map(Math.abs));
  return {
    along: (x, y, z) => {
      const [u, v, w] = back(x, y, z);
      return extent.along(s[0] * u, s[1] * v, s[2] * w) + t[0] * x + t[1] * y + t[2] * z;
    },
    from: (x, y, z) => {
      const [u, v, w] = back(x - t[0], y - t[1], z - t[2]);
      return longest * extent.from(u / s[0], v / s[1], w / s[2]);
    },
    around: (x, y) => {
      const [u, v, w] = back(x - t[0], y - t[1], 0);
      // A turn about z keeps the line along z; any other: no nearer than a point of the line.
      const [a, b] = [u / s[0], v / s[1]];
      return longest * (Math.abs(r[8]) === 1 ? extent.around(a, b) : extent.from(a, b, w / s[2]));
    },
  };
}
