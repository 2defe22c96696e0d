import { GeometryError } from '../errors.ts';
import { dichroicRemarks } from '../surface-data/dichroic-table.ts';
import type { MeasuredTable } from './measured-surface.ts';
import { packDavis } from './pack-davis.ts';
import { packDichroic } from './pack-dichroic.ts';
import { packLbnl } from './pack-lbnl.ts';
import type { SceneSections } from './section-writer.ts';
import type { SurfaceOptics } from './surface-optics.ts';

/**
 * Writes the tables that surfaces go by, each once however many use it: sections lbnlTable, davisDegree, davisTable,
 * dichroicFilter, dichroicTable. [LUT2]
 *
 * @returns the field `measured` of each surface, and what was found doubtful
 * @throws GeometryError for a table that sends no light anywhere
 */
export function packMeasured(
  surfaces: readonly SurfaceOptics[],
  sections: SceneSections,
): { readonly indices: readonly number[]; readonly warnings: readonly string[] } {
  const packed = new Map<unknown, number>();
  const warnings: string[] = [];
  const indices = surfaces.map(({ owner, measured }) => {
    if (measured === undefined) return -1;
    const known = packed.get(measured.table);
    if (known !== undefined) return known;
    const passes = surfaces.some(
      (other) => other.measured?.table === measured.table && letsThrough(other),
    );
    const warn = (text: string): number => warnings.push(`${owner.where}: ${text}`);
    const index = packOne(measured, passes, sections, warn);
    if (index < 0) {
      throw new GeometryError({
        what: 'a look-up table that sends no light anywhere',
        where: owner.where,
        given: 'file' in measured.table ? measured.table.file : undefined,
        expected: 'some value above 0',
      });
    }
    packed.set(measured.table, index);
    return index;
  });
  return { indices, warnings };
}

function packOne(
  measured: MeasuredTable,
  passes: boolean,
  sections: SceneSections,
  warn: (text: string) => void,
): number {
  switch (measured.kind) {
    case 'lbnl':
      return packLbnl(measured.table, sections, warn);
    case 'davis':
      return packDavis(measured.table, passes, sections, warn);
    case 'dichroic':
      for (const remark of dichroicRemarks(measured.table)) warn(remark);
      return packDichroic(measured.table, sections);
  }
}

/** Of a table of Davis: what is not reflected is absorbed where there is an EFFICIENCY, and passes where it is 0. */
function letsThrough({ efficiency }: SurfaceOptics): boolean {
  return efficiency?.values.every((value) => value > 0) !== true;
}
