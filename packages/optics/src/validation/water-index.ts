import type { PropertyTable } from '@lantern/geometry';
import { wavelengthToEnergy } from '@lantern/units';

/**
 * Water's index at 20 °C by wavelength in nm, 182 to 1129 nm.
 *
 * Source: Daimon and Masumura, Appl. Opt. 46 (2007) 3811, table 5.
 */
export function waterIndex(wavelength: number): number {
  const square = (wavelength / 1000) ** 2;
  const terms = [
    [5.684027565e-1, 5.101829712e-3],
    [1.726177391e-1, 1.821153936e-2],
    [2.086189578e-2, 2.620722293e-2],
    [1.130748688e-1, 1.069792721e1],
  ] as const;
  return Math.sqrt(terms.reduce((sum, [a, b]) => sum + (a * square) / (square - b), 1));
}

/** The table of 101 points that Geant4's examples and Celeritas' test of Cerenkov light use: RINDEX by energy. */
export function waterTable(): PropertyTable {
  const wavelengths = Array.from({ length: 101 }, (_, i) =>
    Number((1129 - 9.47 * i).toPrecision(4)),
  );
  return {
    energies: Float64Array.from(wavelengths, wavelengthToEnergy),
    values: Float64Array.from(wavelengths, waterIndex),
  };
}

/** The table in eV, for a material in words. */
export function waterPairs(): [energy: number, value: number][] {
  const { energies, values } = waterTable();
  return [...energies].map((energy, i) => [energy * 1e6, values[i] ?? 1]);
}
