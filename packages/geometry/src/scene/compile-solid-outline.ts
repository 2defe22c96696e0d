import { cleanOutline } from '../mesh/outline.ts';
import type { GenericPolycone, Point2 } from '../model/solid.ts';
import { frustum, type Shape, subtraction, union } from './compile-solid-shape.ts';
import { cutPhi } from './compile-solid-wedge.ts';

/** A side of the outline, its lower end first; x is r, y is z. */
interface Side {
  readonly low: Point2;
  readonly high: Point2;
}

/** A ring between two z, inside one side and outside another. */
interface Ring {
  readonly outer: Side;
  readonly inner: Side;
  readonly zLow: number;
  zHigh: number;
}

/**
 * [SOL29] The outline cut at the z of each of its corners: between two cuts the sides, from the axis outwards, are by
 * turns the inside and the outside of a ring, which is a frustum less another.
 */
export function genericPolyconeShape(solid: GenericPolycone): Shape {
  const points = solid.corners.map(({ r, z }) => ({ x: r, y: z }));
  const where = `<genericPolycone name="${solid.name}">`;
  const rings = ringsOf(cleanOutline(points, where, { mayTouch: true }));
  return cutPhi(union(rings.map(ringShape)), solid.startphi, solid.deltaphi);
}

function ringsOf(outline: readonly Point2[]): Ring[] {
  const sides = outline.flatMap((from, i): Side[] => {
    const to = outline[(i + 1) % outline.length] ?? from;
    if (from.y === to.y) return [];
    return [from.y < to.y ? { low: from, high: to } : { low: to, high: from }];
  });
  const cuts = [...new Set(outline.map(({ y }) => y))].sort((a, b) => a - b);
  const rings: Ring[] = [];
  let growing: Ring[] = [];
  cuts.slice(1).forEach((zHigh, i) => {
    const zLow = cuts[i] ?? zHigh;
    const middle = (zLow + zHigh) / 2;
    const met = sides
      .filter(({ low, high }) => low.y <= zLow && high.y >= zHigh)
      .sort((a, b) => radiusAt(a, middle) - radiusAt(b, middle));
    const here: Ring[] = [];
    for (let k = 0; k + 1 < met.length; k += 2) {
      const [inner, outer] = [met[k], met[k + 1]] as [Side, Side];
      // The ring of the same two sides goes on.
      const known = growing.find((ring) => ring.outer === outer && ring.inner === inner);
      const ring = known ?? { outer, inner, zLow, zHigh };
      ring.zHigh = zHigh;
      if (!known) rings.push(ring);
      here.push(ring);
    }
    growing = here;
  });
  return rings;
}

function radiusAt({ low, high }: Side, z: number): number {
  if (z === high.y) return high.x;
  return low.x + ((z - low.y) / (high.y - low.y)) * (high.x - low.x);
}

function ringShape({ outer, inner, zLow, zHigh }: Ring): Shape {
  const part = (side: Side): Shape =>
    frustum(zLow, zHigh, radiusAt(side, zLow), radiusAt(side, zHigh));
  const isHollow = inner.low.x > 0 || inner.high.x > 0;
  return subtraction(part(outer), isHollow ? part(inner) : undefined);
}
