import { RandomStream, type Vector3 } from '@lantern/units';
import type { OpNoviceRun } from './op-novice.ts';

/** A run of Geant4's OpNovice2 with a layer or a metal of complex index. */
export interface FilmRun {
  readonly name: string;
  /** The run for so many photons. */
  readonly of: (photons: number) => OpNoviceRun;
  /** Names of the first interactions that are counted (`boundaryStatusName`). */
  readonly counted: readonly string[];
  /** In Geant4: so many of so many that met a boundary. */
  readonly count: number;
  readonly total: number;
  /** Their share in closed form. */
  readonly expected: number;
}

/** The angle of polarisation, from p (0) to s (90 degrees). */
type Angle = 0 | 90;

/** coated.mac: index 1.4, a layer of 100 nm of 1.7, then 1.0; 5 eV at normal incidence. */
function coated(angle: Angle, count: number, total: number): FilmRun {
  const polarisation: Vector3 = angle === 0 ? [0, 1, 0] : [0, 0, 1];
  return {
    name: `coated.mac, ${angle} degrees`,
    of: (photons) => ({
      ...{ photons, energy: 5, from: 999.9 },
      box: { RINDEX: 1.4, ABSLENGTH: 200 },
      world: { RINDEX: 1, ABSLENGTH: 2e6 },
      surface: {
        type: 'coated',
        tables: { REFLECTIVITY: 1, COATEDRINDEX: 1.7 },
        constants: { COATEDTHICKNESS: 100e-6 },
      },
      start: () => ({ direction: [1, 0, 0], polarisation }),
    }),
    counted: ['coated reflection'],
    ...{ count, total, expected: 0.107407 },
  };
}

/**
 * complexRindex.mac: a box of air in aluminium, 4 eV, from 10 cm before a wall towards it, with even angles of incidence;
 * the shares include the 5.7 % of the photons that meet a side wall first.
 */
function complexIndex(angle: Angle, count: number, total: number, expected: number): FilmRun {
  return {
    name: `complexRindex.mac, ${angle} degrees`,
    of: (photons) => ({
      ...{ photons, energy: 4, from: 900 },
      box: { RINDEX: 1.01, ABSLENGTH: 5e6 / 3 },
      world: { RINDEX: 0.28, ABSLENGTH: 6.65e-9 },
      surface: {
        type: 'dielectric_metal',
        tables: { REALRINDEX: 0.28, IMAGINARYRINDEX: 3.71 },
      },
      start: (photon) => evenAngle(photon, angle),
    }),
    counted: ['absorption'],
    ...{ count, total, expected },
  };
}

/** Angle to the x axis even in 0 to 90 degrees, any azimuth; polarised in the plane of both, or at right angles to it. */
function evenAngle(
  photon: number,
  angle: Angle,
): { readonly direction: Vector3; readonly polarisation: Vector3 } {
  const random = new RandomStream(1, photon, 7);
  const theta = (Math.PI / 2) * random.uniform();
  const phi = 2 * Math.PI * random.uniform();
  const [y, z] = [Math.cos(phi), Math.sin(phi)];
  const [cos, sin] = [Math.cos(theta), Math.sin(theta)];
  const polarisation: Vector3 = angle === 0 ? [-sin, cos * y, cos * z] : [0, -z, y];
  return { direction: [cos, sin * y, sin * z], polarisation };
}

/**
 * The runs of Geant4 11.4's examples/extended/optical/OpNovice2 whose surfaces are given by complex amplitudes, each for
 * both polarisations, with the counts of its outputs.
 */
export const filmRuns: readonly FilmRun[] = [
  coated(0, 53_700, 499_758),
  coated(90, 53_778, 499_765),
  complexIndex(0, 50_618, 499_911, 0.1009),
  complexIndex(90, 25_346, 499_907, 0.0509),
];
