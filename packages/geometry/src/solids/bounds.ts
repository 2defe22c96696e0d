import { identity3 } from '@lantern/units';
import { GeometryError } from '../errors.ts';
import type { Solid } from '../model/solid.ts';
import type { Transform } from '../model/transform.ts';
import {
  arb8Bounds,
  boxBounds,
  paraBounds,
  tessellatedBounds,
  tetBounds,
  trapBounds,
  trdBounds,
  twistedBounds,
  xtruBounds,
} from './bounds/flat.ts';
import {
  coneBounds,
  cutTubeBounds,
  elconeBounds,
  ellipsoidBounds,
  eltubeBounds,
  hypeBounds,
  paraboloidBounds,
  polyconeBounds,
  polyhedraBounds,
  sphereBounds,
  torusBounds,
  tubeBounds,
  twistedTubsBounds,
} from './bounds/round.ts';
import { type Box3, emptyBox, joinBoxes, overlapBoxes, transformBox } from './box3.ts';
import { partsFirst } from './parts-first.ts';

/**
 * A box around the solid in its own frame, mm: it holds every point of the solid, and is tight for all but cut tubes,
 * twisted solids, subtractions and turned parts of booleans. Empty (min > max) for an intersection
 * of solids that are apart. Rounding: a relative 1e-15.
 *
 * @param solids all solids of the detector
 * @throws {GeometryError} when a solid is missing, contains itself or has no finite bounds
 */
export function solidBounds(solids: ReadonlyMap<string, Solid>, name: string): Box3 {
  return boundsInOrder(partsFirst(solids, name)).get(name) ?? emptyBox;
}

/** The boxes of solids that come each after its parts, as {@link partsFirst} gives them, by name. */
export function boundsInOrder(order: readonly Solid[]): ReadonlyMap<string, Box3> {
  const done = new Map<string, Box3>();
  for (const solid of order) {
    const box = finiteBounds(solid, (other, transform) => {
      const inOwnFrame = done.get(other) ?? emptyBox;
      return transform ? transformBox(transform, inOwnFrame) : inOwnFrame;
    });
    done.set(solid.name, box);
  }
  return done;
}

/** The box of a solid that another is made of, in that other's frame. */
type BoundsOfPart = (name: string, transform?: Transform) => Box3;

function finiteBounds(solid: Solid, part: BoundsOfPart): Box3 {
  const box = boundsOfType(solid, part);
  if ([...box.min, ...box.max].some(Number.isNaN)) {
    throw new GeometryError({
      what: 'a solid without finite bounds',
      where: `${solid.type} '${solid.name}'`,
      given: JSON.stringify(solid).slice(0, 200),
      expected: 'numbers',
    });
  }
  return box;
}

function boundsOfType(solid: Solid, part: BoundsOfPart): Box3 {
  switch (solid.type) {
    case 'box':
      return boxBounds(solid);
    case 'tube':
      return tubeBounds(solid);
    case 'cutTube':
      return cutTubeBounds(solid);
    case 'cone':
      return coneBounds(solid);
    case 'orb':
      return { min: [-solid.r, -solid.r, -solid.r], max: [solid.r, solid.r, solid.r] };
    case 'sphere':
      return sphereBounds(solid);
    case 'ellipsoid':
      return ellipsoidBounds(solid);
    case 'torus':
      return torusBounds(solid);
    case 'trd':
      return trdBounds(solid);
    case 'trap':
      return trapBounds(solid);
    case 'para':
      return paraBounds(solid);
    case 'hype':
      return hypeBounds(solid);
    case 'polycone':
    case 'genericPolycone':
      return polyconeBounds(solid);
    case 'polyhedra':
    case 'genericPolyhedra':
      return polyhedraBounds(solid);
    case 'eltube':
      return eltubeBounds(solid);
    case 'elcone':
      return elconeBounds(solid);
    case 'paraboloid':
      return paraboloidBounds(solid);
    case 'arb8':
      return arb8Bounds(solid);
    case 'tet':
      return tetBounds(solid);
    case 'xtru':
      return xtruBounds(solid);
    case 'tessellated':
      return tessellatedBounds(solid);
    case 'twistedbox':
    case 'twistedtrd':
    case 'twistedtrap':
      return twistedBounds(solid);
    case 'twistedtubs':
      return twistedTubsBounds(solid);
    case 'union':
      return joinBoxes(
        part(solid.first, solid.firstTransform),
        part(solid.second, solid.transform),
      );
    case 'subtraction':
      return part(solid.first, solid.firstTransform);
    case 'intersection':
      return overlapBoxes(
        part(solid.first, solid.firstTransform),
        part(solid.second, solid.transform),
      );
    case 'multiUnion':
      return solid.nodes.reduce(
        (box, node) => joinBoxes(box, part(node.solid, node.transform)),
        emptyBox,
      );
    case 'scaledSolid':
      return part(solid.solid, {
        rotation: identity3,
        translation: [0, 0, 0],
        scale: solid.scale,
      });
    case 'reflectedSolid':
      return part(solid.solid, solid.transform);
  }
}
