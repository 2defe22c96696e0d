import type { PropertyTable } from '@lantern/geometry';
import { fineStructureConstant, hbarC } from '@lantern/units';

/** α/ħc: photons per MeV of spectrum and mm of path where sin²θ is 1. */
const photonsPerEnergyAndLength = fineStructureConstant / hbarC;

/**
 * Cerenkov photons per mm: dN/dx = (α z²/ħc) ∫ (1 − 1/(n²β²)) dE over the energies of the table where nβ > 1. Exact for
 * the table's linear pieces, also where one crosses the threshold: ∫ dE/n² = ΔE/(n₁ n₂).
 *
 * [CK1] [CK2] Source: Frank and Tamm (1937); PDG 2022, eq. 34.44.
 *
 * @param index RINDEX: at least two points, all n > 0
 * @param charge in e+
 */
export function frankTammYield(index: PropertyTable, beta: number, charge = 1): number {
  const { energies, values } = index;
  let sum = 0;
  for (let i = 1; i < energies.length; i++) {
    sum += pieceYield(
      energies[i - 1] ?? 0,
      energies[i] ?? 0,
      values[i - 1] ?? 1,
      values[i] ?? 1,
      beta,
    );
  }
  return photonsPerEnergyAndLength * charge * charge * sum;
}

/** ∫ (1 − 1/(n²β²)) dE over one linear piece, MeV. */
function pieceYield(e1: number, e2: number, n1: number, n2: number, beta: number): number {
  const threshold = 1 / beta;
  if (n1 <= threshold && n2 <= threshold) return 0;
  if (n1 < threshold) return piece(crossing(e1, e2, n1, n2, threshold), e2, threshold, n2, beta);
  if (n2 < threshold) return piece(e1, crossing(e1, e2, n1, n2, threshold), n1, threshold, beta);
  return piece(e1, e2, n1, n2, beta);
}

/** All above threshold: ΔE (1 − 1/(n₁ n₂ β²)), without cancellation near threshold. */
function piece(e1: number, e2: number, n1: number, n2: number, beta: number): number {
  const [a, b] = [n1 * beta - 1, n2 * beta - 1];
  return ((e2 - e1) * (a + b + a * b)) / ((1 + a) * (1 + b));
}

function crossing(e1: number, e2: number, n1: number, n2: number, threshold: number): number {
  return e1 + ((threshold - n1) / (n2 - n1)) * (e2 - e1);
}

/** The greatest refractive index of the table: the threshold velocity is c over it. */
export function greatestIndex({ values }: PropertyTable): number {
  return values.reduce((most, value) => Math.max(most, value), 0);
}
