import { davisShape, type LookUpTable } from '../surface-data/surface-data.ts';
import type { SceneSections } from './section-writer.ts';

const { degrees, pairs, half } = davisShape;

/**
 * Writes a table of Davis: its reflectivity and its pairs of angles for each degree of incidence. Pairs of zeros, which
 * Geant4 draws again, are left out. [LUT6]
 *
 * @param passes whether a surface with this table lets light through
 * @returns its first record in `davisDegree`
 */
export function packDavis(
  { values, reflectivity, file }: LookUpTable,
  passes: boolean,
  sections: SceneSections,
  warn: (text: string) => void,
): number {
  const first = sections.davisDegree.count;
  const [unreflected, untransmitted]: [number[], number[]] = [[], []];
  for (let degree = 0; degree < degrees; degree++) {
    const chance = reflectivity?.[degree] ?? 0;
    // At 0 degrees light goes straight back or straight on, without the table.
    const reflected = degree === 0 ? none : usedPairs(values, (degree - 1) * 2 * pairs, half);
    const transmitted =
      degree === 0 || !passes ? none : usedPairs(values, half + degree * 2 * pairs, 2 * half);
    if (degree > 0 && reflected.length === 0 && chance > 0) unreflected.push(degree);
    if (degree > 0 && transmitted.length === 0 && passes && chance < 1) untransmitted.push(degree);
    sections.davisDegree.append({
      reflectivity: chance,
      firstReflected: sections.davisTable.appendAll(reflected),
      reflectedPairs: reflected.length / 2,
      firstTransmitted: sections.davisTable.appendAll(transmitted),
      transmittedPairs: transmitted.length / 2,
    });
  }
  const at = (list: readonly number[]): string =>
    list.length === 1 ? `${list[0]} degrees` : `${list.length} of 89 degrees`;
  if (unreflected.length > 0) {
    warn(
      `${file} has no direction of reflected light at ${at(unreflected)}: as by a mirror there.`,
    );
  }
  if (untransmitted.length > 0) {
    warn(
      `${file} has no direction of transmitted light at ${at(untransmitted)}: straight on there. With an EFFICIENCY above 0 such light is absorbed or detected.`,
    );
  }
  return first;
}

const none = new Float32Array(0);

/** The 20,000 pairs from there on, without those of zeros. */
function usedPairs(values: Float32Array, first: number, end: number): Float32Array {
  const block = values.subarray(first, Math.min(first + 2 * pairs, end));
  const used = new Float32Array(block.length);
  let count = 0;
  for (let i = 0; i + 1 < block.length; i += 2) {
    const [azimuth = 0, elevation = 0] = [block[i], block[i + 1]];
    if (azimuth === 0 && elevation === 0) continue;
    used[count++] = azimuth;
    used[count++] = elevation;
  }
  return used.subarray(0, count);
}
