import { speedOfLight } from '@lantern/units';
import type { PropertyTable } from '../model/property-table.ts';
import type { EnergyGrid } from './energy-grid.ts';
import { materialFlags } from './layout.ts';
import type { MaterialOptics } from './material-optics.ts';
import { resample } from './resample.ts';
import type { SceneSections } from './section-writer.ts';
import { noSpectrum, packSpectrum } from './spectrum.ts';
import type { WavelengthShift } from './wavelength-shift.ts';

/** The length of a process that never happens, mm. */
const never = 1e30;
/** Shorter lengths are none: the kernel divides by them, mm. */
const shortest = 1e-9;

/**
 * How long a wavelength shift takes (G4OpticalParameters' WLS time profile): exponential with WLSTIMECONSTANT as its
 * mean, or exactly that long (delta, the default of Geant4).
 */
export type ShiftProfile = 'exponential' | 'delta';

/** Of both sets of WLS properties, or of each: Geant4 has a profile for either process. */
export type ShiftProfiles = ShiftProfile | readonly [ShiftProfile, ShiftProfile];

/** Writes materials: records in the order given, their rows on the grid. [TAB2] */
export function packMaterials(
  materials: readonly MaterialOptics[],
  grid: EnergyGrid,
  shiftProfiles: ShiftProfiles,
  sections: SceneSections,
): void {
  for (const material of materials) {
    const { mie, shifts, scintillation, reemission } = material;
    sections.material.append({
      ...shiftFields(1, shifts[0], sections),
      ...shiftFields(2, shifts[1], sections),
      mieForward: mie?.forward ?? 0,
      mieBackward: mie?.backward ?? 0,
      mieForwardRatio: mie?.forwardRatio ?? 1,
      flags: flagsOf(material, shiftProfiles),
      table: packRows(material, grid, sections),
      ...spectrumFields('reemission', '', reemission?.spectrum, sections),
      ...spectrumFields('scintillation', '1', scintillation[0], sections),
      ...spectrumFields('scintillation', '2', scintillation[1], sections),
      ...spectrumFields('scintillation', '3', scintillation[2], sections),
    });
  }
}

function shiftFields(
  set: 1 | 2,
  shift: WavelengthShift | undefined,
  sections: SceneSections,
): Record<string, number> {
  return {
    [`shiftTime${set}`]: shift?.time ?? 0,
    [`shiftMean${set}`]: shift?.meanNumber ?? -1,
    ...spectrumFields('shift', `${set}`, shift?.emission, sections),
  };
}

function spectrumFields(
  of: string,
  number: string,
  table: PropertyTable | undefined,
  sections: SceneSections,
): Record<string, number> {
  const { first, count } = table ? packSpectrum(table, sections) : noSpectrum;
  return { [`${of}Spectrum${number}`]: first, [`${of}Knots${number}`]: count };
}

/** The tables of a material that photons look up by their energy. */
export function lookedUpInMaterial(
  material: MaterialOptics,
): readonly (readonly [string, PropertyTable])[] {
  const { index, velocity, absorption, scattering, mie, shifts, reemission } = material;
  const named: readonly (readonly [string, PropertyTable | undefined])[] = [
    ['RINDEX', index],
    ['GROUPVEL', velocity],
    ['ABSLENGTH', absorption],
    ['RAYLEIGH', scattering],
    ['MIEHG', mie?.length],
    ['WLSABSLENGTH', shifts[0]?.length],
    ['WLSABSLENGTH2', shifts[1]?.length],
    ['REEMISSIONPROB', reemission?.probability],
  ];
  return named.flatMap(([name, table]) => (table ? [[name, table] as const] : []));
}

function flagsOf(material: MaterialOptics, profiles: ShiftProfiles): number {
  const { index, mie, shifts, reemission } = material;
  const [first, second] = typeof profiles === 'string' ? [profiles, profiles] : profiles;
  return (
    (index ? materialFlags.hasIndex : 0) |
    (mie || shifts[0] || shifts[1] ? materialFlags.moreProcesses : 0) |
    (first === 'exponential' ? materialFlags.exponentialShift1 : 0) |
    (second === 'exponential' ? materialFlags.exponentialShift2 : 0) |
    (reemission ? materialFlags.reemits : 0)
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
    length(material.shifts[0]?.length),
    length(material.shifts[1]?.length),
    length(material.mie?.length),
    column(material.reemission?.probability, 0),
  ];
  const first = sections.materialTable.count;
  for (let row = 0; row < grid.energies.length; row++) {
    sections.materialTable.append(...columns.map((values) => values[row] ?? 0));
  }
  return first;
}

/** A length that can be interpolated and divided by. */
function bounded(length: number): number {
  return Math.min(never, Math.max(shortest, length));
}
