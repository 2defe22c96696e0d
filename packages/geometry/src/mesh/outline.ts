import { GeometryError } from '../errors.ts';
import type { Point2 } from '../model/solid.ts';

/** Twice the area that the outline runs around, mm²: positive when it runs counterclockwise. */
export function twiceArea(outline: readonly Point2[]): number {
  let sum = 0;
  let last = outline.at(-1);
  for (const point of outline) {
    if (last) sum += last.x * point.y - point.x * last.y;
    last = point;
  }
  return sum;
}

/** Positive when c is to the left of the way from a to b: twice the area of the triangle. */
export function leftness(a: Point2, b: Point2, c: Point2): number {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

/**
 * The outline counterclockwise, without corners that repeat the one before them.
 *
 * @param where the element, for errors
 * @param options.mayTouch whether sides that are not neighbours may touch; they may never cross
 * @throws {GeometryError} when fewer than three corners remain, they enclose nothing, or two sides meet that are not
 * neighbours
 */
export function cleanOutline(
  outline: readonly Point2[],
  where: string,
  { mayTouch = false }: { readonly mayTouch?: boolean } = {},
): Point2[] {
  const odd = outline.findIndex(({ x, y }) => !Number.isFinite(x) || !Number.isFinite(y));
  if (odd >= 0) {
    throw new GeometryError({
      what: `corner ${odd + 1} of the outline of ${where} is not finite`,
      given: inWords(outline[odd]),
    });
  }
  const corners = outline.filter((corner, i) => {
    const before = outline.at(i - 1);
    return before === undefined || before.x !== corner.x || before.y !== corner.y;
  });
  const size = Math.max(...corners.map(({ x, y }) => Math.hypot(x, y)), 0);
  const area = twiceArea(corners);
  if (corners.length < 3 || !(Math.abs(area) > 1e-12 * size * size)) {
    throw new GeometryError({
      what: `the outline of ${where} encloses no area`,
      given: `${corners.length} different corners, ${Math.abs(area) / 2} mm²`,
      expected: 'three corners or more around an area',
    });
  }
  const meeting = meetingSides(corners, mayTouch);
  if (meeting) {
    const [i, j] = meeting;
    const side = (k: number): string =>
      `${inWords(corners[k])} to ${inWords(corners[(k + 1) % corners.length])}`;
    throw new GeometryError({
      what: `the outline of ${where} crosses ${mayTouch ? '' : 'or touches '}itself`,
      given: `the side ${side(i)} meets the side ${side(j)}`,
      expected: 'sides that only meet their neighbours',
    });
  }
  return area > 0 ? corners : corners.toReversed();
}

function inWords(point: Point2 | undefined): string {
  return `(${point?.x}, ${point?.y})`;
}

/** Two sides, by their first corners, that share a point though they are not neighbours, or that fold back. */
function meetingSides(
  corners: readonly Point2[],
  mayTouch: boolean,
): readonly [number, number] | undefined {
  const count = corners.length;
  const sides = corners.map((a, i) => {
    const b = corners[(i + 1) % count] ?? a;
    return { i, a, b, low: Math.min(a.x, b.x), high: Math.max(a.x, b.x) };
  });
  const active: typeof sides = [];
  for (const side of sides.toSorted((p, q) => p.low - q.low)) {
    for (let k = active.length - 1; k >= 0; k--) {
      const other = active[k] as (typeof sides)[number];
      if (other.high < side.low) {
        active[k] = active.at(-1) as (typeof sides)[number];
        active.pop();
      } else if (meet(side, other, count, mayTouch)) {
        return [Math.min(side.i, other.i), Math.max(side.i, other.i)];
      }
    }
    active.push(side);
  }
  return undefined;
}

interface Side {
  readonly i: number;
  readonly a: Point2;
  readonly b: Point2;
}

function meet(p: Side, q: Side, count: number, mayTouch: boolean): boolean {
  if ((p.i + 1) % count === q.i) return foldsBack(p.a, p.b, q.b);
  if ((q.i + 1) % count === p.i) return foldsBack(q.a, q.b, p.b);
  const c = leftness(p.a, p.b, q.a);
  const d = leftness(p.a, p.b, q.b);
  const a = leftness(q.a, q.b, p.a);
  const b = leftness(q.a, q.b, p.b);
  if (c * d < 0 && a * b < 0) return true;
  if (mayTouch) return false;
  return (
    (c === 0 && isBetween(p.a, p.b, q.a)) ||
    (d === 0 && isBetween(p.a, p.b, q.b)) ||
    (a === 0 && isBetween(q.a, q.b, p.a)) ||
    (b === 0 && isBetween(q.a, q.b, p.b))
  );
}

/** Whether the way a, b, c goes back on itself. */
function foldsBack(a: Point2, b: Point2, c: Point2): boolean {
  const back = (b.x - a.x) * (c.x - b.x) + (b.y - a.y) * (c.y - b.y) < 0;
  return back && leftness(a, b, c) === 0;
}

function isBetween(a: Point2, b: Point2, p: Point2): boolean {
  return (
    Math.min(a.x, b.x) <= p.x &&
    p.x <= Math.max(a.x, b.x) &&
    Math.min(a.y, b.y) <= p.y &&
    p.y <= Math.max(a.y, b.y)
  );
}
