import type { DichroicTable } from './dichroic-table.ts';
import type { OpticalProperties } from './property-table.ts';

/** G4OpticalSurfaceModel, in Geant4's order: the index is the integer found in GDML. */
export const surfaceModels = ['glisur', 'unified', 'LUT', 'DAVIS', 'dichroic'] as const;
export type SurfaceModel = (typeof surfaceModels)[number];

/** G4SurfaceType, in Geant4's order. */
export const surfaceTypes = [
  'dielectric_metal',
  'dielectric_dielectric',
  'dielectric_LUT',
  'dielectric_LUTDAVIS',
  'dielectric_dichroic',
  'firsov',
  'x_ray',
  'coated',
] as const;
export type SurfaceType = (typeof surfaceTypes)[number];

/** The types that are simulated by models; those by tables: scene/measured-surface.ts. */
export const simulatedTypes: readonly SurfaceType[] = [
  'dielectric_metal',
  'dielectric_dielectric',
  'coated',
];

/** The six classic finishes, first in G4OpticalSurfaceFinish; the LUT finishes follow (surface-finishes.ts). */
export const classicFinishes = [
  'polished',
  'polishedfrontpainted',
  'polishedbackpainted',
  'ground',
  'groundfrontpainted',
  'groundbackpainted',
] as const;
export type ClassicFinish = (typeof classicFinishes)[number];

/** An optical surface. `value` is polish (glisur, 0..1) or sigma_alpha in rad (unified). `finish` is Geant4's name. */
export interface OpticalSurface {
  readonly name: string;
  readonly model: SurfaceModel;
  readonly type: SurfaceType;
  readonly finish: string;
  readonly value: number;
  readonly properties: OpticalProperties;
  /** What a dichroic filter lets through, where the surface says it itself. */
  readonly dichroic?: DichroicTable | undefined;
}

/** A surface over all of a logical volume. */
export interface SkinSurface {
  readonly name: string;
  readonly surface: string;
  readonly volume: string;
}

/** A surface met by photons that go from the first placed volume into the second. */
export interface BorderSurface {
  readonly name: string;
  readonly surface: string;
  /** Ids of placements: see {@link Placement.id}. */
  readonly from: string;
  readonly to: string;
}
