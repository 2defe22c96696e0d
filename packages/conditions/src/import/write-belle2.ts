import type { Calibration } from '../model/calibration.ts';
import { belle2Bounds } from './belle2-intervals.ts';

/** Writes rows on the axis `run` as a text database of basf2, with the serial number as revision; `readBelle2Text` reads it back. */
export function writeBelle2Text(rows: readonly Calibration[]): string {
  return rows
    .filter(({ axis }) => axis === 'run')
    .map(({ calibType, serNo, vstart, vend }) => {
      const bounds = belle2Bounds({ begin: vstart, end: vend });
      return `dbstore/${calibType} ${serNo} ${bounds.join(',')}\n`;
    })
    .sort()
    .join('');
}
