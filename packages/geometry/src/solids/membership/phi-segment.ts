const turn = 2 * Math.PI;

/** Whether the direction of (x, y) lies in startphi <= phi <= startphi + deltaphi, rad; a full turn holds all. */
export function phiSegment(startphi: number, deltaphi: number): (x: number, y: number) => boolean {
  if (deltaphi >= turn) return () => true;
  return (x, y) => {
    const past = (Math.atan2(y, x) - startphi) % turn;
    return (past < 0 ? past + turn : past) <= deltaphi;
  };
}
