import { eV } from '@lantern/units';
import type { PropertyTable } from '../model/property-table.ts';
import { type Remark, rounded } from './finding.ts';
import { wavelengthInWords } from './wavelengths.ts';

/** Above this a photon is no optical one: a number that was meant in eV is a million times above it. */
const highestOptical = 1e3 * eV;

/** The photon energies of a table: some, positive, ascending, of optical size. */
export function remarksOnEnergies({ energies }: PropertyTable): Remark[] {
  const remarks: Remark[] = [];
  const [first] = energies;
  if (first === undefined) return [error('The table is empty.')];
  if (energies.some((energy) => !(energy > 0 && Number.isFinite(energy)))) {
    remarks.push(error('A photon energy is not a number above 0.'));
  }
  remarks.push(...remarksOnOrder(energies));
  const highest = Math.max(...energies);
  if (highest > highestOptical) {
    const message = `The photon energies reach ${rounded(highest / eV)} eV: were they meant in eV? A number without a unit is in MeV.`;
    remarks.push({ kind: 'badEnergies', severity: 'warning', message });
  }
  if (energies.length === 1) {
    const message = `A single point, at ${wavelengthInWords(first)}: its value is taken everywhere.`;
    remarks.push({ kind: 'badEnergies', severity: 'info', message });
  }
  return remarks;
}

/** The kinetic energies of particles, of a table of yields: two or more, at least 0, ascending. */
export function remarksOnKineticEnergies({ energies }: PropertyTable): Remark[] {
  if (energies.length < 2) return [error('A table of yields has two points or more.')];
  const remarks = remarksOnOrder(energies);
  if (energies.every((energy) => energy >= 0 && Number.isFinite(energy))) return remarks;
  return [error('A kinetic energy is not a number from 0 on.'), ...remarks];
}

function remarksOnOrder(energies: Float64Array): Remark[] {
  const row = energies.findIndex((energy, i) => i > 0 && energy <= (energies[i - 1] ?? 0));
  if (row <= 0) return [];
  const [before, after] = [(energies[row - 1] ?? 0) / eV, (energies[row] ?? 0) / eV];
  const values = `${rounded(before)} eV is followed by ${rounded(after)} eV`;
  return [error(`The energies do not ascend: ${values} (point ${row + 1}).`)];
}

function error(message: string): Remark {
  return { kind: 'badEnergies', severity: 'error', message };
}
