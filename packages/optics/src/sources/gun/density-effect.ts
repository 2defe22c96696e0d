import type { Substance } from './substance.ts';

/** Where the density effect sets in (x0) and has its limit form (x1), in x = log10(βγ). */
interface Range {
  readonly x0: number;
  readonly x1: number;
}

/**
 * The density correction δ(βγ) of the energy loss, by the general parametrisation of the five constants from I and ħω_p:
 * C = 2 ln(I/ħω_p) + 1; δ = 2 ln10 x − C beyond x1, plus a (x1 − x)³ between x0 and x1, 0 below x0, x = log10 βγ.
 *
 * [GUN6] Source: Sternheimer and Peierls, Phys. Rev. B 3 (1971) 3681; as in Geant4's G4IonisParamMat for materials that are in no
 * table. Within 1 % of dE/dx of the tabulated constants.
 */
export function densityEffect(substance: Substance, betaGamma: number): number {
  const c = 1 + 2 * Math.log(substance.meanExcitation / substance.plasmaEnergy);
  const { x0, x1 } = substance.isGas ? gasRange(c) : condensedRange(c, substance.meanExcitation);
  const x = Math.log10(betaGamma);
  if (x < x0) return 0;
  const limit = 2 * Math.LN10 * x - c;
  if (x >= x1) return Math.max(0, limit);
  const a = (c - 2 * Math.LN10 * x0) / (x1 - x0) ** 3;
  return Math.max(0, limit + a * (x1 - x) ** 3);
}

function condensedRange(c: number, meanExcitation: number): Range {
  if (meanExcitation < 100e-6) return { x0: c < 3.681 ? 0.2 : 0.326 * c - 1, x1: 2 };
  return { x0: c < 5.215 ? 0.2 : 0.326 * c - 1.5, x1: 3 };
}

function gasRange(c: number): Range {
  if (c < 10) return { x0: 1.6, x1: 4 };
  if (c < 10.5) return { x0: 1.7, x1: 4 };
  if (c < 11) return { x0: 1.8, x1: 4 };
  if (c < 11.5) return { x0: 1.9, x1: 4 };
  if (c < 12.25) return { x0: 2, x1: 4 };
  if (c < 13.804) return { x0: 2, x1: 5 };
  return { x0: 0.326 * c - 2.5, x1: 5 };
}
