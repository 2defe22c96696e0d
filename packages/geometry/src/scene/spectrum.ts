import type { PropertyTable } from '../model/property-table.ts';
import type { SceneSections } from './section-writer.ts';

/** Where a spectrum stands in the section `spectrum`. */
export interface PackedSpectrum {
  /** Its first knot, -1 for none. */
  readonly first: number;
  readonly count: number;
}

/** No spectrum. */
export const noSpectrum: PackedSpectrum = { first: -1, count: 0 };

/** The integral of an intensity over energy, by the trapezoidal rule. */
export function integral({ energies, values }: PropertyTable): number {
  let sum = 0;
  for (let i = 1; i < energies.length; i++) {
    const width = (energies[i] ?? 0) - (energies[i - 1] ?? 0);
    sum += 0.5 * width * ((values[i] ?? 0) + (values[i - 1] ?? 0));
  }
  return sum;
}

/**
 * Writes an emission spectrum as its cumulative trapezoidal integral, from 0 to 1 over ascending energies. The kernel
 * inverts it linearly, so that the density is even between two points, as in Geant4. [TAB6]
 *
 * @param table of a positive integral
 */
export function packSpectrum(
  { energies, values }: PropertyTable,
  sections: SceneSections,
): PackedSpectrum {
  const whole = integral({ energies, values });
  const first = sections.spectrum.count;
  let sum = 0;
  energies.forEach((energy, i) => {
    if (i > 0) {
      const width = energy - (energies[i - 1] ?? 0);
      sum += 0.5 * width * ((values[i] ?? 0) + (values[i - 1] ?? 0));
    }
    const cumulative = i === energies.length - 1 ? 1 : sum / whole;
    sections.spectrum.append({ energy, cumulative });
  });
  return { first, count: energies.length };
}
