import { RandomStream, type Vector3 } from '@lantern/units';
import type { Solid } from '../model/solid.ts';
import { solidBounds } from '../solids/bounds.ts';
import { type Box3, isEmpty } from '../solids/box3.ts';
import { inside } from '../solids/inside.ts';
import type { Membership } from '../solids/membership/membership.ts';
import { solidNamed } from '../solids/solid-named.ts';
import { bisect, pointAround, pointInBox } from './crossing.ts';
import { type Candidates, interiorCandidates, type SolidLookup } from './interior-candidates.ts';

/** Tries for a point inside before a solid counts as empty. */
const triesBeforeEmpty = 20_000;

/** Directions in which the extreme points of a solid are sought: the axes and the diagonals. */
export const directions: readonly Vector3[] = [-1, 0, 1].flatMap((x) =>
  [-1, 0, 1].flatMap((y) =>
    [-1, 0, 1]
      .filter((z) => [1, 3].includes(Math.abs(x) + Math.abs(y) + Math.abs(z)))
      .map((z): Vector3 => {
        const norm = Math.hypot(x, y, z);
        return [x / norm, y / norm, z / norm];
      }),
  ),
);

/** Memberships, bounds and sampled points of the solids of a detector, each made once. */
export class SolidSampler implements SolidLookup {
  readonly #solids: ReadonlyMap<string, Solid>;
  readonly #samples: number;
  readonly #seed: number;
  readonly #memberships = new Map<string, Membership>();
  readonly #bounds = new Map<string, Box3>();
  readonly #candidates = new Map<string, Candidates>();
  readonly #points = new Map<string, readonly Vector3[]>();

  /**
   * @param samples points on the surface of each solid; a quarter as many inside
   * @param seed of their random numbers
   */
  constructor(solids: ReadonlyMap<string, Solid>, samples: number, seed: number) {
    this.#solids = solids;
    this.#samples = samples;
    this.#seed = seed;
  }

  solid(name: string): Solid {
    return solidNamed(this.#solids, name);
  }

  membership(name: string): Membership {
    return remember(this.#memberships, name, () => inside(this.#solids, name));
  }

  bounds(name: string): Box3 {
    return remember(this.#bounds, name, () => solidBounds(this.#solids, name));
  }

  candidates(name: string): Candidates {
    return remember(this.#candidates, name, () => interiorCandidates(this, name));
  }

  /**
   * Points of the solid in its own frame, mm: first the furthest in each of 14 directions, then points on the surface
   * (a rounding inside of it), mixed with some well inside. None when no point inside was found.
   */
  points(name: string): readonly Vector3[] {
    return remember(this.#points, name, () => {
      const random = new RandomStream(this.#seed, this.#points.size);
      return samplePoints(this, name, this.#samples, random);
    });
  }
}

function remember<T>(known: Map<string, T>, name: string, make: () => T): T {
  const before = known.get(name);
  if (before !== undefined) return before;
  const made = make();
  known.set(name, made);
  return made;
}

function samplePoints(
  lookup: SolidLookup,
  name: string,
  samples: number,
  random: RandomStream,
): Vector3[] {
  const box = lookup.bounds(name);
  if (isEmpty(box)) return [];
  const isIn = lookup.membership(name);
  const interior = findInterior(lookup, name, Math.ceil(samples / 4), random);
  const [first] = interior;
  if (!first) return [];
  const surface = Array.from({ length: samples }, (_, i) => {
    const start = interior[i % interior.length] ?? first;
    return bisect(isIn, start, pointOutside(isIn, box, random)).inner;
  });
  const extremes = directions.map((direction) => furthest(isIn, box, surface, direction, random));
  // Whoever takes only the first points gets some of each kind.
  const mixed = surface.flatMap((point, i) => {
    const within = interior[i / 4];
    return within ? [point, within] : [point];
  });
  return [...extremes, ...mixed];
}

function findInterior(
  lookup: SolidLookup,
  name: string,
  count: number,
  random: RandomStream,
): Vector3[] {
  const isIn = lookup.membership(name);
  const candidates = lookup.candidates(name);
  const box = lookup.bounds(name);
  const found: Vector3[] = [];
  for (let tries = 0; tries < triesBeforeEmpty && found.length < count; tries++) {
    // Every other point is from the box: candidates alone might leave out a part.
    const point = tries % 2 === 0 ? candidates(random) : pointInBox(box, random);
    if (point && isIn(...point)) found.push(point);
  }
  return found;
}

/** From around the box, or from a hollow of the solid. */
function pointOutside(isIn: Membership, box: Box3, random: RandomStream): Vector3 {
  if (random.uniform() < 0.5) {
    const point = pointInBox(box, random);
    if (!isIn(...point)) return point;
  }
  return pointAround(box, random);
}

/** The point of the solid furthest along a direction: from the furthest known one uphill in ever smaller random steps. */
function furthest(
  isIn: Membership,
  { min, max }: Box3,
  known: readonly Vector3[],
  [dx, dy, dz]: Vector3,
  random: RandomStream,
): Vector3 {
  const height = ([x, y, z]: Vector3): number => dx * x + dy * y + dz * z;
  let best = known.reduce((a, b) => (height(b) > height(a) ? b : a));
  let step = 0.1;
  for (let i = 0; i < 200; i++) {
    const size = [0, 1, 2].map((k) => step * ((max[k] ?? 0) - (min[k] ?? 0)));
    const next: Vector3 = [
      best[0] + (size[0] ?? 0) * (random.uniform() - 0.5),
      best[1] + (size[1] ?? 0) * (random.uniform() - 0.5),
      best[2] + (size[2] ?? 0) * (random.uniform() - 0.5),
    ];
    if (height(next) > height(best) && isIn(...next)) best = next;
    else step *= 0.94;
  }
  return best;
}
