import type { Vector3 } from '@lantern/units';
import type { Detector } from '../model/detector.ts';
import type { Placement, Volume } from '../model/volume.ts';
import { solidBounds } from '../solids/bounds.ts';
import { type Box3, isEmpty } from '../solids/box3.ts';
import {
  type Extent,
  placedBox,
  placedRadius,
  placedReach,
  solidExtent,
} from '../solids/extent.ts';
import { buildHierarchy } from './build-hierarchy.ts';
import { apartFromAll, grownHull, type Hull, holdsHull } from './clearance.ts';
import type { SceneSections } from './section-writer.ts';

/** Daughters up to this number are tested one by one. */
const fewDaughters = 2;

/** Things nearer than this count as touching, mm: far above what the kernel takes for one face (TOUCH in hierarchy.ts). */
const clearance = 1e-3;

/** How far the solid of a volume reaches. */
type ExtentOf = (volume: string) => Extent;

/** How far the volumes' solids reach, each made once. */
export function extentsOf(detector: Detector): ExtentOf {
  const known = new Map<string, Extent>();
  return (volume) => {
    const solid = detector.volumes.get(volume)?.solid ?? '';
    const extent = known.get(solid) ?? solidExtent(detector.solids, solid);
    known.set(solid, extent);
    return extent;
  };
}

/** What the volume's record says of its daughters, and what touches what. */
interface DaughterRecords {
  readonly hierarchy: number;
  readonly clearance: Clearance;
}

/** What is known not to touch. */
export interface Clearance {
  /** No daughter touches a face of the volume. */
  readonly inside: boolean;
  /** By daughter: neither a sibling nor the volume's faces touch it. */
  readonly touchesNothing: readonly boolean[];
}

/** Packs what a ray needs to find a volume's daughters: their hierarchy and balls, and which of them touch nothing. */
export function packDaughters(
  detector: Detector,
  volume: Volume,
  firstPlacement: number,
  extentOf: ExtentOf,
  sections: SceneSections,
): DaughterRecords {
  const hulls = volume.placements.map((placement) => hullOf(placement, extentOf(placement.volume)));
  // 32-bit boxes and slab tests are off by a few 1e-7 of the largest coordinate.
  const margin =
    2e-6 *
    largestCoordinate([solidBounds(detector.solids, volume.solid), ...hulls.map(({ box }) => box)]);
  const holds = holdsHull(detector.solids, volume.solid);
  const grown = hulls.map((hull) => grownHull(hull, clearance));
  const within = grown.map(holds);
  const apart = apartFromAll(grown);
  hulls.forEach(({ centre, radius }, i) => {
    sections.placement.update(firstPlacement + i, {
      ballX: centre[0],
      ballY: centre[1],
      ballZ: centre[2],
      ballSquare: (radius + margin) ** 2,
    });
  });
  const boxes = hulls.map(({ box }) => box);
  return {
    hierarchy: boxes.length > fewDaughters ? buildHierarchy(boxes, margin, sections) : -1,
    clearance: {
      inside: within.every(Boolean),
      touchesNothing: hulls.map((_, i) => (apart[i] && within[i]) === true),
    },
  };
}

/**
 * Where a daughter stands in its mother: a box and a ball around it. One whose solid holds nothing, such as the
 * intersection of solids that are apart, is a point where it is placed: infinite bounds would spoil those of others.
 */
function hullOf({ transform }: Placement, extent: Extent): Hull {
  const box = placedBox(extent, transform);
  if (isEmpty(box)) {
    const at = transform.translation;
    return {
      box: { min: at, max: at },
      centre: at,
      radius: 0,
      fromAxis: Math.hypot(at[0], at[1]),
    };
  }
  const centre: Vector3 = [
    (box.min[0] + box.max[0]) / 2,
    (box.min[1] + box.max[1]) / 2,
    (box.min[2] + box.max[2]) / 2,
  ];
  return {
    box,
    centre,
    radius: placedReach(extent, transform, centre),
    fromAxis: placedRadius(extent, transform),
  };
}

function largestCoordinate(boxes: readonly Box3[]): number {
  return boxes.reduce(
    (most, { min, max }) => Math.max(most, ...min.map(Math.abs), ...max.map(Math.abs)),
    0,
  );
}
