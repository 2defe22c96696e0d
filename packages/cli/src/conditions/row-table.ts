import { type Calibration, formatPosition } from '@lantern/conditions';
import { alignColumns } from '../geometry-text.ts';

/** Rows of metadata as a table for people: what identifies them, their validity, their level. */
export function rowTable(rows: readonly Calibration[]): string {
  if (rows.length === 0) return 'no calibrations\n';
  const header = ['serNo', 'instrument', 'calibType', 'flavor', 'vstart', 'vend', 'level', ''];
  return alignColumns([header, ...rows.map(columns)], ['r', 'l', 'l', 'l', 'l', 'l', 'l', 'l']);
}

function columns(row: Calibration): string[] {
  const { serNo, instrument, calibType, flavor, axis, vstart, vend, procLevel } = row;
  const marks = [row.completion === 'ok' ? '' : row.completion, row.deprecated && 'deprecated'];
  return [
    ...[String(serNo), instrument, calibType, flavor],
    ...[formatPosition(vstart, axis), formatPosition(vend, axis), procLevel],
    marks.filter(Boolean).join(', '),
  ];
}
