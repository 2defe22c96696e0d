import { type LookUpTable, lbnlShape } from '../surface-data/surface-data.ts';
import type { SceneSections } from './section-writer.ts';

/** Geant4 never draws the last theta and the last phi: CLHEP's shootInt(n - 1) ends at n - 2. [LUT3] */
const [thetas, phis] = [lbnlShape.thetas - 1, lbnlShape.phis - 1];
const cells = thetas * phis;

/**
 * Writes a table of LBNL as the cumulative chances of its directions, theta by theta, for each degree of incidence: one
 * draw finds the direction that Geant4 finds by trial and error. [LUT3]
 *
 * @returns its first number in `lbnlTable`, -1 for a table of zeros
 */
export function packLbnl(
  { values, file }: LookUpTable,
  sections: SceneSections,
  warn: (text: string) => void,
): number {
  const rows = Array.from({ length: lbnlShape.incidences }, (_, incidence) =>
    cumulativeOf(values, incidence),
  );
  const full = rows.flatMap((row, incidence) => (row ? [incidence] : []));
  if (full.length === 0) return -1;
  const empty = rows.flatMap((row, incidence) => (row ? [] : [incidence]));
  if (empty.length > 0) {
    warn(
      `${file} has no light reflected at ${degreesInWords(empty)} of incidence: the nearest degree with some is taken.`,
    );
  }
  const first = sections.lbnlTable.count;
  rows.forEach((row, incidence) => {
    const nearest = full.reduce((best, other) =>
      Math.abs(other - incidence) < Math.abs(best - incidence) ? other : best,
    );
    sections.lbnlTable.appendAll(row ?? rows[nearest] ?? []);
  });
  return first;
}

/** Undefined where nothing leads off the surface (theta, phi -90 degrees do not). A value is a chance to be kept: below 0 it is none, above 1 it is 1. */
function cumulativeOf(values: Float32Array, incidence: number): Float64Array | undefined {
  const sums = new Float64Array(cells);
  let [sum, off] = [0, 0];
  for (let theta = 0; theta < thetas; theta++) {
    for (let phi = 0; phi < phis; phi++) {
      const value =
        values[incidence + lbnlShape.incidences * (theta + lbnlShape.thetas * phi)] ?? 0;
      const chance = Math.min(1, Math.max(0, value));
      sum += chance;
      if (theta > 0 && phi > 0) off += chance;
      sums[theta * phis + phi] = sum;
    }
  }
  return off > 0 ? sums.map((part) => part / sum) : undefined;
}

function degreesInWords(degrees: readonly number[]): string {
  const [first, last] = [degrees[0] ?? 0, degrees.at(-1) ?? 0];
  if (degrees.length === 1) return `${first} degrees`;
  return `${degrees.length} degrees between ${first} and ${last}`;
}
