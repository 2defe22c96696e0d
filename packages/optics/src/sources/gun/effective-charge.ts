import type { Substance } from './substance.ts';

/** Coefficients of helium's effective charge. */
const helium = [0.2865, 0.1266, -0.001_429, 0.024_02, -0.011_35, 0.001_475] as const;
/** From this energy (MeV of a proton, per charge) on a nucleus has its full charge. */
const bare = 20;
/** MeV of a proton to keV per u. */
const perUnit = 1000 / 1.007_276;

/**
 * The charge (e+) with which a slow nucleus acts: helium that picks up electrons. With x = Σ cᵢ lnⁱ(E), E in keV per u,
 * and s = (7.6 − ln E)²: q²/4 = (1 − e^(−x)) (1 + (0.007 + 0.00005 Z) e^(−s))². Particles of charge 1 keep theirs.
 *
 * [GUN16] Source: Ziegler, Biersack, Littmark, The Stopping and Range of Ions in Solids (1985), eqs. 3-20 to 3-24.
 *
 * @param charge in e+
 * @param asProton kinetic energy of a proton of the same velocity, MeV
 */
export function effectiveCharge(charge: number, asProton: number, substance: Substance): number {
  const size = Math.abs(charge);
  if (size < 1.5 || asProton > bare * size) return charge;
  const logarithm = Math.max(0, Math.log(asProton * perUnit));
  let [x, power] = [0, 1];
  for (const c of helium) {
    x += c * power;
    power *= logarithm;
  }
  const bump = (0.007 + 0.000_05 * meanZ(substance)) * Math.exp(-((7.6 - logarithm) ** 2));
  return charge * Math.sqrt(1 - Math.exp(-x)) * (1 + bump);
}

/** The mean atomic number by number of atoms. */
function meanZ({ constituents }: Substance): number {
  let [charge, atoms] = [0, 0];
  for (const { Z, A, fraction } of constituents) {
    charge += (Z * fraction) / A;
    atoms += fraction / A;
  }
  return charge / atoms;
}
