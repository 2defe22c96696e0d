import type { Material } from '@lantern/geometry';
import { tabulate, through } from './spectra.ts';

/** A_i and λ_i² (µm²) at 20 °C. Source: M. Daimon and A. Masumura, Appl. Opt. 46 (2007) 3811, table 3. */
const sellmeier = [
  [5.684027565e-1, 5.101829712e-3],
  [1.726177391e-1, 1.821153936e-2],
  [2.086189578e-2, 2.620722293e-2],
  [1.130748688e-1, 1.069792721e1],
] as const;

/** The refractive index of water: n² = 1 + Σ A_i λ²/(λ² − λ_i²), for 182 to 1129 nm. */
export function waterIndex(wavelength: number): number {
  const squared = (wavelength / 1000) ** 2;
  const sum = sellmeier.reduce((total, [a, pole]) => total + (a * squared) / (squared - pole), 1);
  return Math.sqrt(sum);
}

/**
 * Absorption length, mm. Invented; of the size of purified water: a hundred metres in the violet, a few in the red
 * (compare R. Pope and E. Fry, Appl. Opt. 36 (1997) 8710).
 */
const absorptionLength = through([
  [280, 18_000],
  [320, 45_000],
  [360, 80_000],
  [410, 105_000],
  [450, 85_000],
  [490, 48_000],
  [520, 24_000],
  [560, 14_500],
  [600, 4500],
  [650, 2900],
  [700, 1600],
]);

/** Rayleigh scattering length, mm: the fourth power of the wavelength, from an invented 130 m at 400 nm. */
const scatteringLength = (wavelength: number): number => 130_000 * (wavelength / 400) ** 4;

/** Pure water at 20 °C. */
export const water: Material = {
  name: 'Water',
  formula: 'H2O',
  state: 'liquid',
  density: 0.9982,
  temperature: 293.15,
  pressure: 101_325,
  components: [
    { ref: 'Hydrogen', kind: 'element', massFraction: 0.111894 },
    { ref: 'Oxygen', kind: 'element', massFraction: 0.888106 },
  ],
  properties: {
    constants: new Map(),
    tables: new Map([
      ['RINDEX', tabulate(waterIndex)],
      ['ABSLENGTH', tabulate(absorptionLength)],
      ['RAYLEIGH', tabulate(scatteringLength)],
    ]),
  },
};
