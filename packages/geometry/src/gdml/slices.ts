import { rotationZ } from '@lantern/units';
import type { Box, Solid, Tube } from '../model/solid.ts';
import type { Transform } from '../model/transform.ts';
import type { Axis, DraftDivision, DraftReplica } from './draft.ts';
import { positiveZeros, unmoved } from './placing.ts';
import { errorAt } from './xml-element.ts';

/** A copy of a volume along an axis: where it stands, and its solid where that is not the volume's own. */
export interface Slice {
  readonly transform: Transform;
  readonly solid: Solid | undefined;
}

const tolerance = 1e-9;

/**
 * One copy of a replica. Along x, y, z the copies lie around the middle of the mother; along phi each is turned to the
 * middle of its range; along rho each is a shell of the mother's tube (G4ReplicaNavigation::ComputeTransformation).
 */
export function replicaSlice(replica: DraftReplica, index: number, mother: Solid): Slice {
  const { axis, width, offset, count, xml } = replica;
  if (axis === 'phi')
    return { transform: turned(offset + (index + 0.5) * width), solid: undefined };
  if (axis !== 'rho')
    return { transform: moved(axis, (index - (count - 1) / 2) * width), solid: undefined };
  if (mother.type !== 'tube') {
    throw errorAt(xml, 'replicas along rho are read in a tube', {
      given: `a ${mother.type}, ${mother.name}`,
    });
  }
  return { transform: unmoved, solid: shell(mother, offset + index * width, width) };
}

/** How many copies a division makes, and how wide they are (G4VDivisionParameterisation). */
export function divisionSize(
  division: DraftDivision,
  mother: Solid,
): { count: number; width: number } {
  const { offset, xml } = division;
  const extent = extentAlong(division, mother) - offset;
  const count =
    division.count > 0 ? division.count : Math.floor(extent / division.width + tolerance);
  const width = division.width > 0 ? division.width : extent / count;
  if (!(count >= 1 && width > 0 && offset >= 0 && count * width <= extent * (1 + tolerance))) {
    throw errorAt(xml, 'the slices do not fit into the mother', {
      given: `${count} of ${width} after ${offset}, in ${extent + offset}`,
    });
  }
  return { count, width };
}

/** One copy of a division of a box along x, y, z, or of a tube along rho, phi, z. */
export function divisionSlice(
  division: DraftDivision,
  width: number,
  index: number,
  mother: Solid,
): Slice {
  const { axis, offset } = division;
  const start = offset + index * width;
  if (mother.type === 'box' && (axis === 'x' || axis === 'y' || axis === 'z')) {
    return {
      transform: moved(axis, start + (width - mother[axis]) / 2),
      solid: { ...mother, [axis]: width },
    };
  }
  if (mother.type === 'tube' && axis === 'z') {
    return {
      transform: moved('z', start + (width - mother.z) / 2),
      solid: { ...mother, z: width },
    };
  }
  if (mother.type === 'tube' && axis === 'rho') {
    return { transform: unmoved, solid: shell(mother, mother.rmin + start, width) };
  }
  if (mother.type === 'tube' && axis === 'phi') {
    return { transform: turned(start), solid: { ...mother, deltaphi: width } };
  }
  throw notDivided(division, mother);
}

function extentAlong(division: DraftDivision, mother: Solid): number {
  const extent =
    mother.type === 'box'
      ? boxExtent(mother, division.axis)
      : mother.type === 'tube'
        ? tubeExtent(mother, division.axis)
        : undefined;
  if (extent === undefined) throw notDivided(division, mother);
  return extent;
}

function boxExtent(box: Box, axis: Axis): number | undefined {
  return axis === 'x' || axis === 'y' || axis === 'z' ? box[axis] : undefined;
}

function tubeExtent(tube: Tube, axis: Axis): number | undefined {
  const extents: Partial<Record<Axis, number>> = {
    z: tube.z,
    rho: tube.rmax - tube.rmin,
    phi: tube.deltaphi,
  };
  return extents[axis];
}

function notDivided({ axis, xml }: DraftDivision, mother: Solid): Error {
  return errorAt(xml, `this division is not read`, {
    given: `along ${axis} of the ${mother.type} ${mother.name}`,
    expected: 'a box along x, y, z or a tube along rho, phi, z',
  });
}

function shell(tube: Tube, rmin: number, width: number): Tube {
  return { ...tube, rmin, rmax: rmin + width };
}

function moved(axis: 'x' | 'y' | 'z', by: number): Transform {
  const along = (other: string): number => (other === axis ? by + 0 : 0);
  return { ...unmoved, translation: [along('x'), along('y'), along('z')] };
}

function turned(angle: number): Transform {
  return { ...unmoved, rotation: positiveZeros(rotationZ(angle)) };
}
