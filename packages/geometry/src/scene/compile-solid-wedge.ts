import type { Vector3 } from '@lantern/units';
import {
  intersection,
  type Plane,
  planes,
  type Shape,
  subtraction,
} from './compile-solid-shape.ts';

/** Geant4 takes an opening this close to the full turn as full (half of kAngTolerance), rad. */
const FULL_TURN = 2 * Math.PI - 0.5e-9;

/** Whether an opening in phi or the like is the full turn. */
export function isFullTurn(deltaphi: number): boolean {
  return deltaphi >= FULL_TURN;
}

/** Cosine and sine, exact at multiples of a right angle. */
export function direction(phi: number): readonly [cos: number, sin: number] {
  const quarters = phi / (Math.PI / 2);
  const whole = Math.round(quarters);
  if (Math.abs(quarters - whole) > 1e-15 * Math.max(1, Math.abs(quarters)))
    return [Math.cos(phi), Math.sin(phi)];
  const turn = ((whole % 4) + 4) % 4;
  return [[1, 0, -1, 0][turn] ?? 1, [0, 1, 0, -1][turn] ?? 0];
}

/** The planes of the wedge startphi .. startphi + deltaphi, at most half a turn. */
function wedgePlanes(startphi: number, deltaphi: number): readonly Plane[] {
  const [cosStart, sinStart] = direction(startphi);
  const [cosEnd, sinEnd] = direction(startphi + deltaphi);
  const low: Vector3 = [sinStart, -cosStart, 0];
  const high: Vector3 = [-sinEnd, cosEnd, 0];
  const start: Plane = { normal: low, c: 0 };
  // Half a turn: both are the same plane.
  if (Math.abs(deltaphi - Math.PI) < 1e-12) return [start];
  return [start, { normal: high, c: 0 }];
}

/** The part of a solid about the z axis between startphi and startphi + deltaphi (rad). */
export function cutPhi(shape: Shape, startphi: number, deltaphi: number): Shape {
  if (isFullTurn(deltaphi)) return shape;
  if (deltaphi <= Math.PI) return intersection(shape, planes(wedgePlanes(startphi, deltaphi), 0));
  const rest = wedgePlanes(startphi + deltaphi, 2 * Math.PI - deltaphi);
  return subtraction(shape, planes(rest, 0));
}
