/** A rectangle in the x-y plane, mm. */
export interface Rectangle {
  readonly minX: number;
  readonly maxX: number;
  readonly minY: number;
  readonly maxY: number;
}

/** The smallest rectangle around a sector of a ring: rmin <= r <= rmax (mm), startphi <= phi <= startphi + deltaphi (rad). */
export function sectorRectangle(
  rmin: number,
  rmax: number,
  startphi: number,
  deltaphi: number,
): Rectangle {
  if (deltaphi >= 2 * Math.PI) return { minX: -rmax, maxX: rmax, minY: -rmax, maxY: rmax };
  const angles = [startphi, startphi + deltaphi];
  const rim = [...angles];
  for (let quarter = Math.ceil(startphi / (Math.PI / 2)); ; quarter++) {
    const angle = (quarter * Math.PI) / 2;
    if (angle > startphi + deltaphi) break;
    rim.push(angle);
  }
  const points = [
    ...angles.map((phi) => [rmin * Math.cos(phi), rmin * Math.sin(phi)] as const),
    ...rim.map((phi) => [rmax * Math.cos(phi), rmax * Math.sin(phi)] as const),
  ];
  return {
    minX: Math.min(...points.map(([x]) => x)),
    maxX: Math.max(...points.map(([x]) => x)),
    minY: Math.min(...points.map(([, y]) => y)),
    maxY: Math.max(...points.map(([, y]) => y)),
  };
}
