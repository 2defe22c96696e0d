import type { Box3 } from '../solids/box3.ts';

/** A detector in numbers and names, as plain data: what `lantern geometry info --json` prints. */
export interface GeometryInfo {
  readonly name: string;
  readonly world: string;
  /** Around the world's solid, mm. */
  readonly bounds: Box3;
  readonly counts: GeometryCounts;
  /** The volumes placed in the world, the world first. */
  readonly volumes: readonly VolumeInfo[];
  readonly materials: readonly MaterialInfo[];
  readonly surfaces: readonly SurfaceInfo[];
  /** The solids of these volumes that photons meet as triangles. */
  readonly solidsOfTriangles: readonly SolidOfTriangles[];
  /** Every optical property of the file that has no effect in Lantern. */
  readonly opticalPropertiesNotUsed: readonly PropertyNotUsed[];
  /** What the reader did not take as it stands. */
  readonly warnings: readonly string[];
}

/** How many there are of each. */
export interface GeometryCounts {
  readonly solids: number;
  readonly materials: number;
  readonly surfaces: number;
  /** Logical volumes declared. */
  readonly volumes: number;
  /** Placements in the placed volumes, each counted once. */
  readonly placements: number;
  /** Physical things: the placements of the expanded tree and the world. */
  readonly nodes: number;
  /** Generations below the world: 0 for an empty world. */
  readonly depth: number;
  /** Physical things with a surface that detects. */
  readonly sensors: number;
}

/** A logical volume. */
export interface VolumeInfo {
  readonly name: string;
  readonly solid: string;
  readonly solidType: string;
  readonly material: string;
  /** How often it stands in the expanded tree. */
  readonly copies: number;
  /** Placements in it. */
  readonly daughters: number;
  /** The optical surface over it. */
  readonly skin?: string;
  /** Whether a surface of it detects photons: its skin, or a border into it. */
  readonly detects: boolean;
  /** The value of its auxiliary tag SensDet. */
  readonly sensitiveDetector?: string;
}

/** A solid that photons meet as triangles: all of it, or, of a boolean, some of its parts. */
export interface SolidOfTriangles {
  readonly name: string;
  readonly type: string;
  readonly triangles: number;
  /** No point of the triangles is further than this from the surface that is meant, mm; 0 where they are that surface. */
  readonly offBy: number;
}

/** A property of a material or a surface: a table against the wavelength, or one number. */
export interface PropertyInfo {
  readonly name: string;
  /** Of the values; '' when they have none or it is not known. */
  readonly unit: string;
  /** Rows of a table; absent for one number. */
  readonly points?: number;
  /** Shortest and longest wavelength of a table, nm. */
  readonly wavelengths?: readonly [shortest: number, longest: number];
  /** Least and greatest value. */
  readonly values: readonly [least: number, greatest: number];
}

/** A material. */
export interface MaterialInfo {
  readonly name: string;
  /** g/cm3 */
  readonly density: number;
  readonly state: string;
  /** How many logical volumes of the world are made of it. */
  readonly volumes: number;
  /** Its index in the scene, which generation steps name it by; null where it is in no volume. */
  readonly number: number | null;
  readonly properties: readonly PropertyInfo[];
}

/** An optical surface, and where it is used. */
export interface SurfaceInfo {
  readonly name: string;
  readonly model: string;
  readonly type: string;
  readonly finish: string;
  /** Polish (glisur) or sigma_alpha in rad (unified). */
  readonly value: number;
  readonly properties: readonly PropertyInfo[];
  /** Volumes that it covers. */
  readonly skinOf: readonly string[];
  /** Pairs of placements, from and to, between which it stands. */
  readonly borders: readonly { readonly from: string; readonly to: string }[];
  readonly detects: boolean;
}

/** An optical property without effect. */
export interface PropertyNotUsed {
  readonly of: 'material' | 'surface';
  readonly owner: string;
  readonly property: string;
  /**
   * unknown: to Geant4 and Opticks too; wrongKind: a number and not a table, or the other way round; notYet: Geant4 or
   * Opticks would act on it; elsewhere: not in optics, or not here.
   */
  readonly reason: 'unknown' | 'wrongKind' | 'notYet' | 'elsewhere';
  /** The reason in words. */
  readonly because: string;
  /** Whether a simulation stops at it. */
  readonly stops: boolean;
}
