import type { PropertyTable } from '../model/property-table.ts';
import { resamplingError } from './resample.ts';
import type { SceneSections } from './section-writer.ts';

/**
 * The energies at which all tables of a scene have their rows, MeV, ascending, at least two. Even cells over the range
 * say where the search for a photon's row begins.
 */
export interface EnergyGrid {
  readonly energies: Float64Array;
  readonly energyMin: number;
  /** Cells per energy, 1/MeV. */
  readonly inverseStep: number;
  /** The row in which each cell begins, and the last row. */
  readonly cells: Int32Array;
  /** The tables have more energies than there are rows. */
  readonly isResampled: boolean;
}

/** Rows of a grid at most; tables with more points are resampled. */
const maximumRows = 2 ** 20;

/** Rows of all materials and surfaces together, of 32 bytes each: 128 MiB for every worker. */
const maximumRowsInAll = 2 ** 22;

/** However many materials and surfaces there are, each has room for so many rows. */
const enoughRows = 2 ** 14;

/** How many rows a grid may have that so many materials and surfaces share. [TAB3] */
export function mostRows(owners: number): number {
  const share = Math.floor(maximumRowsInAll / Math.max(1, owners));
  return Math.max(enoughRows, Math.min(maximumRows, share));
}

/** Energies nearer than this part of themselves share a row: files round their numbers. */
const sameEnergy = 1e-10;

/** What a resampled table may lose without a warning. */
const tolerance = 1e-4;

/**
 * One grid for tables: the energies of all of them, so that nothing is lost between rows. [TAB2] Where that would be
 * more than `most`, so many rows at even steps. [TAB3]
 *
 * @param most of {@link mostRows}
 */
export function energyGrid(
  tables: readonly PropertyTable[],
  most: number = maximumRows,
): EnergyGrid {
  const all = Float64Array.from(new Set(tables.flatMap(({ energies }) => [...energies]))).sort();
  const merged: number[] = [];
  for (const energy of all) {
    const previous = merged.at(-1);
    if (previous === undefined || energy > previous * (1 + sameEnergy)) merged.push(energy);
  }
  if (merged.length === 0) merged.push(1e-6);
  const first = merged[0] ?? 0;
  if (merged.length === 1) merged.push(first * (1 + 1e-6));
  const last = merged.at(-1) ?? first;
  if (merged.length <= most) return withCells(Float64Array.from(merged), false);
  const even = (_: unknown, i: number): number => first + ((last - first) * i) / (most - 1);
  return withCells(Float64Array.from({ length: most }, even), true);
}

function withCells(energies: Float64Array, isResampled: boolean): EnergyGrid {
  const count = 4 * energies.length;
  const energyMin = energies[0] ?? 0;
  const step = ((energies.at(-1) ?? 0) - energyMin) / count;
  const cells = new Int32Array(count + 1);
  let row = 0;
  for (let cell = 0; cell < count; cell++) {
    // A hair early, so that rounding puts no photon of the cell below its first row.
    const start = energyMin + (cell - 1e-6) * step;
    while ((energies[row + 1] ?? Number.POSITIVE_INFINITY) <= start) row++;
    cells[cell] = row;
  }
  cells[count] = energies.length - 1;
  return { energies, energyMin, inverseStep: 1 / step, cells, isResampled };
}

/** Writes the grid to its sections. */
export function packEnergyGrid(grid: EnergyGrid, sections: SceneSections): void {
  sections.grid.append({
    energyMin: grid.energyMin,
    inverseStep: grid.inverseStep,
    rows: grid.energies.length,
    cells: grid.cells.length - 1,
  });
  for (const energy of grid.energies) sections.gridEnergy.append(energy);
  for (const row of grid.cells) sections.gridCell.append(row);
}

/** A warning where the grid loses more of a table than it may; with `what` the table is called. */
export function resamplingWarning(
  what: string,
  table: PropertyTable,
  grid: EnergyGrid,
): string | undefined {
  if (!grid.isResampled) return undefined;
  const error = resamplingError(table, grid.energies);
  if (error <= tolerance) return undefined;
  const percent = (100 * error).toPrecision(2);
  return `${what}: the tables of this detector have more than ${grid.energies.length} different energies; resampled at so many even steps, this one is off by up to ${percent} % near a bend or step.`;
}
