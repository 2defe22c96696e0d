import { davisFinishes, lbnlFinishes } from '../model/surface-finishes.ts';
import { davisShape, lbnlShape } from './surface-data.ts';

/** A file of Geant4's RealSurface data, without its extension, and what it holds. */
export interface RealSurfaceFile {
  readonly name: string;
  readonly counts: readonly number[];
  readonly meaning: string;
}

/** The files of one finish. */
export interface RealSurfaceFiles {
  readonly table: RealSurfaceFile;
  /** Davis alone. */
  readonly reflectivity?: RealSurfaceFile;
}

const wrappings: readonly (readonly [ending: string, fileEnding: string])[] = [
  ['lumirrorair', 'Lumirror'],
  ['lumirrorglue', 'LumirrorGlue'],
  ['teflonair', 'Teflon'],
  ['tioair', 'TiO'],
  ['tyvekair', 'Tyvek'],
  ['vm2000air', 'VM2000'],
  ['vm2000glue', 'VM2000Glue'],
];
const treatments = ['Polished', 'Etched', 'Ground'];

const { incidences, thetas, phis } = lbnlShape;
const { degrees, half } = davisShape;

/** Names as in G4OpticalSurface::ReadLUTFile. */
const lbnl = new Map(
  treatments.flatMap((treatment) =>
    wrappings.map(([ending, fileEnding]): [string, RealSurfaceFiles] => [
      `${treatment.toLowerCase()}${ending}`,
      {
        table: {
          name: `${treatment}${fileEnding}`,
          counts: [incidences * thetas * phis],
          meaning: `${phis} x ${thetas} x ${incidences} chances of a reflection`,
        },
      },
    ]),
  ),
);

/** Names as in G4OpticalSurface::ReadLUTDAVISFile, ReadReflectivityLUTFile. */
const davis = new Map(
  davisFinishes.map((finish): [string, RealSurfaceFiles] => [
    finish,
    {
      table: {
        name: finish,
        counts: [half, half + 1, 2 * half, 2 * half + 1],
        meaning: 'angles of reflected light, then of transmitted light',
      },
      // Geant4 takes the first 90.
      reflectivity: {
        name: `${finish}R`,
        counts: [degrees, degrees + 1],
        meaning: 'a reflectivity for each degree of incidence',
      },
    },
  ]),
);

/**
 * The files of a finish in Geant4's RealSurface data. Undefined for finishes that have none: the classic ones, and the
 * bare polishedair, etchedair and groundair, for which Geant4 has names alone.
 */
export function realSurfaceFiles(finish: string): RealSurfaceFiles | undefined {
  return lbnl.get(finish) ?? davis.get(finish);
}

/** Whether a finish is one of the look-up tables, with a file or not. */
export function isLookUp(finish: string): boolean {
  return lbnlFinishes.includes(finish) || davisFinishes.includes(finish);
}
