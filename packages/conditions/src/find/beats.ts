import type { Calibration, ProcLevel } from '../model/calibration.ts';

/** Whether `a` is the answer where both hold: of a better level, or of the same and newer. */
export function beats(a: Calibration, b: Calibration, levels: readonly ProcLevel[]): boolean {
  const [x, y] = [levels.indexOf(a.procLevel), levels.indexOf(b.procLevel)];
  if (x !== y) return x < y;
  if (a.enterTime !== b.enterTime) return a.enterTime > b.enterTime;
  return a.serNo > b.serNo;
}
