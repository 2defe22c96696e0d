import type { EnergyGrid } from './energy-grid.ts';
import type { FilmLayer, SurfaceFilm } from './film.ts';
import { resample } from './resample.ts';
import type { SceneSections } from './section-writer.ts';

/**
 * Writes a film: its record, its layers and their rows on the grid.
 *
 * @param farMaterial material behind its last layer, -1 where that is not known
 * @returns the number of the film
 */
export function packFilm(
  { layers, cathode, frustrated }: SurfaceFilm,
  farMaterial: number,
  grid: EnergyGrid,
  sections: SceneSections,
): number {
  const firstLayer = sections.layer.count;
  for (const layer of layers) {
    sections.layer.append({ thickness: layer.thickness, table: packRows(layer, grid, sections) });
  }
  return sections.film.append({
    ...{ firstLayer, layerCount: layers.length, cathode, farMaterial },
    frustrated: frustrated ? 1 : 0,
  });
}

function packRows(
  { index, extinction }: FilmLayer,
  { energies }: EnergyGrid,
  sections: SceneSections,
): number {
  const real = resample(index, energies);
  const imaginary = extinction && resample(extinction, energies);
  const first = sections.filmTable.count;
  for (let row = 0; row < energies.length; row++) {
    sections.filmTable.append(real[row] ?? 0, imaginary?.[row] ?? 0);
  }
  return first;
}
