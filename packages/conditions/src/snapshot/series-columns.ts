import { ConditionsError } from '../errors.ts';
import { procLevels } from '../model/calibration.ts';
import type { LedgerRow } from './row-ledger.ts';

const bytesPerRow = 32;

/**
 * The rows of a series as bytes: 32 for each, little-endian: vstart, vend, enterTime (int64), serial number (uint32), level (uint8),
 * 1 if deprecated (uint8), completion (uint16).
 */
export function encodeSeries(rows: readonly LedgerRow[]): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(bytesPerRow * rows.length));
  rows.forEach((row, i) => {
    const at = bytesPerRow * i;
    view.setBigInt64(at, row.vstart, true);
    view.setBigInt64(at + 8, row.vend, true);
    view.setBigInt64(at + 16, row.enterTime, true);
    view.setUint32(at + 24, row.serNo, true);
    view.setUint8(at + 28, row.level);
    view.setUint8(at + 29, row.isDeprecated ? 1 : 0);
    view.setUint16(at + 30, row.completion, true);
  });
  return new Uint8Array(view.buffer);
}

/** @throws ConditionsError `corrupt` for bytes that are no rows */
export function decodeSeries(
  bytes: Uint8Array<ArrayBuffer>,
  rows: number,
  completions: number,
  where: string,
): LedgerRow[] {
  const fail = (what: string, given: string): never => {
    throw new ConditionsError('corrupt', { what, where, given });
  };
  if (bytes.length !== bytesPerRow * rows) {
    fail(
      'a series has another length than the file says',
      `${bytes.length} bytes for ${rows} rows`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return Array.from({ length: rows }, (_, i) => {
    const at = bytesPerRow * i;
    const row = {
      vstart: view.getBigInt64(at, true),
      vend: view.getBigInt64(at + 8, true),
      enterTime: view.getBigInt64(at + 16, true),
      serNo: view.getUint32(at + 24, true),
      level: view.getUint8(at + 28),
      isDeprecated: view.getUint8(at + 29) === 1,
      completion: view.getUint16(at + 30, true),
    };
    const isRow =
      row.vstart < row.vend &&
      row.serNo > 0 &&
      row.level < procLevels.length &&
      row.completion < completions;
    return isRow ? row : fail('a row of a series is none', `row ${i}, calibration ${row.serNo}`);
  });
}
