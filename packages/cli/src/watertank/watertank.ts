import type {
  Detector,
  OpticalSurface,
  Placement,
  Solid,
  Transform,
  Volume,
} from '@lantern/geometry';
import { identity3 } from '@lantern/units';
import { type Arrangement, arrange } from './arrangement.ts';
import { elements, materials } from './materials.ts';
import {
  photomultiplier,
  photomultiplierSkins,
  photomultiplierSolids,
  photomultiplierSurfaces,
  photomultiplierVolumes,
} from './photomultiplier.ts';
import { flat } from './spectra.ts';

/** Sizes of the tank, mm. */
export interface TankSize {
  /** Radius and height of the water. */
  readonly radius: number;
  readonly height: number;
  /** From photomultiplier to photomultiplier; as many stand on the barrel and the caps as fit. */
  readonly spacing: number;
}

/** A tank of seven metres: 446 photomultipliers, 310 of them on the barrel. */
export const defaultTank: TankSize = { radius: 3500, height: 7000, spacing: 660 };

const [sheet, steel] = [2, 6];
const [world, room] = [14_000, 12_000];

/**
 * The built-in example: a water Cherenkov detector. A steel tank, lined with black sheet, full of water, with ten-inch
 * photomultipliers all around. The sizes are a design's, the optical properties are invented, of the right size.
 */
export function watertank(size: TankSize = defaultTank): Detector {
  const bulbs = arrange(arrangementIn(size)).map(
    (transform, copyNumber): Placement => ({
      ...placed(photomultiplier.volume, `pmt-${copyNumber}`, transform),
      copyNumber,
    }),
  );
  const volumes: Volume[] = [
    ...photomultiplierVolumes,
    volume('Water', 'WaterSolid', 'Water', bulbs),
    volume('Liner', 'LinerSolid', 'BlackSheet', [placed('Water', 'water')]),
    volume('Tank', 'TankSolid', 'Steel', [placed('Liner', 'liner')]),
    volume('World', 'WorldSolid', 'Air', [placed('Tank', 'tank')]),
  ];
  const surfaces = [...photomultiplierSurfaces, blackSheet];
  return {
    name: 'watertank',
    isotopes: new Map(),
    elements,
    materials,
    solids: byName([...photomultiplierSolids, ...tankSolids(size)]),
    volumes: byName(volumes),
    surfaces: byName(surfaces),
    skinSurfaces: [
      ...photomultiplierSkins,
      { name: 'LinerSkin', surface: blackSheet.name, volume: 'Liner' },
    ],
    borderSurfaces: [],
    world: 'World',
    userInfo: [],
    warnings: [],
    places: new Map(),
  };
}

/** Diffusely reflects three percent. */
const blackSheet: OpticalSurface = {
  name: 'BlackSheetSurface',
  model: 'unified',
  type: 'dielectric_metal',
  finish: 'ground',
  value: 0,
  properties: { constants: new Map(), tables: new Map([['REFLECTIVITY', flat(0.03)]]) },
};

function arrangementIn({ radius, height, spacing }: TankSize): Arrangement {
  // The neck ends just before the wall; bulbs of the barrel and of a cap stay clear of each other.
  const depth = photomultiplier.back + 10;
  const corner = depth + photomultiplier.halfHeight + photomultiplier.radius;
  const [barrelRadius, halfHeight] = [radius - depth, height / 2 - depth];
  const rows = Math.max(0, Math.floor((height - 2 * (corner + 5)) / spacing) + 1);
  const columns = Math.floor((2 * Math.PI * barrelRadius) / spacing);
  return { radius: barrelRadius, halfHeight, columns, rows, spacing, capRadius: radius - corner };
}

function tankSolids({ radius, height }: TankSize): Solid[] {
  return [
    cylinder('WaterSolid', radius, height),
    cylinder('LinerSolid', radius + sheet, height + 2 * sheet),
    cylinder('TankSolid', radius + sheet + steel, height + 2 * (sheet + steel)),
    { type: 'box', name: 'WorldSolid', x: world, y: world, z: room },
  ];
}

function cylinder(name: string, rmax: number, z: number): Solid {
  return { type: 'tube', name, rmin: 0, rmax, z, startphi: 0, deltaphi: 2 * Math.PI };
}

function volume(name: string, solid: string, material: string, placements: Placement[]): Volume {
  return { name, solid, material, placements, auxiliaries: [] };
}

const atOrigin: Transform = { rotation: identity3, translation: [0, 0, 0], scale: [1, 1, 1] };

function placed(volumeName: string, id: string, transform: Transform = atOrigin): Placement {
  return { id, name: id, volume: volumeName, copyNumber: 0, transform };
}

function byName<T extends { readonly name: string }>(things: readonly T[]): Map<string, T> {
  return new Map(things.map((thing) => [thing.name, thing]));
}
