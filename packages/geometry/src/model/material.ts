import type { OpticalProperties } from './property-table.ts';

/** An isotope: Z protons, N nucleons, molar mass in g/mole. */
export interface Isotope {
  readonly name: string;
  readonly Z: number;
  readonly N: number;
  readonly molarMass: number;
}

/** An element: natural (Z and molar mass, g/mole) or a mixture of isotopes by abundance. */
export interface Element {
  readonly name: string;
  readonly formula: string;
  readonly Z: number;
  readonly molarMass: number;
  readonly isotopes: readonly { readonly isotope: string; readonly fraction: number }[];
}

/** One part of a material: a mass fraction of an element or of another material. */
export interface MaterialComponent {
  readonly ref: string;
  readonly kind: 'element' | 'material';
  /** Mass fraction, 0..1; a composite by atoms is converted when read. */
  readonly massFraction: number;
  /** The number of atoms that GDML's `<composite n>` gave, where it did: written back as such. */
  readonly atoms?: number;
}

/** A material of the detector. Density in g/cm3, temperature in K, pressure in pascal, mean excitation energy in eV. */
export interface Material {
  readonly name: string;
  readonly formula: string;
  readonly state: 'solid' | 'liquid' | 'gas' | 'unknown';
  readonly density: number;
  readonly temperature: number;
  readonly pressure: number;
  /** As given by `<MEE>`, where given. */
  readonly meanExcitationEnergy?: number;
  /** For a material given by Z and A alone. */
  readonly Z?: number;
  readonly molarMass?: number;
  readonly components: readonly MaterialComponent[];
  readonly properties: OpticalProperties;
}
