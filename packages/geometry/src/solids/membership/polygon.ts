import type { Point2 } from '../../model/solid.ts';

/**
 * Whether the polygon (any order, convex or not, mm) holds the point: a ray towards +x crosses an odd number of sides.
 * A point on a side counts to one of the two, not always to the same.
 */
export function polygonHolds(polygon: readonly Point2[], x: number, y: number): boolean {
  let inside = false;
  let last = polygon.at(-1);
  for (const corner of polygon) {
    if (last && last.y > y !== corner.y > y && x < crossing(last, corner, y)) inside = !inside;
    last = corner;
  }
  return inside;
}

/** Where the line from a to b has that y. */
function crossing(a: Point2, b: Point2, y: number): number {
  return a.x + ((y - a.y) / (b.y - a.y)) * (b.x - a.x);
}

/** The polygon between a (at fraction 0) and b (at 1), corner by corner. */
export function blend(a: readonly Point2[], b: readonly Point2[], fraction: number): Point2[] {
  return a.map((from, i) => {
    const to = b[i] ?? from;
    return {
      x: from.x + fraction * (to.x - from.x),
      y: from.y + fraction * (to.y - from.y),
    };
  });
}
