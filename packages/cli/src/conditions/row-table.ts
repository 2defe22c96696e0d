import { type Calibration, calibrationToJson, formatPosition } from '@lantern/conditions';
import type { Arguments } from '../command.ts';
import { alignColumns } from '../geometry-text.ts';

/** A row as JSON for programs. */
export function rowJson(row: Calibration): string {
  return `${JSON.stringify(calibrationToJson(row), undefined, 2)}\n`;
}

/** A row as `--json` or people want it. */
export function printedRow(args: Arguments, row: Calibration): string {
  return args.has('json') ? rowJson(row) : rowTable([row]);
}

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
