import type { Detector, PropertyTable } from '@lantern/geometry';
import { nearest } from '@lantern/units';
import { WordsError } from '../words/word-reader.ts';

/** Properties that hold what a material emits, in the order in which `spectrum` looks for them. */
const emissionProperties = [
  'SCINTILLATIONCOMPONENT1',
  'FASTCOMPONENT',
  'WLSCOMPONENT',
  'SCINTILLATIONCOMPONENT2',
  'SLOWCOMPONENT',
  'SCINTILLATIONCOMPONENT3',
  'WLSCOMPONENT2',
  'REEMISSIONCOMPONENT',
] as const;

/**
 * The emission table of a material.
 *
 * @param property its name; the first of `emissionProperties` that is there without it
 * @throws WordsError when there is no such material or property
 */
export function emissionTable(
  detector: Detector,
  material: string,
  property?: string,
): PropertyTable {
  const found = detector.materials.get(material);
  if (!found) {
    const near = nearest(material, detector.materials.keys());
    throw new WordsError({
      what: 'no such material',
      where: '--light: spectrum',
      given: `'${material}'`,
      expected: `one of ${[...detector.materials.keys()].join(', ')}`,
      hint: near && `did you mean '${near}'?`,
    });
  }
  const { tables } = found.properties;
  const names: readonly string[] = property ? [property] : emissionProperties;
  for (const name of names) {
    const table = tables.get(name);
    if (table && table.energies.length > 1) return table;
  }
  throw new WordsError({
    what: 'the material emits no light of its own',
    where: `--light: spectrum ${material}`,
    given: property ? `'${property}'` : undefined,
    expected: `a table ${names.join(' or ')}`,
  });
}

/**
 * The table as knots of a spectrum: (energy in MeV, cumulative from 0 to 1), by the trapezoidal rule as in Geant4.
 *
 * @throws WordsError when it holds no light, or a negative amount
 */
export function spectrumKnots({ energies, values }: PropertyTable, where: string): Float64Array {
  const knots = new Float64Array(2 * energies.length);
  let sum = 0;
  for (let i = 0; i < energies.length; i++) {
    const [energy = 0, value = 0] = [energies[i], values[i]];
    if (!(value >= 0))
      throw new WordsError({ what: 'a negative emission', where, given: `${value}` });
    if (i > 0) sum += 0.5 * (value + (values[i - 1] ?? 0)) * (energy - (energies[i - 1] ?? 0));
    knots.set([energy, sum], 2 * i);
  }
  if (!(sum > 0)) throw new WordsError({ what: 'an emission of nothing', where });
  for (let i = 1; i < knots.length; i += 2) knots[i] = (knots[i] ?? 0) / sum;
  return knots;
}
