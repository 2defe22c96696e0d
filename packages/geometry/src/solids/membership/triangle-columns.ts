import type { Vector3 } from '@lantern/units';
import { boxAround } from '../box3.ts';
import type { Membership } from './membership.ts';

type Triangle = readonly [Vector3, Vector3, Vector3];

/**
 * Whether an odd number of triangles is above the point. The triangles are sorted into columns along z, about one for
 * each, so that a point has few to look at. A point right below an edge belongs to one of the two triangles there.
 *
 * @param triangles of a closed surface
 */
export function columnMembership(triangles: readonly Triangle[]): Membership {
  const { min, max } = boxAround(triangles.flat());
  const columns = Math.max(1, Math.round(Math.sqrt(triangles.length)));
  const column = (x: number, axis: 0 | 1): number => {
    const share = (x - min[axis]) / (max[axis] - min[axis]);
    return Math.max(0, Math.min(columns - 1, Math.floor(columns * share)));
  };
  const cells = new Map<number, Triangle[]>();
  for (const triangle of triangles) {
    const around = boxAround(triangle);
    for (let i = column(around.min[0], 0); i <= column(around.max[0], 0); i++)
      for (let j = column(around.min[1], 1); j <= column(around.max[1], 1); j++) {
        const cell = cells.get(i * columns + j);
        if (cell) cell.push(triangle);
        else cells.set(i * columns + j, [triangle]);
      }
  }
  return (x, y, z) => {
    const isBeside = x < min[0] || x > max[0] || y < min[1] || y > max[1];
    if (isBeside || z < min[2] || z > max[2]) return false;
    let above = 0;
    for (const triangle of cells.get(column(x, 0) * columns + column(y, 1)) ?? []) {
      if (covers(triangle, x, y) && heightAt(triangle, x, y) > z) above++;
    }
    return above % 2 === 1;
  };
}

/** Whether the triangle, seen along z, holds the point: a ray towards +x crosses one of its sides. */
function covers([a, b, c]: Triangle, x: number, y: number): boolean {
  return (crosses(a, b, x, y) !== crosses(b, c, x, y)) !== crosses(c, a, x, y);
}

/** The same for a side whichever way it is gone along. */
function crosses(a: Vector3, b: Vector3, x: number, y: number): boolean {
  if (a[1] > y === b[1] > y) return false;
  const [low, high] = a[1] < b[1] ? [a, b] : [b, a];
  return x < low[0] + ((y - low[1]) / (high[1] - low[1])) * (high[0] - low[0]);
}

/** z of the triangle's plane. */
function heightAt([a, b, c]: Triangle, x: number, y: number): number {
  const [ux, uy, uz] = [b[0] - a[0], b[1] - a[1], b[2] - a[2]];
  const [vx, vy, vz] = [c[0] - a[0], c[1] - a[1], c[2] - a[2]];
  const nz = ux * vy - uy * vx;
  const slope = (uy * vz - uz * vy) * (x - a[0]) + (uz * vx - ux * vz) * (y - a[1]);
  return a[2] - slope / nz;
}
