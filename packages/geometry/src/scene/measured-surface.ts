import { GeometryError } from '../errors.ts';
import type { DichroicTable } from '../model/dichroic-table.ts';
import { classicFinishes, type OpticalSurface, type SurfaceType } from '../model/surface.ts';
import { davisFinishes, lbnlFinishes } from '../model/surface-finishes.ts';
import { isLookUp, realSurfaceFiles } from '../surface-data/real-surface.ts';
import type { LookUpTable, SurfaceData } from '../surface-data/surface-data.ts';

/** The table that a surface goes by. */
export type MeasuredTable =
  | { readonly kind: 'lbnl' | 'davis'; readonly finish: string; readonly table: LookUpTable }
  | { readonly kind: 'dichroic'; readonly table: DichroicTable };

/** Types of surface that go by a table, and the finishes that each may have. */
const finishes: ReadonlyMap<SurfaceType, readonly string[]> = new Map([
  ['dielectric_LUT', lbnlFinishes],
  ['dielectric_LUTDAVIS', davisFinishes],
  ['dielectric_dichroic', classicFinishes.filter((finish) => !finish.endsWith('backpainted'))],
]);

/** Whether the surface goes by a table of measurements: the type alone says, as in G4OpBoundaryProcess. */
export function isMeasured({ type }: Pick<OpticalSurface, 'type'>): boolean {
  return finishes.has(type);
}

/**
 * The table of a surface that goes by one; undefined for others. [LUT1] [DICH1]
 *
 * @throws GeometryError where type and finish do not fit each other, or the table was not given: names the surface, the
 * file and the option
 */
export function measuredTable(
  surface: OpticalSurface,
  where: string,
  { lookUps, dichroic }: SurfaceData,
): MeasuredTable | undefined {
  refuseStrangers(surface, where);
  if (!isMeasured(surface)) return undefined;
  const { type, finish } = surface;
  if (type === 'dielectric_dichroic') {
    const table = surface.dichroic ?? dichroic;
    if (table) return { kind: 'dichroic', table };
    throw new GeometryError({
      what: 'a dichroic filter without a table',
      where,
      expected: 'what it lets through, by wavelength and angle of incidence',
      hint: '--dichroic FILE or G4DICHROICDATA names the file of Geant4; or the surface has its own property DICHROIC',
    });
  }
  const table = lookUps?.get(finish);
  if (table) return { kind: type === 'dielectric_LUT' ? 'lbnl' : 'davis', finish, table };
  const files = realSurfaceFiles(finish);
  if (!files) {
    throw new GeometryError({
      what: 'a finish without a look-up table',
      where,
      given: `finish ${finish}`,
      expected:
        'a finish that has one: Geant4 has none for the bare polishedair, etchedair, groundair',
    });
  }
  throw new GeometryError({
    what: 'a finish whose look-up table was not given',
    where,
    given: `finish ${finish}`,
    expected: [files.table, files.reflectivity]
      .filter((file) => file !== undefined)
      .map(({ name }) => `${name}.z`)
      .join(' and '),
    hint: "--real-surface DIR or G4REALSURFACEDATA names the folder of Geant4's RealSurface data",
  });
}

function refuseStrangers({ type, finish }: OpticalSurface, where: string): void {
  if (type === 'firsov' || type === 'x_ray') {
    throw new GeometryError({
      what: 'a surface that is not for optical photons',
      where,
      given: `type ${type}`,
      expected: 'a type that G4OpBoundaryProcess knows',
    });
  }
  const fitting = finishes.get(type);
  if (fitting ? fitting.includes(finish) : !isLookUp(finish)) return;
  throw new GeometryError({
    what: 'type and finish do not fit each other',
    where,
    given: `type ${type}, finish ${finish}`,
    expected: fitting
      ? `a finish like ${fitting.slice(0, 2).join(', ')}`
      : `with this finish the type ${lbnlFinishes.includes(finish) ? 'dielectric_LUT' : 'dielectric_LUTDAVIS'}`,
  });
}
