import type { Detector, Material } from '@lantern/geometry';
import { OpticsError } from '../../errors.ts';
import { type Bond, meanExcitation } from './mean-excitation.ts';

/** An element of a substance: atomic number, molar mass in g/mole, mass fraction. */
export interface Constituent {
  readonly Z: number;
  readonly A: number;
  readonly fraction: number;
}

/** A material as charged particles meet it. */
export interface Substance {
  readonly name: string;
  readonly constituents: readonly Constituent[];
  /** g/cm3. */
  readonly density: number;
  readonly isGas: boolean;
  /** Electrons per mass: Σ w Z/A, mole/g. */
  readonly zOverA: number;
  /** Mean excitation energy, MeV. */
  readonly meanExcitation: number;
  /** ħω_p = 28.816 eV √(ρ Z/A), MeV. */
  readonly plasmaEnergy: number;
  /** Radiation length, g/cm2. */
  readonly radiationLength: number;
}

/** Geant4's limit between gases and the rest, g/cm3, for materials that do not say (kGasThreshold). */
const gasDensity = 0.01;
const plasmaEnergyUnit = 28.816e-6;

/**
 * What a material of the detector is made of.
 *
 * @throws OpticsError when it has no elements, or a density that is not positive
 */
export function substanceOf(detector: Detector, material: Material): Substance {
  const constituents = joinEqual(constituentsOf(detector, material, 1, new Set()));
  const { name, density, meanExcitationEnergy } = material;
  const total = constituents.reduce((sum, { fraction }) => sum + fraction, 0);
  if (!(total > 0) || !(density > 0)) {
    throw new OpticsError({
      what: 'a particle cannot go through this material: nothing says what it is made of',
      where: `material '${name}'`,
      given: `density ${density} g/cm3, ${constituents.length} elements`,
      expected: 'a density above 0 and elements',
    });
  }
  return createSubstance(
    name,
    constituents.map((part) => ({ ...part, fraction: part.fraction / total })),
    { density, isGas: isGas(material), meanExcitationEnergy },
  );
}

/** @param options density in g/cm3; meanExcitationEnergy in eV, by Bragg's rule without it */
export function createSubstance(
  name: string,
  constituents: readonly Constituent[],
  options: {
    readonly density: number;
    readonly isGas: boolean;
    readonly meanExcitationEnergy?: number | undefined;
  },
): Substance {
  const { density, isGas, meanExcitationEnergy } = options;
  const zOverA = sumOver(constituents, ({ Z, A, fraction }) => (fraction * Z) / A);
  const given = meanExcitationEnergy ?? 0;
  return {
    name,
    constituents,
    density,
    isGas,
    zOverA,
    meanExcitation: 1e-6 * (given > 0 ? given : braggRule(constituents, zOverA, isGas)),
    plasmaEnergy: plasmaEnergyUnit * Math.sqrt(density * zOverA),
    radiationLength: 1 / sumOver(constituents, ({ Z, A, fraction }) => fraction / ownLength(Z, A)),
  };
}

/** Bragg's rule: ln I = Σ w (Z/A) ln I_Z / (Z/A), eV. Source: ICRU Report 37 (1984). */
function braggRule(constituents: readonly Constituent[], zOverA: number, isGas: boolean): number {
  const bond: Bond = constituents.length === 1 ? 'pure' : isGas ? 'gas' : 'condensed';
  const sum = sumOver(
    constituents,
    ({ Z, A, fraction }) => ((fraction * Z) / A) * Math.log(meanExcitation(Z, bond)),
  );
  return Math.exp(sum / zOverA);
}

/** X0 = 716.4 A / (Z (Z+1) ln(287/√Z)) g/cm2, to 2.5 % (helium 5 %). Source: Dahl, in PDG 2022, eq. 34.27. */
function ownLength(Z: number, A: number): number {
  return (716.4 * A) / (Z * (Z + 1) * Math.log(287 / Math.sqrt(Z)));
}

function sumOver(
  constituents: readonly Constituent[],
  term: (constituent: Constituent) => number,
): number {
  return constituents.reduce((sum, constituent) => sum + term(constituent), 0);
}

function isGas({ state, density }: Material): boolean {
  return state === 'gas' || (state === 'unknown' && density < gasDensity);
}

function constituentsOf(
  detector: Detector,
  material: Material,
  fraction: number,
  above: ReadonlySet<string>,
): Constituent[] {
  const { components, Z, molarMass } = material;
  if (components.length === 0) {
    return Z && molarMass ? [{ Z, A: molarMass, fraction }] : [];
  }
  if (above.has(material.name)) return [];
  const path = new Set([...above, material.name]);
  return components.flatMap(({ ref, kind, massFraction }) => {
    const part = fraction * massFraction;
    if (kind === 'element') return elementConstituents(detector, ref, part);
    const inner = detector.materials.get(ref);
    return inner ? constituentsOf(detector, inner, part, path) : [];
  });
}

/** An element of isotopes counts with its mean mass: abundances are by number. */
function elementConstituents(detector: Detector, name: string, fraction: number): Constituent[] {
  const element = detector.elements.get(name);
  if (!element) return [];
  if (element.Z > 0 && element.molarMass > 0)
    return [{ Z: element.Z, A: element.molarMass, fraction }];
  let [abundance, mass, charge] = [0, 0, 0];
  for (const { isotope: ref, fraction: share } of element.isotopes) {
    const isotope = detector.isotopes.get(ref);
    if (!isotope) continue;
    abundance += share;
    mass += share * isotope.molarMass;
    charge += share * isotope.Z;
  }
  if (!(abundance > 0 && mass > 0 && charge > 0)) return [];
  return [{ Z: charge / abundance, A: mass / abundance, fraction }];
}

function joinEqual(constituents: readonly Constituent[]): Constituent[] {
  const joined = new Map<string, Constituent>();
  for (const part of constituents) {
    const key = `${part.Z} ${part.A}`;
    const before = joined.get(key)?.fraction ?? 0;
    joined.set(key, { ...part, fraction: before + part.fraction });
  }
  return [...joined.values()];
}
