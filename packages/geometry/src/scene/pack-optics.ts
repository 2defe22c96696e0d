import type { Detector } from '../model/detector.ts';
import type { SurfaceData } from '../surface-data/surface-data.ts';
import { energyGrid, mostRows, packEnergyGrid, resamplingWarning } from './energy-grid.ts';
import { filmFarMaterial } from './film-sides.ts';
import { warningsOfFilm } from './film-warnings.ts';
import { materialOptics } from './material-optics.ts';
import { lookedUpInMaterial, packMaterials, type ShiftProfiles } from './pack-materials.ts';
import { lookedUpInSurface, packSurfaces } from './pack-surfaces.ts';
import type { SceneSections } from './section-writer.ts';
import { type SurfaceOptics, surfaceOptics } from './surface-optics.ts';

/**
 * Packs the optics of the materials and surfaces that are used, on one energy grid: sections grid, gridEnergy, gridCell,
 * material, materialTable, surface, surfaceTable, spectrum. Records in the order of the names.
 *
 * @returns what was found doubtful, in words
 * @throws GeometryError that names the material or surface and its property: a value that no photon can live with, or
 * physics that is not done yet
 */
export function packOptics(
  detector: Detector,
  materialNames: readonly string[],
  surfaceNames: readonly string[],
  sections: SceneSections,
  shiftProfiles: ShiftProfiles = 'exponential',
  surfaceData: SurfaceData = {},
): string[] {
  const materials = materialNames.map((name) => materialOptics(detector, name));
  const surfaces = surfaceNames.map((name) => surfaceOptics(detector, name, surfaceData));
  const lookedUp = [
    ...materials.map((material) => [material.owner, lookedUpInMaterial(material)] as const),
    ...surfaces.map((surface) => [surface.owner, lookedUpInSurface(surface)] as const),
  ];
  const grid = energyGrid(
    lookedUp.flatMap(([, tables]) => tables.map(([, table]) => table)),
    mostRows(lookedUp.length),
  );
  packEnergyGrid(grid, sections);
  packMaterials(materials, grid, shiftProfiles, sections);
  const doubts = packSurfaces(
    surfaces,
    farMaterialsOf(detector, materialNames, surfaces),
    grid,
    sections,
  );
  const losses = lookedUp.flatMap(([owner, tables]) =>
    tables.map(([name, table]) => resamplingWarning(`${owner.where}: ${name}`, table, grid)),
  );
  return [
    ...[...materials, ...surfaces].flatMap(({ warnings }) => warnings),
    ...surfaces.flatMap((surface) =>
      warningsOfFilm(detector, surface).map((text) => `${surface.owner.where}: ${text}`),
    ),
    ...doubts,
    ...losses.filter((warning) => warning !== undefined),
  ];
}

/** By the name of a surface with a thin film: the number of the material behind its last layer. */
function farMaterialsOf(
  detector: Detector,
  materialNames: readonly string[],
  surfaces: readonly SurfaceOptics[],
): Map<string, number> {
  const films = surfaces.filter(({ film }) => film?.kind === 'thinFilm');
  return new Map(
    films.map(({ owner }) => [
      owner.name,
      materialNames.indexOf(filmFarMaterial(detector, owner) ?? ''),
    ]),
  );
}
