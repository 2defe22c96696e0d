import type { Point2 } from '../model/solid.ts';
import { leftness } from './outline.ts';

/**
 * Cuts an outline into triangles between its corners, all of which are used: one ear after the other (Meisters 1975,
 * doi:10.2307/2319703). Corners in line with their neighbours may make triangles without area.
 *
 * @param outline counterclockwise, without sides that meet but in their corners ({@link cleanOutline})
 * @returns three corners, by index, for each of the triangles, counterclockwise
 */
export function clipEars(outline: readonly Point2[]): number[] {
  const corners = outline.map((_, i) => i);
  const triangles: number[] = [];
  let start = 0;
  while (corners.length > 3) {
    const ear = findEar(outline, corners, start);
    const count = corners.length;
    triangles.push(
      corners[(ear + count - 1) % count] ?? 0,
      corners[ear] ?? 0,
      corners[(ear + 1) % count] ?? 0,
    );
    corners.splice(ear, 1);
    // Not always from the same corner: no fans of slivers.
    start = (ear + 1) % corners.length;
  }
  return [...triangles, ...corners];
}

/** The first ear from `start` on, by its place among the corners; one in line with its neighbours if there is no other. */
function findEar(outline: readonly Point2[], corners: readonly number[], start: number): number {
  const count = corners.length;
  const point = (i: number): Point2 => outline[corners[i % count] ?? 0] ?? { x: 0, y: 0 };
  const hollow: Point2[] = [];
  for (let i = 0; i < count; i++) {
    if (leftness(point(i + count - 1), point(i), point(i + 1)) <= 0) hollow.push(point(i));
  }
  let flat = start;
  for (let k = 0; k < count; k++) {
    const i = (start + k) % count;
    const [a, b, c] = [point(i + count - 1), point(i), point(i + 1)];
    const left = leftness(a, b, c);
    if (left === 0) flat = i;
    if (left > 0 && !hollow.some((p) => p !== a && p !== b && p !== c && holds(a, b, c, p)))
      return i;
  }
  return flat;
}

function holds(a: Point2, b: Point2, c: Point2, p: Point2): boolean {
  return leftness(a, b, p) >= 0 && leftness(b, c, p) >= 0 && leftness(c, a, p) >= 0;
}
