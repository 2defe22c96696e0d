import { apply, type RandomStream, type Vector3 } from '@lantern/units';
import type { Solid, ZPlane } from '../model/solid.ts';
import type { Transform } from '../model/transform.ts';
import { type Box3, isEmpty } from '../solids/box3.ts';
import type { Membership } from '../solids/membership/membership.ts';
import { bisect, pointAround, pointInBox } from './crossing.ts';

/** Makes points that are often inside a solid; undefined where it has none to offer this time. */
export type Candidates = (random: RandomStream) => Vector3 | undefined;

/** What candidates are made from: each by the name of a solid, made once. */
export interface SolidLookup {
  solid(name: string): Solid;
  candidates(name: string): Candidates;
  membership(name: string): Membership;
  bounds(name: string): Box3;
}

/**
 * Candidates for points inside the solid, in its own frame, mm. Thin shells fill so little of their box that points of
 * the box miss them: so radii are drawn between the inner and the outer one, and a subtraction tries the skins of its parts.
 */
export function interiorCandidates(lookup: SolidLookup, name: string): Candidates {
  const solid = lookup.solid(name);
  const part = (other: string, transform?: Transform): Candidates =>
    moved(lookup.candidates(other), transform);
  switch (solid.type) {
    case 'tube':
    case 'cutTube':
      return shell(solid, [
        { z: -solid.z / 2, rmin: solid.rmin, rmax: solid.rmax },
        { z: solid.z / 2, rmin: solid.rmin, rmax: solid.rmax },
      ]);
    case 'cone':
      return shell(solid, [
        { z: -solid.z / 2, rmin: solid.rmin1, rmax: solid.rmax1 },
        { z: solid.z / 2, rmin: solid.rmin2, rmax: solid.rmax2 },
      ]);
    case 'polycone':
    case 'polyhedra':
      return shell(solid, solid.planes);
    case 'sphere':
      return (random) => {
        const theta = solid.starttheta + solid.deltatheta * random.uniform();
        const r = between(solid.rmin, solid.rmax, random);
        const phi = solid.startphi + solid.deltaphi * random.uniform();
        return cylindrical(r * Math.sin(theta), phi, r * Math.cos(theta));
      };
    case 'torus':
      return (random) => {
        const angle = 2 * Math.PI * random.uniform();
        const r = between(solid.rmin, solid.rmax, random);
        const phi = solid.startphi + solid.deltaphi * random.uniform();
        return cylindrical(solid.rtor + r * Math.cos(angle), phi, r * Math.sin(angle));
      };
    case 'union':
    case 'intersection':
      return either(part(solid.first, solid.firstTransform), part(solid.second, solid.transform));
    case 'subtraction': {
      const first = part(solid.first, solid.firstTransform);
      const skin = moved(skinCandidates(lookup, solid.first, 'inner'), solid.firstTransform);
      const hole = moved(skinCandidates(lookup, solid.second, 'outer'), solid.transform);
      return either(first, either(skin, hole));
    }
    case 'multiUnion': {
      const parts = solid.nodes.map((node) => part(node.solid, node.transform));
      return (random) => parts[Math.floor(parts.length * random.uniform())]?.(random);
    }
    case 'reflectedSolid':
      return part(solid.solid, solid.transform);
    case 'scaledSolid': {
      const whole = part(solid.solid);
      const [sx, sy, sz] = solid.scale;
      return (random) => {
        const point = whole(random);
        return point && [point[0] * sx, point[1] * sy, point[2] * sz];
      };
    }
    default: {
      const box = lookup.bounds(name);
      return (random) => pointInBox(box, random);
    }
  }
}

function moved(candidates: Candidates, transform: Transform | undefined): Candidates {
  return transform ? (random) => placed(transform, candidates(random)) : candidates;
}

function placed(
  { rotation, translation: t, scale: s }: Transform,
  point: Vector3 | undefined,
): Vector3 | undefined {
  if (point === undefined) return undefined;
  const [x, y, z] = apply(rotation, [point[0] * s[0], point[1] * s[1], point[2] * s[2]]);
  return [x + t[0], y + t[1], z + t[2]];
}

function either(a: Candidates, b: Candidates): Candidates {
  return (random) => (random.uniform() < 0.5 ? a(random) : b(random));
}

function between(low: number, high: number, random: RandomStream): number {
  return low + (high - low) * random.uniform();
}

function cylindrical(r: number, phi: number, z: number): Vector3 {
  return [r * Math.cos(phi), r * Math.sin(phi), z];
}

function shell(
  { startphi, deltaphi }: { readonly startphi: number; readonly deltaphi: number },
  planes: readonly ZPlane[],
): Candidates {
  return (random) => {
    const i = Math.floor((planes.length - 1) * random.uniform());
    const [low, high] = [planes[i], planes[i + 1]];
    if (!low || !high) return undefined;
    const up = random.uniform();
    const rmin = low.rmin + up * (high.rmin - low.rmin);
    const rmax = low.rmax + up * (high.rmax - low.rmax);
    const phi = startphi + deltaphi * random.uniform();
    return cylindrical(between(rmin, rmax, random), phi, low.z + up * (high.z - low.z));
  };
}

/** Points just inside or just outside the surface of a solid. */
function skinCandidates(lookup: SolidLookup, name: string, side: 'inner' | 'outer'): Candidates {
  const candidates = lookup.candidates(name);
  const isIn = lookup.membership(name);
  const box = lookup.bounds(name);
  if (isEmpty(box)) return () => undefined;
  return (random) => {
    const start = candidates(random);
    if (!start || !isIn(...start)) return undefined;
    const crossing = bisect(isIn, start, pointAround(box, random));
    return side === 'inner' ? crossing.inner : crossing.outer;
  };
}
