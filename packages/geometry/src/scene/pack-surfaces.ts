import type { PropertyTable } from '../model/property-table.ts';
import { surfaceTypes } from '../model/surface.ts';
import type { EnergyGrid } from './energy-grid.ts';
import { surfaceFlags } from './layout.ts';
import { packFilm } from './pack-film.ts';
import { packMeasured } from './pack-measured.ts';
import { resample } from './resample.ts';
import type { SceneSections } from './section-writer.ts';
import type { SurfaceOptics } from './surface-optics.ts';

/**
 * Writes optical surfaces: records in the order given, their rows on the grid. What is not given is as in Geant4. [TAB8]
 *
 * @returns what was found doubtful in tables that surfaces go by
 */
export function packSurfaces(
  surfaces: readonly SurfaceOptics[],
  farMaterials: ReadonlyMap<string, number>,
  grid: EnergyGrid,
  sections: SceneSections,
): readonly string[] {
  const { indices, warnings } = packMeasured(surfaces, sections);
  for (const [i, surface] of surfaces.entries()) {
    const { value, roughness, model, type, finish } = surface;
    const table = packRows(surface, grid, sections);
    const far = farMaterials.get(surface.owner.name) ?? -1;
    sections.surface.append({
      ...{ value, roughness, model, type, finish, table },
      flags: flagsOf(surface),
      film: surface.film ? packFilm(surface.film, far, grid, sections) : -1,
      measured: indices[i] ?? -1,
    });
  }
  return warnings;
}

const dichroic = surfaceTypes.indexOf('dielectric_dichroic');

/** The tables of a surface that photons look up by their energy. */
export function lookedUpInSurface(
  surface: SurfaceOptics,
): readonly (readonly [string, PropertyTable])[] {
  const { reflectivity, efficiency, transmittance, lobe, spike, backscatter, gap, film } = surface;
  const named: readonly (readonly [string, PropertyTable | undefined])[] = [
    ['REFLECTIVITY', reflectivity],
    ['EFFICIENCY', efficiency],
    ['TRANSMITTANCE', transmittance],
    ['SPECULARLOBECONSTANT', lobe],
    ['SPECULARSPIKECONSTANT', spike],
    ['BACKSCATTERCONSTANT', backscatter],
    ['RINDEX', gap],
  ];
  const layers = film?.layers ?? [];
  const inLayers = layers.flatMap(({ index, extinction }, i) => [
    [`index of layer ${i + 1}`, index] as const,
    [`extinction of layer ${i + 1}`, extinction] as const,
  ]);
  return [...named, ...inLayers].flatMap(([name, table]) =>
    table ? [[name, table] as const] : [],
  );
}

function flagsOf(surface: SurfaceOptics): number {
  const { owner, type, gap, reflectivity, transmittance, efficiency, film } = surface;
  const detects = type !== dichroic && (efficiency?.values.some((value) => value > 0) ?? false);
  const { tables, constants } = owner.properties;
  return (
    (tables.size + constants.size > 0 ? surfaceFlags.hasProperties : 0) |
    (gap ? surfaceFlags.hasGapIndex : 0) |
    (transmittance ? surfaceFlags.hasTransmittance : 0) |
    (detects ? surfaceFlags.isSensor : 0) |
    (reflectivity ? surfaceFlags.hasReflectivity : 0) |
    (film?.kind === 'metal' ? surfaceFlags.complexIndex : 0) |
    (film?.kind === 'thinFilm' ? surfaceFlags.thinFilm : 0) |
    (surface.isQuantumEfficiency ? surfaceFlags.quantumEfficiency : 0)
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
