import type { Element, Material, OpticalProperties } from '@lantern/geometry';
import { flat, tabulate, through } from './spectra.ts';
import { water } from './water.ts';

const opaque: OpticalProperties = { tables: new Map(), constants: new Map() };

/** The elements of the example, natural. */
export const elements: ReadonlyMap<string, Element> = new Map(
  (
    [
      ['Hydrogen', 'H', 1, 1.008],
      ['Boron', 'B', 5, 10.81],
      ['Carbon', 'C', 6, 12.011],
      ['Nitrogen', 'N', 7, 14.007],
      ['Oxygen', 'O', 8, 15.999],
      ['Silicon', 'Si', 14, 28.085],
      ['Chromium', 'Cr', 24, 51.996],
      ['Iron', 'Fe', 26, 55.845],
      ['Nickel', 'Ni', 28, 58.693],
    ] as const
  ).map(([name, formula, Z, molarMass]) => [name, { name, formula, Z, molarMass, isotopes: [] }]),
);

/** Glass as of photomultipliers: Cauchy's formula with invented constants, n = 1.49 at 400 nm; dark below 300 nm. */
const glassOptics: OpticalProperties = {
  constants: new Map(),
  tables: new Map([
    ['RINDEX', tabulate((wavelength) => 1.462 + 4480 / wavelength ** 2)],
    [
      'ABSLENGTH',
      tabulate(
        through([
          [280, 0.5],
          [300, 2.5],
          [320, 20],
          [350, 300],
          [400, 1500],
          [700, 2000],
        ]),
      ),
    ],
  ]),
};

/** The materials of the example by name. */
export const materials: ReadonlyMap<string, Material> = new Map(
  [
    solid('Steel', 7.9, { Iron: 0.71, Chromium: 0.19, Nickel: 0.1 }, opaque),
    solid('BlackSheet', 0.95, { Carbon: 0.8563, Hydrogen: 0.1437 }, opaque),
    solid('Glass', 2.23, { Silicon: 0.3774, Oxygen: 0.5826, Boron: 0.04 }, glassOptics),
    gas('Air', 0.001205, 101_325, { Nitrogen: 0.7669, Oxygen: 0.2331 }, opaque),
    gas(
      'Vacuum',
      1e-12,
      1e-4,
      { Nitrogen: 1 },
      {
        constants: new Map(),
        tables: new Map([['RINDEX', flat(1)]]),
      },
    ),
    water,
  ].map((material) => [material.name, material]),
);

type Fractions = Readonly<Record<string, number>>;

function solid(
  name: string,
  density: number,
  fractions: Fractions,
  properties: OpticalProperties,
): Material {
  return mixture(name, 'solid', density, 101_325, fractions, properties);
}

function gas(
  name: string,
  density: number,
  pressure: number,
  fractions: Fractions,
  properties: OpticalProperties,
): Material {
  return mixture(name, 'gas', density, pressure, fractions, properties);
}

function mixture(
  name: string,
  state: Material['state'],
  density: number,
  pressure: number,
  fractions: Fractions,
  properties: OpticalProperties,
): Material {
  const components = Object.entries(fractions).map(
    ([ref, massFraction]) => ({ ref, kind: 'element', massFraction }) as const,
  );
  return {
    name,
    formula: '',
    state,
    density,
    temperature: 293.15,
    pressure,
    components,
    properties,
  };
}
