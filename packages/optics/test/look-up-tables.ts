import type { DichroicTable, LookUpTable } from '@lantern/geometry';

/** Degrees of the columns of a table of LBNL. */
export const lbnlThetas: readonly number[] = Array.from({ length: 45 }, (_, i) => 4 * i - 90);
export const lbnlPhis: readonly number[] = Array.from({ length: 37 }, (_, i) => 5 * i - 90);

/** A table of LBNL made of a function of the degrees of incidence, theta and phi. */
export function lbnlTable(
  chance: (incidence: number, theta: number, phi: number) => number,
): LookUpTable {
  const values = new Float32Array(91 * 45 * 37);
  lbnlPhis.forEach((phi, k) => {
    lbnlThetas.forEach((theta, j) => {
      for (let i = 0; i <= 90; i++) values[i + 91 * (j + 45 * k)] = chance(i, theta, phi);
    });
  });
  return { file: 'Made.z', values };
}

/** A pair of angles, rad. */
export type Pair = readonly [azimuth: number, elevation: number];

/**
 * A table of Davis: what is reflected at 1 to 91 degrees and transmitted at 0 to 90, pair by pair of 20,000, and the
 * reflectivity at 0 to 89 degrees.
 */
export function davisTable(
  reflectivity: (incidence: number) => number,
  reflected: (incidence: number, pair: number) => Pair,
  transmitted?: (incidence: number, pair: number) => Pair,
): LookUpTable {
  const half = 91 * 40_000;
  const values = new Float32Array(transmitted ? 2 * half + 1 : half);
  for (let degree = 0; degree <= 90; degree++) {
    for (let pair = 0; pair < 20_000; pair++) {
      const at = degree * 40_000 + 2 * pair;
      const there = reflected(degree + 1, pair);
      values[at] = there[0];
      values[at + 1] = there[1];
      if (!transmitted) continue;
      const through = transmitted(degree, pair);
      values[half + at] = through[0];
      values[half + at + 1] = through[1];
    }
  }
  const chances = Float32Array.from({ length: 90 }, (_, i) => reflectivity(i));
  return { file: 'Made_LUT.z', values, reflectivity: chances };
}

/** A dichroic filter of a function of nm and degrees, in per cent. */
export function dichroicTable(
  wavelengths: readonly number[],
  angles: readonly number[],
  percent: (wavelength: number, angle: number) => number,
): DichroicTable {
  return {
    wavelengths: Float64Array.from(wavelengths),
    angles: Float64Array.from(angles),
    transmitted: Float64Array.from(angles.flatMap((a) => wavelengths.map((w) => percent(w, a)))),
  };
}
