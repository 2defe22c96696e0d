import type { DichroicTable } from '../model/dichroic-table.ts';
import type { SceneSections } from './section-writer.ts';

/**
 * Writes the table of a dichroic filter, per cent as parts from 0 to 1. [DICH2]
 *
 * @returns its record in `dichroicFilter`
 */
export function packDichroic(
  { wavelengths, angles, transmitted }: DichroicTable,
  sections: SceneSections,
): number {
  const first = sections.dichroicTable.appendAll(wavelengths);
  sections.dichroicTable.appendAll(angles);
  sections.dichroicTable.appendAll(
    transmitted.map((percent) => Math.min(1, Math.max(0, percent / 100))),
  );
  return sections.dichroicFilter.append({
    wavelengths: wavelengths.length,
    angles: angles.length,
    first,
  });
}
