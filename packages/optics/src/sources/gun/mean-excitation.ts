/** Mean excitation energies of the elements, eV, by Z - 1. Source: ICRU Report 37 (1984), as in Geant4's NIST materials. */
const elements: readonly number[] = [
  19.2, 41.8, 40, 63.7, 76, 81, 82, 95, 115, 137, 149, 156, 166, 173, 173, 180, 174, 188, 190, 191,
  216, 233, 245, 257, 272, 286, 297, 311, 322, 330, 334, 350, 347, 348, 343, 352, 363, 366, 379,
  393, 417, 424, 428, 441, 449, 470, 470, 469, 488, 488, 487, 485, 491, 482, 488, 491, 501, 523,
  535, 546, 560, 574, 580, 591, 614, 628, 650, 658, 674, 684, 694, 705, 718, 727, 736, 746, 757,
  790, 790, 800, 810, 823, 823, 830, 825, 794, 827, 826, 841, 847, 878, 890,
];

/**
 * In a liquid or solid compound (ICRU Report 37, table 5.1, "liquids and solids"); all other elements count 1.13 times
 * their own value there.
 */
const condensed: Readonly<Record<number, number>> = {
  1: 19.2,
  6: 81,
  7: 82,
  8: 106,
  9: 112,
  17: 180,
};
/** The same in a gas. */
const gaseous: Readonly<Record<number, number>> = { 1: 19.2, 6: 70, 7: 82, 8: 97 };

/** The state that an element is met in. */
export type Bond = 'pure' | 'condensed' | 'gas';

/**
 * The mean excitation energy of an element, eV, as it counts by Bragg's rule in what it is part of.
 *
 * @param Z 1 to 92; beyond, the rule of thumb 10 eV per electron
 */
export function meanExcitation(Z: number, bond: Bond): number {
  const own = elements[Math.round(Z) - 1] ?? 10 * Z;
  if (bond === 'pure') return own;
  if (bond === 'gas') return gaseous[Z] ?? own;
  return condensed[Z] ?? 1.13 * own;
}
