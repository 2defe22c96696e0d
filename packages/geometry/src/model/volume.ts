import type { Transform } from './transform.ts';

/** GDML's `<auxiliary>`: a tag on a volume (SensDet, Color, …), nested as in the file. */
export interface Auxiliary {
  readonly type: string;
  readonly value: string;
  readonly unit?: string;
  readonly auxiliaries: readonly Auxiliary[];
}

/**
 * A volume placed in a mother. Assemblies, replicas, divisions and loops of the file are already placements here.
 */
export interface Placement {
  /** Unique in the whole detector; what border surfaces refer to. The GDML physvol name where that is unique. */
  readonly id: string;
  /** The GDML physvol name, for people; `volume name + copy number` where the file gives none. */
  readonly name: string;
  readonly volume: string;
  readonly copyNumber: number;
  readonly transform: Transform;
}

/** A logical volume: a solid of a material, with placements of others in it. */
export interface Volume {
  readonly name: string;
  readonly solid: string;
  readonly material: string;
  readonly placements: readonly Placement[];
  readonly auxiliaries: readonly Auxiliary[];
}
