import * as constants from './constants.ts';
import { coulomb, eV, joule, kg, MeV, m, mm, s, tesla, volt } from './constants.ts';

/** What a unit measures, as Geant4's categories. */
export type UnitCategory =
  | 'length'
  | 'area'
  | 'volume'
  | 'angle'
  | 'solid angle'
  | 'time'
  | 'frequency'
  | 'energy'
  | 'mass'
  | 'density'
  | 'pressure'
  | 'temperature'
  | 'amount'
  | 'molar mass'
  | 'charge'
  | 'current'
  | 'electric potential'
  | 'electric field'
  | 'magnetic field'
  | 'force'
  | 'power'
  | 'activity'
  | 'number';

/** A unit's size in Lantern's units (mm, ns, MeV, e+, K, mol, rad), and what it measures. */
export interface Unit {
  readonly value: number;
  readonly category: UnitCategory;
}

const { cm, km, um, nm, ns, ps, us, ms, deg, rad, mrad, keV, GeV, TeV, g } = constants;
const { ampere, atmosphere, bar, gPerCm3, kelvin, mole, pascal } = constants;
const newton = joule / m;
const hertz = 1 / s;
const barn = 1e-28 * m * m;

const categories: Readonly<Record<UnitCategory, Readonly<Record<string, number>>>> = {
  length: {
    ...named(['mm', 'millimeter', 'millimetre'], mm),
    ...named(['cm', 'centimeter', 'centimetre'], cm),
    ...named(['m', 'meter', 'metre'], m),
    ...named(['km', 'kilometer', 'kilometre'], km),
    ...named(['um', 'mum', 'µm', 'μm', 'micron', 'micrometer', 'micrometre'], um),
    ...named(['nm', 'nanometer', 'nanometre'], nm),
    ...named(['Ang', 'angstrom', 'Angstrom'], 0.1 * nm),
    ...named(['fm', 'fermi'], 1e-6 * nm),
    ...named(['pc', 'parsec'], 3.085_677_581_491_367e16 * m),
  },
  area: {
    ...named(['mm2', 'millimeter2', 'mm^2'], mm * mm),
    ...named(['cm2', 'centimeter2', 'cm^2'], cm * cm),
    ...named(['m2', 'meter2', 'm^2'], m * m),
    ...named(['km2', 'kilometer2', 'km^2'], km * km),
    barn,
    millibarn: 1e-3 * barn,
    mbarn: 1e-3 * barn,
    microbarn: 1e-6 * barn,
    nanobarn: 1e-9 * barn,
    picobarn: 1e-12 * barn,
  },
  volume: {
    ...named(['mm3', 'millimeter3', 'mm^3'], mm ** 3),
    ...named(['cm3', 'centimeter3', 'cm^3', 'mL', 'ml'], cm ** 3),
    ...named(['m3', 'meter3', 'm^3'], m ** 3),
    ...named(['km3', 'kilometer3', 'km^3'], km ** 3),
    ...named(['L', 'l', 'liter', 'litre'], 1e3 * cm ** 3),
    ...named(['dL', 'dl'], 1e2 * cm ** 3),
    ...named(['cL', 'cl'], 10 * cm ** 3),
  },
  angle: {
    ...named(['rad', 'radian'], rad),
    ...named(['mrad', 'milliradian'], mrad),
    ...named(['deg', 'degree'], deg),
  },
  'solid angle': named(['sr', 'steradian'], 1),
  time: {
    ...named(['ns', 'nanosecond'], ns),
    ...named(['ps', 'picosecond'], ps),
    ...named(['us', 'microsecond'], us),
    ...named(['ms', 'millisecond'], ms),
    ...named(['s', 'second'], s),
    ...named(['min', 'minute'], 60 * s),
    ...named(['h', 'hour'], 3600 * s),
    ...named(['d', 'day'], 86_400 * s),
    ...named(['y', 'year'], 365 * 86_400 * s),
  },
  frequency: {
    ...named(['Hz', 'hertz'], hertz),
    ...named(['kHz', 'kilohertz'], 1e3 * hertz),
    ...named(['MHz', 'megahertz'], 1e6 * hertz),
    ...named(['GHz', 'gigahertz'], 1e9 * hertz),
  },
  energy: {
    ...named(['meV', 'millielectronvolt'], 1e-3 * eV),
    ...named(['eV', 'electronvolt'], eV),
    ...named(['keV', 'kiloelectronvolt'], keV),
    ...named(['MeV', 'megaelectronvolt'], MeV),
    ...named(['GeV', 'gigaelectronvolt'], GeV),
    ...named(['TeV', 'teraelectronvolt'], TeV),
    ...named(['PeV', 'petaelectronvolt'], 1e3 * TeV),
    ...named(['J', 'joule'], joule),
  },
  mass: {
    ...named(['kg', 'kilogram'], kg),
    ...named(['g', 'gram'], g),
    ...named(['mg', 'milligram'], 1e-3 * g),
  },
  density: {
    'g/cm3': gPerCm3,
    'g/cm^3': gPerCm3,
    'mg/cm3': 1e-3 * gPerCm3,
    'kg/m3': kg / m ** 3,
    'kg/m^3': kg / m ** 3,
    'g/mm3': g / mm ** 3,
    'kg/cm3': 1e3 * gPerCm3,
  },
  pressure: {
    ...named(['Pa', 'pascal', 'hep_pascal'], pascal),
    ...named(['hPa', 'hectopascal', 'mbar', 'millibar'], 100 * pascal),
    ...named(['kPa', 'kilopascal'], 1e3 * pascal),
    ...named(['MPa', 'megapascal'], 1e6 * pascal),
    bar,
    ...named(['atm', 'atmosphere'], atmosphere),
  },
  temperature: named(['K', 'kelvin'], kelvin),
  amount: named(['mol', 'mole'], mole),
  'molar mass': { 'g/mole': g / mole, 'g/mol': g / mole, 'kg/mole': kg / mole },
  charge: {
    ...named(['e+', 'eplus'], 1),
    ...named(['C', 'coulomb'], coulomb),
  },
  current: {
    ...named(['A', 'ampere', 'amp'], ampere),
    ...named(['mA', 'milliampere'], 1e-3 * ampere),
    ...named(['muA', 'microampere'], 1e-6 * ampere),
    ...named(['nA', 'nanoampere'], 1e-9 * ampere),
  },
  'electric potential': {
    ...named(['V', 'volt'], volt),
    ...named(['kV', 'kilovolt'], 1e3 * volt),
    ...named(['MV', 'megavolt'], 1e6 * volt),
  },
  'electric field': {
    'V/m': volt / m,
    'V/cm': volt / cm,
    'kV/m': (1e3 * volt) / m,
    'kV/cm': (1e3 * volt) / cm,
  },
  'magnetic field': {
    ...named(['T', 'tesla'], tesla),
    ...named(['G', 'Gauss', 'gauss'], 1e-4 * tesla),
    ...named(['kG', 'kiloGauss', 'kilogauss'], 0.1 * tesla),
  },
  force: named(['N', 'newton'], newton),
  power: named(['W', 'watt'], joule / s),
  activity: {
    ...named(['Bq', 'becquerel'], hertz),
    ...named(['Ci', 'curie'], 3.7e10 * hertz),
  },
  number: { perCent: 0.01, percent: 0.01, '%': 0.01, perThousand: 1e-3, perMillion: 1e-6 },
};

/**
 * Every unit by its names: those of CLHEP's evaluator, the symbols and full names of Geant4's unit table, and the
 * spellings that GDML files use (`g/cm3`, `kg/m3`, `degree`, `K`).
 */
export const unitTable: ReadonlyMap<string, Unit> = new Map(
  Object.entries(categories).flatMap(([category, units]) =>
    Object.entries(units).map(
      ([name, value]) => [name, { value, category: category as UnitCategory }] as const,
    ),
  ),
);

function named(names: readonly string[], value: number): Record<string, number> {
  return Object.fromEntries(names.map((name) => [name, value]));
}
