import type { PropertyTable } from '../model/property-table.ts';

/**
 * The value of a property at a photon energy (MeV): linear in energy between its points, the end values outside
 * (G4PhysicsVector::Value). [TAB1]
 */
export function valueAt({ energies, values }: PropertyTable, energy: number): number {
  const last = energies.length - 1;
  if (!(energy > (energies[0] ?? 0))) return values[0] ?? 0;
  if (energy >= (energies[last] ?? 0)) return values[last] ?? 0;
  let [low, high] = [0, last];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((energies[middle] ?? 0) <= energy) low = middle;
    else high = middle;
  }
  const [start, end] = [energies[low] ?? 0, energies[high] ?? 0];
  const [from, to] = [values[low] ?? 0, values[high] ?? 0];
  return from + ((energy - start) / (end - start)) * (to - from);
}

/** The values of a property at ascending energies (MeV). */
export function resample(table: PropertyTable, energies: Float64Array): Float64Array {
  return energies.map((energy) => valueAt(table, energy));
}

/**
 * How far a table made of rows at the given energies is from the property, at worst: relative to the value, or to a
 * thousandth of the greatest value where that is more. 0 when each of the property's own energies has a row.
 */
export function resamplingError(table: PropertyTable, energies: Float64Array): number {
  const rows: PropertyTable = { energies, values: resample(table, energies) };
  const greatest = table.values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  let worst = 0;
  table.energies.forEach((energy, i) => {
    const value = table.values[i] ?? 0;
    const scale = Math.max(Math.abs(value), 1e-3 * greatest);
    if (scale > 0) worst = Math.max(worst, Math.abs(valueAt(rows, energy) - value) / scale);
  });
  return worst;
}
