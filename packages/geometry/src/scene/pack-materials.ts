import { speedOfLight } from '@lantern/units';
import type { PropertyTable } from '../model/property-table.ts';
import type { EnergyGrid } from './energy-grid.ts';
import { materialFlags } from './layout.ts';
import type { MaterialOptics } from './material-optics.ts';
import { resample } from './resample.ts';
import type { SceneSections } from './section-writer.ts';
import { noSpectrum, packSpectrum } from './spectrum.ts';

/** The length of a process that never happens, mm. */
const never = 1e30;
/** Shorter lengths are none: the kernel divides by them, mm. */
const shortest = 1e-9;

/**
 * How long a wavelength shift takes (G4OpticalParameters' WLS time profile): exponential with WLSTIMECONSTANT as its
 * mean, or exactly that long (delta, the default of Geant4).
 */
export type ShiftProfile = 'exponential' | 'delta';

/** Writes materials: records in the order given, their rows on the grid. [TAB2] */
export function packMaterials(
  materials: readonly MaterialOptics[],
  grid: EnergyGrid,
  shiftProfile: ShiftProfile,
  sections: SceneSections,
): void {
  for (const material of materials) {
    const emission = material.shiftEmission
      ? packSpectrum(material.shiftEmission, sections)
      : noSpectrum;
    const [first, second, third] = material.scintillation.map((table) =>
      table ? packSpectrum(table, sections) : noSpectrum,
    );
    sections.material.append({
      shiftTime: material.shiftTime,
      flags: flagsOf(material, shiftProfile),
      table: packRows(material, grid, sections),
      shiftSpectrum: emission.first,
      shiftKnots: emission.count,
      scintillationSpectrum1: first?.first ?? -1,
      scintillationKnots1: first?.count ?? 0,
      scintillationSpectrum2: second?.first ?? -1,
      scintillationKnots2: second?.count ?? 0,
      scintillationSpectrum3: third?.first ?? -1,
      scintillationKnots3: third?.count ?? 0,
    });
  }
}

/** The tables of a material that photons look up by their energy. */
export function lookedUpInMaterial(
  material: MaterialOptics,
): readonly (readonly [string, PropertyTable])[] {
  const { index, velocity, absorption, scattering, shift } = material;
  const named: readonly (readonly [string, PropertyTable | undefined])[] = [
    ['RINDEX', index],
    ['GROUPVEL', velocity],
    ['ABSLENGTH', absorption],
    ['RAYLEIGH', scattering],
    ['WLSABSLENGTH', shift],
  ];
  return named.flatMap(([name, table]) => (table ? [[name, table] as const] : []));
}

function flagsOf({ index, shift }: MaterialOptics, shiftProfile: ShiftProfile): number {
  return (
    (index ? materialFlags.hasIndex : 0) |
    (shift ? materialFlags.hasShift : 0) |
    (shiftProfile === 'exponential' ? materialFlags.exponentialShift : 0)
  );
}

function packRows(material: MaterialOptics, grid: EnergyGrid, sections: SceneSections): number {
  const column = (table: PropertyTable | undefined, otherwise: number): Float64Array =>
    table ? resample(table, grid.energies) : new Float64Array(grid.energies.length).fill(otherwise);
  const length = (table: PropertyTable | undefined): Float64Array =>
    column(table && { energies: table.energies, values: table.values.map(bounded) }, never);
  const columns = [
    column(material.index, 1),
    column(material.velocity, speedOfLight),
    length(material.absorption),
    length(material.scattering),
    length(material.shift),
  ];
  const first = sections.materialTable.count;
  for (let row = 0; row < grid.energies.length; row++) {
    sections.materialTable.append(...columns.map((values) => values[row] ?? 0), 0, 0, 0);
  }
  return first;
}

/** A length that can be interpolated and divided by. */
function bounded(length: number): number {
  return Math.min(never, Math.max(shortest, length));
}
