import type { Material } from '../model/material.ts';

interface NistMaterial {
  /** g/cm3. */
  readonly density: number;
  /** eV. */
  readonly meanExcitationEnergy: number;
  readonly state: Material['state'];
  /** Mass fractions of elements, or numbers of atoms. */
  readonly fractions?: Readonly<Record<string, number>>;
  readonly atoms?: Readonly<Record<string, number>>;
}

/** The commonest of Geant4's NIST materials: density, mean excitation energy and composition (G4NistMaterialBuilder). */
export const nistMaterials: ReadonlyMap<string, NistMaterial> = new Map(
  Object.entries({
    G4_WATER: liquid(1, 78, { H: 2, O: 1 }),
    G4_AIR: gas(0.00120479, 85.7, { C: 0.000124, N: 0.755267, O: 0.231781, Ar: 0.012827 }),
    G4_Galactic: { density: 1e-25, meanExcitationEnergy: 21.8, state: 'gas', atoms: { H: 1 } },
    G4_H: gas(8.3748e-5, 19.2, { H: 1 }),
    G4_He: gas(1.66322e-4, 41.8, { He: 1 }),
    G4_N: gas(0.0011652, 82, { N: 1 }),
    G4_O: gas(0.00133151, 95, { O: 1 }),
    G4_Ar: gas(0.00166201, 188, { Ar: 1 }),
    G4_Xe: gas(0.00548536, 482, { Xe: 1 }),
    G4_lAr: liquid(1.396, 188, { Ar: 1 }),
    G4_lXe: liquid(2.953, 482, { Xe: 1 }),
    G4_Be: solid(1.848, 63.7, { Be: 1 }),
    G4_C: solid(2, 81, { C: 1 }),
    G4_Al: solid(2.699, 166, { Al: 1 }),
    G4_Si: solid(2.33, 173, { Si: 1 }),
    G4_Ti: solid(4.54, 233, { Ti: 1 }),
    G4_Fe: solid(7.874, 286, { Fe: 1 }),
    G4_Cu: solid(8.96, 322, { Cu: 1 }),
    G4_W: solid(19.3, 727, { W: 1 }),
    G4_Pb: solid(11.35, 823, { Pb: 1 }),
    G4_PYREX_Glass: mixture(2.23, 134, {
      B: 0.040064,
      O: 0.539562,
      Na: 0.028191,
      Al: 0.011644,
      Si: 0.37722,
      K: 0.003321,
    }),
    G4_SILICON_DIOXIDE: solid(2.32, 139.2, { Si: 1, O: 2 }),
    G4_PLEXIGLASS: solid(1.19, 74, { C: 5, H: 8, O: 2 }),
    G4_POLYETHYLENE: solid(0.94, 57.4, { C: 1, H: 2 }),
    G4_POLYSTYRENE: solid(1.06, 68.7, { C: 8, H: 8 }),
    G4_PLASTIC_SC_VINYLTOLUENE: solid(1.032, 64.7, { C: 9, H: 10 }),
    G4_TEFLON: solid(2.2, 99.1, { C: 1, F: 2 }),
    G4_KAPTON: solid(1.42, 79.6, { C: 22, H: 10, N: 2, O: 5 }),
    G4_MYLAR: solid(1.4, 78.7, { C: 10, H: 8, O: 4 }),
    G4_SODIUM_IODIDE: solid(3.667, 452, { Na: 1, I: 1 }),
    G4_CESIUM_IODIDE: solid(4.51, 553.1, { Cs: 1, I: 1 }),
    G4_BGO: solid(7.13, 534.1, { Bi: 4, Ge: 3, O: 12 }),
    G4_CONCRETE: mixture(2.3, 135.2, {
      H: 0.01,
      C: 0.001,
      O: 0.529107,
      Na: 0.016,
      Mg: 0.002,
      Al: 0.033872,
      Si: 0.337021,
      K: 0.013,
      Ca: 0.044,
      Fe: 0.014,
    }),
    'G4_STAINLESS-STEEL': solid(8, 282.969, { Fe: 74, Cr: 18, Ni: 8 }),
  } satisfies Record<string, NistMaterial>),
);

function solid(
  density: number,
  meanExcitationEnergy: number,
  atoms: Record<string, number>,
): NistMaterial {
  return { density, meanExcitationEnergy, state: 'solid', atoms };
}

function liquid(
  density: number,
  meanExcitationEnergy: number,
  atoms: Record<string, number>,
): NistMaterial {
  return { density, meanExcitationEnergy, state: 'liquid', atoms };
}

function mixture(
  density: number,
  meanExcitationEnergy: number,
  fractions: Record<string, number>,
): NistMaterial {
  return { density, meanExcitationEnergy, state: 'solid', fractions };
}

/** Gases of more than one element are given by mass, of one element it is the same. */
function gas(
  density: number,
  meanExcitationEnergy: number,
  fractions: Record<string, number>,
): NistMaterial {
  return { density, meanExcitationEnergy, state: 'gas', fractions };
}
