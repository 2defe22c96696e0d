import type { Detector } from '../model/detector.ts';
import { energyGrid, mostRows, packEnergyGrid, resamplingWarning } from './energy-grid.ts';
import { materialOptics } from './material-optics.ts';
import { lookedUpInMaterial, packMaterials, type ShiftProfile } from './pack-materials.ts';
import { lookedUpInSurface, packSurfaces } from './pack-surfaces.ts';
import type { SceneSections } from './section-writer.ts';
import { surfaceOptics } from './surface-optics.ts';

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
  shiftProfile: ShiftProfile = 'exponential',
): string[] {
  const materials = materialNames.map((name) => materialOptics(detector, name));
  const surfaces = surfaceNames.map((name) => surfaceOptics(detector, name));
  const lookedUp = [
    ...materials.map((material) => [material.owner, lookedUpInMaterial(material)] as const),
    ...surfaces.map((surface) => [surface.owner, lookedUpInSurface(surface)] as const),
  ];
  const grid = energyGrid(
    lookedUp.flatMap(([, tables]) => tables.map(([, table]) => table)),
    mostRows(lookedUp.length),
  );
  packEnergyGrid(grid, sections);
  packMaterials(materials, grid, shiftProfile, sections);
  packSurfaces(surfaces, grid, sections);
  const losses = lookedUp.flatMap(([owner, tables]) =>
    tables.map(([name, table]) => resamplingWarning(`${owner.where}: ${name}`, table, grid)),
  );
  return [
    ...[...materials, ...surfaces].flatMap(({ warnings }) => warnings),
    ...losses.filter((warning) => warning !== undefined),
  ];
}
