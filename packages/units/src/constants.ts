/**
 * Units and constants as in CLHEP (SystemOfUnits.h, PhysicalConstants.h): mm, ns, MeV, e+, K, mol and rad are 1. A
 * quantity is a number times its unit, and a quantity divided by a unit is a number: `3 * cm`, `time / us`.
 *
 * The constants are the 2018 CODATA values; h, e, c, k and N_A are exact since the SI of 2019.
 */

/** Millimetre, the unit of length. */
export const mm = 1;
/** Centimetre. */
export const cm: number = 10 * mm;
/** Metre. */
export const m: number = 1000 * mm;
/** Kilometre. */
export const km: number = 1000 * m;
/** Micrometre. */
export const um: number = 1e-3 * mm;
/** Nanometre, the unit of a photon's wavelength. */
export const nm: number = 1e-6 * mm;

/** Nanosecond, the unit of time. */
export const ns = 1;
/** Picosecond. */
export const ps: number = 1e-3 * ns;
/** Microsecond. */
export const us: number = 1e3 * ns;
/** Millisecond. */
export const ms: number = 1e6 * ns;
/** Second. */
export const s: number = 1e9 * ns;

/** Radian, the unit of angle. */
export const rad = 1;
/** Milliradian. */
export const mrad: number = 1e-3 * rad;
/** Degree of angle. */
export const deg: number = (Math.PI / 180) * rad;

/** Megaelectronvolt, the unit of energy. */
export const MeV = 1;
/** Electronvolt. */
export const eV: number = 1e-6 * MeV;
/** Kiloelectronvolt. */
export const keV: number = 1e-3 * MeV;
/** Gigaelectronvolt. */
export const GeV: number = 1e3 * MeV;
/** Teraelectronvolt. */
export const TeV: number = 1e6 * MeV;

/** The charge of the positron, the unit of charge. */
export const eplus = 1;
/** Its size in coulombs, exact: 1.602176634e-19. */
export const elementaryChargeInCoulomb = 1.602176634e-19;
/** Joule. */
export const joule: number = eV / elementaryChargeInCoulomb;
/** Kilogram. */
export const kg: number = (joule * s * s) / (m * m);
/** Gram. */
export const g: number = 1e-3 * kg;
/** Gram per cubic centimetre, the usual unit of density. */
export const gPerCm3: number = g / (cm * cm * cm);
/** Kelvin, the unit of temperature. */
export const kelvin = 1;
/** Mole, the unit of the amount of substance. */
export const mole = 1;

/** Pascal. */
export const pascal: number = joule / (m * m * m);
/** Bar. */
export const bar: number = 1e5 * pascal;
/** Standard atmosphere. */
export const atmosphere: number = 101_325 * pascal;
/** Coulomb. */
export const coulomb: number = eplus / elementaryChargeInCoulomb;
/** Ampere. */
export const ampere: number = coulomb / s;
/** Volt. */
export const volt: number = 1e-6 * (MeV / eplus);
/** Tesla. */
export const tesla: number = (volt * s) / (m * m);

/** The speed of light in vacuum: 299.792458 mm/ns. */
export const speedOfLight = 299.792458;
/** Planck's constant h (MeV ns). */
export const planckConstant: number = 6.626_070_15e-34 * joule * s;
/** The reduced constant times c (MeV mm). */
export const hbarC: number = (planckConstant * speedOfLight) / (2 * Math.PI);
/** Boltzmann's constant (MeV/K). */
export const boltzmannConstant: number = 1.380_649e-23 * (joule / kelvin);
/** Avogadro's constant (1/mol). */
export const avogadroConstant: number = 6.022_140_76e23 / mole;
/** The fine-structure constant, about 1/137.036. */
export const fineStructureConstant = 7.297_352_569_3e-3;
/** The rest energy of the electron (MeV). */
export const electronMass = 0.510_998_95;
/** The rest energy of the muon (MeV). */
export const muonMass = 105.658_375_5;
/** The rest energy of the proton (MeV). */
export const protonMass = 938.272_088_16;
/** The atomic mass unit times c² (MeV). */
export const atomicMassUnit = 931.494_102_42;
/** The least density that Geant4 allows, its vacuum: 1e-25 g/cm3. */
export const universeMeanDensity: number = 1e-25 * gPerCm3;
/** The standard temperature, 0 °C (K). */
export const standardTemperature = 273.15;
