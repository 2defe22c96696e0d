import type {
  Detector,
  Material,
  OpticalProperties,
  OpticalSurface,
  PropertyTable,
  Solid,
} from '@lantern/geometry';
import {
  energyToWavelength,
  eV,
  identity3,
  type Matrix3,
  type Vector3,
  wavelengthToEnergy,
} from '@lantern/units';

/** Optical properties by wavelength: a number is the same at all, pairs are [wavelength nm, value]. */
export type Optics = Readonly<Record<string, number | readonly (readonly [number, number])[]>>;

/** A surface in words: unified, of metal, polished, with the value 0 unless told. */
export interface SurfaceInWords {
  readonly model?: OpticalSurface['model'];
  readonly type?: OpticalSurface['type'];
  readonly finish?: string;
  /** Polish of glisur, sigma_alpha of unified in rad. */
  readonly value?: number;
  readonly tables?: Optics;
  readonly constants?: Readonly<Record<string, number>>;
  /** Of a dichroic filter. */
  readonly dichroic?: OpticalSurface['dichroic'];
}

/** A volume of a small detector, with those in it. */
export interface Piece {
  readonly name: string;
  readonly solid: string;
  readonly material: string;
  /** Name of the surface over it. */
  readonly skin?: string;
  readonly at?: Vector3;
  /** How it is turned in its mother. */
  readonly turned?: Matrix3;
  readonly inside?: readonly Piece[];
}

/** A detector in a few words. */
export interface SmallDetector {
  readonly materials: Readonly<Record<string, Optics>>;
  /** Numbers of materials, by the material. */
  readonly constants?: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly surfaces?: Readonly<Record<string, SurfaceInWords>>;
  readonly solids: readonly Solid[];
  readonly world: Piece;
}

/** A detector for a test, without a file. Materials are made of hydrogen: only their optics matters. */
export function smallDetector(small: SmallDetector): Detector {
  const pieces = allPieces(small.world);
  const materials = Object.entries(small.materials).map(
    ([name, optics]): Material => ({
      name,
      formula: '',
      state: 'liquid',
      density: 1,
      temperature: 293.15,
      pressure: 101_325,
      components: [{ ref: 'Hydrogen', kind: 'element', massFraction: 1 }],
      properties: properties(optics, small.constants?.[name]),
    }),
  );
  const hydrogen = { name: 'Hydrogen', formula: 'H', Z: 1, molarMass: 1.008, isotopes: [] };
  return {
    name: 'small',
    isotopes: new Map(),
    elements: new Map([['Hydrogen', hydrogen]]),
    materials: byName(materials),
    solids: byName(small.solids),
    volumes: byName(
      pieces.map((piece) => ({
        name: piece.name,
        solid: piece.solid,
        material: piece.material,
        auxiliaries: [],
        placements: (piece.inside ?? []).map((part) => ({
          id: part.name,
          name: part.name,
          volume: part.name,
          copyNumber: 0,
          transform: {
            rotation: part.turned ?? identity3,
            translation: part.at ?? [0, 0, 0],
            scale: [1, 1, 1] as const,
          },
        })),
      })),
    ),
    surfaces: byName(
      Object.entries(small.surfaces ?? {}).map(([name, words]) => surface(name, words)),
    ),
    skinSurfaces: pieces.flatMap(({ name, skin }) =>
      skin === undefined ? [] : [{ name: `${name}-skin`, surface: skin, volume: name }],
    ),
    borderSurfaces: [],
    world: small.world.name,
    userInfo: [],
    warnings: [],
    places: new Map(),
  };
}

/** A box of full lengths, mm. */
export function box(name: string, x: number, y: number = x, z: number = y): Solid {
  return { type: 'box', name, x, y, z };
}

/** Pairs of [energy eV, value], as Geant4's examples give them, by wavelength. */
export function byEnergy(
  pairs: readonly (readonly [energy: number, value: number])[],
): [wavelength: number, value: number][] {
  return pairs.map(([energy, value]) => [energyToWavelength(energy * eV), value]);
}

function surface(
  name: string,
  { model, type, finish, value, tables, constants, dichroic }: SurfaceInWords,
): OpticalSurface {
  return {
    name,
    model: model ?? 'unified',
    type: type ?? 'dielectric_metal',
    finish: finish ?? 'polished',
    value: value ?? 0,
    properties: properties(tables ?? {}, constants),
    dichroic,
  };
}

function properties(
  optics: Optics,
  constants: Readonly<Record<string, number>> = {},
): OpticalProperties {
  return {
    tables: new Map(Object.entries(optics).map(([name, values]) => [name, table(values)])),
    constants: new Map(Object.entries(constants)),
  };
}

function allPieces(piece: Piece): Piece[] {
  return [piece, ...(piece.inside ?? []).flatMap(allPieces)];
}

function table(values: Optics[string]): PropertyTable {
  const pairs =
    typeof values === 'number'
      ? ([
          [800, values],
          [200, values],
        ] as const)
      : values;
  const sorted = pairs
    .map(([wavelength, value]) => [wavelengthToEnergy(wavelength), value] as const)
    .sort(([a], [b]) => a - b);
  return {
    energies: Float64Array.from(sorted, ([energy]) => energy),
    values: Float64Array.from(sorted, ([, value]) => value),
  };
}

function byName<T extends { readonly name: string }>(things: readonly T[]): Map<string, T> {
  return new Map(things.map((thing) => [thing.name, thing]));
}
