import type { Vector3 } from '@lantern/units';
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
import { intoLocal, type Membership, moved } from './membership/membership.ts';
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
import { partCount, partsFirst } from './parts-first.ts';
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
  const order = partsFirst(solids, name);
  partCount(order);
  const wanted = wantedParts(order, name);
  // A boolean may use one solid many times, and that one another many times: each is done once.
  const done = new Map<string, Membership>();
  const part: PartMembership = (other, transform) =>
    moved(done.get(other) ?? (() => false), transform);
  for (const solid of order) {
    if (!wanted.has(solid.name)) continue;
    const isIn = isBoolean(solid)
      ? booleanMembership(solid, solids, part)
      : membershipOfType(solid, part);
    done.set(solid.name, isIn);
  }
  return done.get(name) ?? (() => false);
}

/** All parts but booleans that are only first operands of booleans: these are followed, not asked. */
function wantedParts(order: readonly Solid[], name: string): ReadonlySet<string> {
  const wanted = new Set([name]);
  const byName = new Map(order.map((solid) => [solid.name, solid] as const));
  for (const solid of order) {
    if (isBoolean(solid)) {
      wanted.add(solid.second);
      const first = byName.get(solid.first);
      if (first && !isBoolean(first)) wanted.add(solid.first);
    } else if (solid.type === 'multiUnion') {
      for (const node of solid.nodes) wanted.add(node.solid);
    } else if (solid.type === 'scaledSolid' || solid.type === 'reflectedSolid') {
      wanted.add(solid.solid);
    }
  }
  return wanted;
}

function isBoolean(solid: Solid): solid is BooleanSolid {
  return solid.type === 'union' || solid.type === 'subtraction' || solid.type === 'intersection';
}

/** The membership of a solid that another is made of, in that other's frame. */
type PartMembership = (name: string, transform?: Transform) => Membership;

function membershipOfType(solid: Exclude<Solid, BooleanSolid>, part: PartMembership): Membership {
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

/** Chains of first operands may be long: without recursion, from the outermost frame in and back. */
function booleanMembership(
  whole: BooleanSolid,
  solids: ReadonlyMap<string, Solid>,
  part: PartMembership,
): Membership {
  const chain: BooleanSolid[] = [];
  let solid: Solid = whole;
  while (isBoolean(solid)) {
    chain.push(solid);
    solid = solidNamed(solids, solid.first);
  }
  const innermost = part(solid.name);
  const links = chain.map(({ type, second, transform, firstTransform }) => ({
    type,
    isInSecond: part(second, transform),
    firstTransform,
  }));
  const [link] = links;
  if (links.length === 1 && link && !link.firstTransform) {
    const { isInSecond } = link;
    if (link.type === 'union') return (x, y, z) => innermost(x, y, z) || isInSecond(x, y, z);
    const wantsSecond = link.type === 'intersection';
    return (x, y, z) => innermost(x, y, z) && isInSecond(x, y, z) === wantsSecond;
  }
  return (x, y, z) => {
    const points: Vector3[] = [];
    let point: Vector3 = [x, y, z];
    for (const { firstTransform } of links) {
      points.push(point);
      if (firstTransform) point = intoLocal(firstTransform, ...point);
    }
    let isIn = innermost(...point);
    for (let i = links.length - 1; i >= 0; i--) {
      const { type, isInSecond } = links[i] as (typeof links)[number];
      // What is in stays in a union, what is out stays out of the others.
      if (isIn !== (type === 'union')) {
        const isInOther = isInSecond(...(points[i] as Vector3));
        isIn = type === 'subtraction' ? !isInOther : isInOther;
      }
    }
    return isIn;
  };
}
