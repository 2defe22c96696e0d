import type { PropertyTable } from '../model/property-table.ts';
import type { EnergyGrid } from './energy-grid.ts';
import { surfaceFlags } from './layout.ts';
import { resample } from './resample.ts';
import type { SceneSections } from './section-writer.ts';
import type { SurfaceOptics } from './surface-optics.ts';

/** Writes optical surfaces: records in the order given, their rows on the grid. What is not given is as in Geant4. [TAB8] */
export function packSurfaces(
  surfaces: readonly SurfaceOptics[],
  grid: EnergyGrid,
  sections: SceneSections,
): void {
  for (const surface of surfaces) {
    const { value, roughness, model, type, finish } = surface;
    const table = packRows(surface, grid, sections);
    sections.surface.append({
      ...{ value, roughness, model, type, finish, table },
      flags: flagsOf(surface),
    });
  }
}

/** The tables of a surface that photons look up by their energy. */
export function lookedUpInSurface(
  surface: SurfaceOptics,
): readonly (readonly [string, PropertyTable])[] {
  const { reflectivity, efficiency, transmittance, lobe, spike, backscatter, gap } = surface;
  const named: readonly (readonly [string, PropertyTable | undefined])[] = [
    ['REFLECTIVITY', reflectivity],
    ['EFFICIENCY', efficiency],
    ['TRANSMITTANCE', transmittance],
    ['SPECULARLOBECONSTANT', lobe],
    ['SPECULARSPIKECONSTANT', spike],
    ['BACKSCATTERCONSTANT', backscatter],
    ['RINDEX', gap],
  ];
  return named.flatMap(([name, table]) => (table ? [[name, table] as const] : []));
}

function flagsOf({ owner, gap, transmittance, efficiency }: SurfaceOptics): number {
  const { tables, constants } = owner.properties;
  return (
    (tables.size + constants.size > 0 ? surfaceFlags.hasProperties : 0) |
    (gap ? surfaceFlags.hasGapIndex : 0) |
    (transmittance ? surfaceFlags.hasTransmittance : 0) |
    (efficiency?.values.some((value) => value > 0) ? surfaceFlags.isSensor : 0)
  );
}

function packRows(surface: SurfaceOptics, grid: EnergyGrid, sections: SceneSections): number {
  const column = (table: PropertyTable | undefined, otherwise: number): Float64Array =>
    table ? resample(table, grid.energies) : new Float64Array(grid.energies.length).fill(otherwise);
  const columns = [
    column(surface.reflectivity, 1),
    column(surface.efficiency, 0),
    column(surface.transmittance, 0),
    column(surface.lobe, 0),
    column(surface.spike, 0),
    column(surface.backscatter, 0),
    column(surface.gap, 1),
  ];
  const first = sections.surfaceTable.count;
  for (let row = 0; row < grid.energies.length; row++) {
    sections.surfaceTable.append(...columns.map((values) => values[row] ?? 0), 0);
  }
  return first;
}
