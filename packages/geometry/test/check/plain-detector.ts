import { eV, identity3, type Vector3 } from '@lantern/units';
import type { Detector } from '../../src/model/detector.ts';
import type { Material } from '../../src/model/material.ts';
import type { OpticalProperties, PropertyTable } from '../../src/model/property-table.ts';
import type { Solid } from '../../src/model/solid.ts';
import type { BorderSurface, OpticalSurface, SkinSurface } from '../../src/model/surface.ts';
import type { Placement, Volume } from '../../src/model/volume.ts';

/** A table from rows of energy in eV and value. */
export function table(
  ...rows: readonly (readonly [energyInEv: number, value: number])[]
): PropertyTable {
  return {
    energies: Float64Array.from(rows, ([energy]) => energy * eV),
    values: Float64Array.from(rows, ([, value]) => value),
  };
}

/** Properties by name: tables and numbers. */
export function properties(
  given: Readonly<Record<string, PropertyTable | number>>,
): OpticalProperties {
  const tables = new Map<string, PropertyTable>();
  const constants = new Map<string, number>();
  for (const [name, value] of Object.entries(given)) {
    if (typeof value === 'number') constants.set(name, value);
    else tables.set(name, value);
  }
  return { tables, constants };
}

/** A refractive index that is the same at 2 and 4 eV. */
export function flat(value: number): PropertyTable {
  return table([2, value], [4, value]);
}

/** A material of these properties. */
export function material(
  name: string,
  given: Readonly<Record<string, PropertyTable | number>> = {},
): Material {
  return {
    ...{ name, formula: '', state: 'solid', density: 1, temperature: 293, pressure: 1e5 },
    ...{ components: [], properties: properties(given) },
  };
}

/** A surface: unified, dielectric_metal, polished, unless the parts say otherwise. */
export function surface(
  name: string,
  given: Readonly<Record<string, PropertyTable | number>> = {},
  parts: Partial<OpticalSurface> = {},
): OpticalSurface {
  return {
    ...{ name, model: 'unified', type: 'dielectric_metal', finish: 'polished', value: 0 },
    properties: properties(given),
    ...parts,
  };
}

/** A placement `name` of a volume, moved. */
export function place(volume: string, translation: Vector3, name: string = volume): Placement {
  const transform = { rotation: identity3, translation, scale: [1, 1, 1] } as const;
  return { id: name, name, volume, copyNumber: 0, transform };
}

/** A volume of a box that is a solid of its own. */
export interface PlainVolume {
  readonly name: string;
  /** Full lengths of a box, or any solid. */
  readonly solid: Vector3 | Solid;
  readonly material?: string;
  readonly placements?: readonly Placement[];
  readonly sensitive?: boolean;
}

/** What a test's detector is made of; the first volume is the world. */
export interface PlainParts {
  readonly volumes: readonly PlainVolume[];
  readonly solids?: readonly Solid[];
  readonly materials?: readonly Material[];
  readonly surfaces?: readonly OpticalSurface[];
  readonly skins?: readonly SkinSurface[];
  readonly borders?: readonly BorderSurface[];
  readonly warnings?: readonly string[];
}

/** A detector without a file. Volumes are of `Air` (index 1) where they do not say otherwise. */
export function plainDetector(parts: PlainParts): Detector {
  const air = material('Air', { RINDEX: flat(1) });
  const solids = parts.volumes.map(({ name, solid }): Solid => {
    if ('type' in solid) return solid;
    return { type: 'box', name: `${name}Box`, x: solid[0], y: solid[1], z: solid[2] };
  });
  const volumes = parts.volumes.map(
    (volume, i): Volume => ({
      ...{ name: volume.name, material: volume.material ?? 'Air' },
      ...{ solid: solids[i]?.name ?? '', placements: volume.placements ?? [] },
      auxiliaries: volume.sensitive ? [{ type: 'SensDet', value: 'PMT', auxiliaries: [] }] : [],
    }),
  );
  return {
    ...{ name: 'plain', world: volumes[0]?.name ?? '', userInfo: [], places: new Map() },
    ...{ isotopes: new Map(), elements: new Map() },
    materials: named([air, ...(parts.materials ?? [])]),
    solids: named([...solids, ...(parts.solids ?? [])]),
    volumes: named(volumes),
    surfaces: named(parts.surfaces ?? []),
    skinSurfaces: parts.skins ?? [],
    borderSurfaces: parts.borders ?? [],
    warnings: parts.warnings ?? [],
  };
}

function named<T extends { readonly name: string }>(things: readonly T[]): Map<string, T> {
  return new Map(things.map((thing) => [thing.name, thing]));
}
