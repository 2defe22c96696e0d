import { gdmlRotation, identity3, type Vector3 } from '@lantern/units';
import type { Solid } from '../../src/model/solid.ts';
import type { Transform } from '../../src/model/transform.ts';

/** A solid to test, with the others that it is made of. */
export interface SolidCase {
  readonly title: string;
  readonly solids: ReadonlyMap<string, Solid>;
  readonly name: string;
  /** mm³, where a closed form is known. */
  readonly volume?: number;
  /** The solid that is packed is so near to its definition, mm; 0 where it is the same. */
  readonly tolerance?: number;
  /** Many rays meet its edges, where a normal may not exist. */
  readonly isEdgy?: boolean;
}

/** Whether a membership has a surface within that distance of a point, as far as 26 directions show. */
export function isNearSurface(
  isInside: (x: number, y: number, z: number) => boolean,
  [x, y, z]: Vector3,
  distance: number,
): boolean {
  const here = isInside(x, y, z);
  const steps = [-distance, 0, distance];
  return steps.some((dx) =>
    steps.some((dy) => steps.some((dz) => isInside(x + dx, y + dy, z + dz) !== here)),
  );
}

export const turn = 2 * Math.PI;
export const deg = Math.PI / 180;

export function one(title: string, solid: Solid, volume?: number): SolidCase {
  const base = { title, solids: new Map([[solid.name, solid]]), name: solid.name };
  return volume === undefined ? base : { ...base, volume };
}

export function many(title: string, solids: readonly Solid[], volume?: number): SolidCase {
  const name = solids.at(-1)?.name ?? '';
  const base = { title, solids: new Map(solids.map((solid) => [solid.name, solid])), name };
  return volume === undefined ? base : { ...base, volume };
}

export function at(translation: Vector3, angles: Vector3 = [0, 0, 0]): Transform {
  const rotation = angles.every((angle) => angle === 0) ? identity3 : gdmlRotation(...angles);
  return { rotation, translation, scale: [1, 1, 1] };
}

export function combined(
  type: 'union' | 'subtraction' | 'intersection',
  name: string,
  first: string,
  second: string,
  transform: Transform = at([0, 0, 0]),
): Solid {
  return { type, name, first, second, transform };
}

export const full = { startphi: 0, deltaphi: turn };
export const box = (name: string, x: number, y: number, z: number): Solid => ({
  type: 'box',
  name,
  x,
  y,
  z,
});
export const orb = (name: string, r: number): Solid => ({ type: 'orb', name, r });
export const tube = (name: string, rmin: number, rmax: number, z: number): Solid => ({
  type: 'tube',
  name,
  rmin,
  rmax,
  z,
  ...full,
});
