import type { BooleanSolid, Solid } from '../model/solid.ts';
import type { Transform } from '../model/transform.ts';
import {
  arb8Membership,
  boxMembership,
  paraMembership,
  tetMembership,
  trapMembership,
  trdMembership,
  xtruMembership,
} from './membership/flat.ts';
import { type Membership, moved } from './membership/membership.ts';
import {
  elconeMembership,
  ellipsoidMembership,
  eltubeMembership,
  hypeMembership,
  paraboloidMembership,
} from './membership/quadric.ts';
import {
  coneMembership,
  cutTubeMembership,
  orbMembership,
  sphereMembership,
  torusMembership,
  tubeMembership,
} from './membership/round.ts';
import { polyconeMembership, polyhedraMembership } from './membership/swept.ts';
import { tessellatedMembership } from './membership/tessellated.ts';
import {
  twistedBoxMembership,
  twistedTrapMembership,
  twistedTrdMembership,
  twistedTubsMembership,
} from './membership/twisted.ts';
import { solidNamed } from './solid-named.ts';

/**
 * Whether points belong to a solid, by the definition of its type in GDML and Geant4: no intersections of rays, no
 * tolerance. It is the slow, independent construction that the engines' intersections are tested against.
 *
 * @param solids all solids of the detector
 * @returns a function of a point in the solid's own frame, mm; a point on the surface may be told either way
 * @throws {GeometryError} when a solid is missing or contains itself
 * @example
 * ```ts
 * inside(detector.solids, 'bulb')(0, 0, 100); // => true
 * ```
 */
export function inside(solids: ReadonlyMap<string, Solid>, name: string): Membership {
  // A boolean may use one solid many times, and that one another many times: each is done once.
  const done = new Map<string, Membership>();
  const membershipOf = (wanted: string, path: readonly string[]): Membership => {
    const before = done.get(wanted);
    if (before) return before;
    const membership = membershipOfType(solidNamed(solids, wanted, path), (other, transform) =>
      moved(membershipOf(other, [...path, wanted]), transform),
    );
    done.set(wanted, membership);
    return membership;
  };
  return membershipOf(name, []);
}

/** The membership of a solid that another is made of, in that other's frame. */
type PartMembership = (name: string, transform?: Transform) => Membership;

function membershipOfType(solid: Solid, part: PartMembership): Membership {
  switch (solid.type) {
    case 'box':
      return boxMembership(solid);
    case 'tube':
      return tubeMembership(solid);
    case 'cutTube':
      return cutTubeMembership(solid);
    case 'cone':
      return coneMembership(solid);
    case 'orb':
      return orbMembership(solid);
    case 'sphere':
      return sphereMembership(solid);
    case 'ellipsoid':
      return ellipsoidMembership(solid);
    case 'torus':
      return torusMembership(solid);
    case 'trd':
      return trdMembership(solid);
    case 'trap':
      return trapMembership(solid);
    case 'para':
      return paraMembership(solid);
    case 'hype':
      return hypeMembership(solid);
    case 'polycone':
    case 'genericPolycone':
      return polyconeMembership(solid);
    case 'polyhedra':
    case 'genericPolyhedra':
      return polyhedraMembership(solid);
    case 'eltube':
      return eltubeMembership(solid);
    case 'elcone':
      return elconeMembership(solid);
    case 'paraboloid':
      return paraboloidMembership(solid);
    case 'arb8':
      return arb8Membership(solid);
    case 'tet':
      return tetMembership(solid);
    case 'xtru':
      return xtruMembership(solid);
    case 'tessellated':
      return tessellatedMembership(solid);
    case 'twistedbox':
      return twistedBoxMembership(solid);
    case 'twistedtrd':
      return twistedTrdMembership(solid);
    case 'twistedtrap':
      return twistedTrapMembership(solid);
    case 'twistedtubs':
      return twistedTubsMembership(solid);
    case 'union':
    case 'subtraction':
    case 'intersection':
      return booleanMembership(solid, part);
    case 'multiUnion': {
      const parts = solid.nodes.map((node) => part(node.solid, node.transform));
      return (x, y, z) => parts.some((isIn) => isIn(x, y, z));
    }
    case 'scaledSolid': {
      const whole = part(solid.solid);
      const [sx, sy, sz] = solid.scale;
      return (x, y, z) => whole(x / sx, y / sy, z / sz);
    }
    case 'reflectedSolid':
      return part(solid.solid, solid.transform);
  }
}

function booleanMembership(solid: BooleanSolid, part: PartMembership): Membership {
  const first = part(solid.first, solid.firstTransform);
  const second = part(solid.second, solid.transform);
  switch (solid.type) {
    case 'union':
      return (x, y, z) => first(x, y, z) || second(x, y, z);
    case 'subtraction':
      return (x, y, z) => first(x, y, z) && !second(x, y, z);
    case 'intersection':
      return (x, y, z) => first(x, y, z) && second(x, y, z);
  }
}
