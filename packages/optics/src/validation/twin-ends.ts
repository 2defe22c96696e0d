import { type ChiSquaredTest, compareHistograms } from '@lantern/units';
import type { PhotonBatch } from '../engine.ts';
import { photonFlags, photonOffsets, photonWords } from '../photon-layout.ts';

/** Ends of photons as numbers, for a comparison of their distributions. */
export class EndSample {
  readonly flags: number[] = [];
  readonly sensors: number[] = [];
  readonly times: number[] = [];
  readonly wavelengths: number[] = [];

  /** Takes the ends of a batch's photons, not of their children, which are not independent of each other. */
  add({ photons }: Pick<PhotonBatch, 'photons'>): void {
    const rows = photons ?? new Float32Array();
    const words = new Uint32Array(rows.buffer, rows.byteOffset, rows.length);
    for (let row = 0; row < rows.length; row += photonWords) {
      const flag = (words[row + photonOffsets.flag / 4] ?? 0) & 0xffff;
      this.flags.push(flag);
      this.times.push(rows[row + photonOffsets.time / 4] ?? Number.NaN);
      this.wavelengths.push(rows[row + photonOffsets.wavelength / 4] ?? Number.NaN);
      if (flag === photonFlags.SURFACE_DETECT)
        this.sensors.push((words[row + photonOffsets.identity / 4] ?? 0) & 0xff_ffff);
    }
  }
}

/** How one distribution of two samples agrees. */
export interface EndShape extends ChiSquaredTest {
  readonly name: string;
}

/** Bins of as many ends each. */
const evenBins = 24;

/**
 * Compares the ends of two samples of photons that have random numbers of their own: how they ended, at which sensors,
 * when, and with which wavelength. [TWIN4]
 */
export function compareEnds(a: EndSample, b: EndSample): EndShape[] {
  return [
    { name: 'how photons end', ...compareValues(a.flags, b.flags) },
    { name: 'sensors hit', ...compareValues(a.sensors, b.sensors) },
    { name: 'times of ends', ...compareBinned(a.times, b.times) },
    { name: 'wavelengths of ends', ...compareBinned(a.wavelengths, b.wavelengths) },
  ];
}

/** Counts of each value. */
function compareValues(a: readonly number[], b: readonly number[]): ChiSquaredTest {
  const values = [...new Set([...a, ...b])].sort((x, y) => x - y);
  const places = new Map(values.map((value, i) => [value, i]));
  return compareCounts(a, b, values.length, (value) => places.get(value) ?? 0);
}

/** Counts in bins that hold as many of both samples together; fewer bins where values are the same. */
function compareBinned(a: readonly number[], b: readonly number[]): ChiSquaredTest {
  const all = Float64Array.from([...a, ...b]).sort();
  const edges = [
    ...new Set(
      Array.from(
        { length: evenBins - 1 },
        (_, i) => all[Math.floor(((i + 1) * all.length) / evenBins)] ?? 0,
      ),
    ),
  ];
  return compareCounts(a, b, edges.length + 1, (value) => {
    const bin = edges.findIndex((edge) => value < edge);
    return bin < 0 ? edges.length : bin;
  });
}

function compareCounts(
  a: readonly number[],
  b: readonly number[],
  bins: number,
  binOf: (value: number) => number,
): ChiSquaredTest {
  const counts = [a, b].map((values) => {
    const counted = new Array<number>(bins).fill(0);
    for (const value of values) {
      const bin = binOf(value);
      counted[bin] = (counted[bin] ?? 0) + 1;
    }
    return counted;
  });
  return compareHistograms(counts[0] ?? [], counts[1] ?? []);
}
