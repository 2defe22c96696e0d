import type { Calibration, ProcLevel } from '../model/calibration.ts';
import { earlier, type Interval, later, type Position } from '../model/validity.ts';

/** A row and where it stays the answer. */
export interface Answer {
  readonly calibration: Calibration;
  readonly validity: Interval;
}

/**
 * The answer at a position among candidates of a series: best level first, then newest entry. Its validity is right as far
 * as the candidates are all that touch the answer's own interval. [FND4]
 *
 * @returns undefined where none holds there
 */
export function answerAmong(
  candidates: readonly Calibration[],
  levels: readonly ProcLevel[],
  position: Position,
): Answer | undefined {
  let best: Calibration | undefined;
  for (const row of candidates) {
    const holds = row.vstart <= position && position < row.vend;
    if (holds && (!best || beats(row, best, levels))) best = row;
  }
  if (!best) return undefined;
  let { vstart: begin, vend: end } = best;
  for (const row of candidates) {
    if (!beats(row, best, levels)) continue;
    if (row.vend <= position) begin = later(begin, row.vend);
    else end = earlier(end, row.vstart);
  }
  return { calibration: best, validity: { begin, end } };
}

/** Whether `a` is the answer where both hold. */
export function beats(a: Calibration, b: Calibration, levels: readonly ProcLevel[]): boolean {
  const [x, y] = [levels.indexOf(a.procLevel), levels.indexOf(b.procLevel)];
  if (x !== y) return x < y;
  if (a.enterTime !== b.enterTime) return a.enterTime > b.enterTime;
  return a.serNo > b.serNo;
}
