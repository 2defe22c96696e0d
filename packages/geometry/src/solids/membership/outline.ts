import type { RZPoint, ZPlane } from '../../model/solid.ts';

/** The ranges of r that an outline in the r-z plane holds at one z, mm, ascending. */
export type RadialRanges = readonly (readonly [inner: number, outer: number])[];

/**
 * The outline of a polycone or polyhedra given by planes: up along rmax, back along rmin.
 *
 * @see G4Polycone, constructor with zPlane, rInner, rOuter
 */
export function outlineOfPlanes(planes: readonly ZPlane[]): RZPoint[] {
  const outer = planes.map(({ rmax, z }) => ({ r: rmax, z }));
  const inner = planes.map(({ rmin, z }) => ({ r: rmin, z }));
  return [...outer, ...inner.reverse()];
}

/**
 * What the outline holds at that z: between the 1st and 2nd side met from the axis, the 3rd and 4th, and so on. Sides at
 * constant z are not met; a z on a corner belongs to the sides above it, at the top end to those below.
 */
export function radialRanges(outline: readonly RZPoint[], z: number): RadialRanges {
  const top = Math.max(...outline.map((corner) => corner.z));
  const isAbove = z === top ? (side: number) => side >= z : (side: number) => side > z;
  const radii: number[] = [];
  let last = outline.at(-1);
  for (const corner of outline) {
    if (last && isAbove(last.z) !== isAbove(corner.z)) {
      radii.push(last.r + ((z - last.z) / (corner.z - last.z)) * (corner.r - last.r));
    }
    last = corner;
  }
  radii.sort((a, b) => a - b);
  const ranges: (readonly [number, number])[] = [];
  for (let i = 0; i + 1 < radii.length; i += 2) ranges.push([radii[i] ?? 0, radii[i + 1] ?? 0]);
  return ranges;
}
