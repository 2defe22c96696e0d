import type { DichroicTable } from '../model/dichroic-table.ts';

/** A look-up table of one finish, as its files hold it. */
export interface LookUpTable {
  /** The file that it comes from, for messages. */
  readonly file: string;
  /** LBNL: (37, 45, 91) chances, see `lbnlShape`. Davis: pairs of angles, see `davisShape`. */
  readonly values: Float32Array;
  /** Davis alone: the reflectivity at 0, 1, … 89 degrees of incidence. */
  readonly reflectivity?: Float32Array;
}

/** Tables of surfaces that a GDML file names and does not hold. */
export interface SurfaceData {
  /** By finish; absent: no folder of them was given. */
  readonly lookUps?: ReadonlyMap<string, LookUpTable> | undefined;
  /** Of all dichroic surfaces that have none of their own. */
  readonly dichroic?: DichroicTable | undefined;
}

/**
 * The table of a finish of LBNL: the chance that a direction is kept, `values[incidence + 91 (theta + 45 phi)]`, at
 * incidence 0° to 90° by 1°, theta -90° to 86° by 4°, phi -90° to 90° by 5° (G4OpticalSurface.hh).
 */
export const lbnlShape = { incidences: 91, thetas: 45, phis: 37 } as const;

/**
 * The table of a finish of Davis: 20,000 pairs (azimuth, elevation) in rad for each degree of incidence: of reflected
 * light for 1° to 91°, then of transmitted light from 0° on, and one number more (G4OpticalSurface.hh). The second half
 * may be absent.
 */
export const davisShape = { degrees: 90, pairs: 20_000, half: 3_640_000 } as const;
