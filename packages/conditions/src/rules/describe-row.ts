import { type Calibration, describeSeries } from '../model/calibration.ts';

/** `calibration 12 (LAT CAL_Ped vanilla)`, for errors. */
export function whereOf(row: Calibration): string {
  return `calibration ${row.serNo} (${describeSeries(row)})`;
}
