import type { Detector, Material, OpticalSurface, PropertyTable, Solid } from '@lantern/geometry';
import { identity3, type Vector3, wavelengthToEnergy } from '@lantern/units';

/** Optical properties by wavelength: a number is the same at all, pairs are [wavelength nm, value]. */
export type Optics = Readonly<Record<string, number | readonly (readonly [number, number])[]>>;

/** A volume of a small detector, with those in it. */
export interface Piece {
  readonly name: string;
  readonly solid: string;
  readonly material: string;
  /** Name of the surface over it. */
  readonly skin?: string;
  readonly at?: Vector3;
  readonly inside?: readonly Piece[];
}

/** A detector in a few words. */
export interface SmallDetector {
  readonly materials: Readonly<Record<string, Optics>>;
  readonly constants?: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly surfaces?: Readonly<Record<string, Optics & { readonly finish?: undefined }>>;
  /** The finish of all surfaces; they are of metal. */
  readonly finish?: 'polished' | 'ground';
  readonly solids: readonly Solid[];
  readonly world: Piece;
}

/** A detector for a test, without a file. Materials are made of hydrogen: only their optics matters. */
export function smallDetector(small: SmallDetector): Detector {
  const pieces = allPieces(small.world);
  const surfaces = Object.entries(small.surfaces ?? {}).map(
    ([name, optics]): OpticalSurface => ({
      name,
      model: 'unified',
      type: 'dielectric_metal',
      finish: small.finish ?? 'polished',
      value: 0,
      properties: { tables: tables(optics), constants: new Map() },
    }),
  );
  const materials = Object.entries(small.materials).map(
    ([name, optics]): Material => ({
      name,
      formula: '',
      state: 'liquid',
      density: 1,
      temperature: 293.15,
      pressure: 101_325,
      components: [{ ref: 'Hydrogen', kind: 'element', massFraction: 1 }],
      properties: {
        tables: tables(optics),
        constants: new Map(Object.entries(small.constants?.[name] ?? {})),
      },
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
            rotation: identity3,
            translation: part.at ?? [0, 0, 0],
            scale: [1, 1, 1] as const,
          },
        })),
      })),
    ),
    surfaces: byName(surfaces),
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
export function box(name: string, x: number, y = x, z = y): Solid {
  return { type: 'box', name, x, y, z };
}

function allPieces(piece: Piece): Piece[] {
  return [piece, ...(piece.inside ?? []).flatMap(allPieces)];
}

function tables(optics: Optics): Map<string, PropertyTable> {
  return new Map(Object.entries(optics).map(([name, values]) => [name, table(values)]));
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
