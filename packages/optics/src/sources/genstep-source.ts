import { genstepOffsets, genstepWords } from '../genstep-layout.ts';
import type { PhotonSource, SourceBatch } from './photon-source.ts';

/** What else a source of generation steps says of itself. */
export interface GenstepSourceOptions {
  readonly description: string;
  readonly lightSpectrum?: Float64Array | undefined;
}

const photonsWord = genstepOffsets.photons / 4;

/** Photons from generation steps in memory: rows of 24 words, made into photons in their order. */
export function genstepSource(
  steps: Float32Array<ArrayBuffer>,
  { description, lightSpectrum }: GenstepSourceOptions,
): PhotonSource {
  const starts = photonStarts(steps);
  return {
    description,
    count: starts.at(-1) ?? 0,
    ...(lightSpectrum ? { lightSpectrum } : { gensteps: () => [steps] }),
    batch: (first, count) => selectSteps(steps, starts, first, count),
  };
}

/** Number of the first photon of each step, and the number of all photons at the end. */
export function photonStarts(steps: Float32Array<ArrayBuffer>): Float64Array {
  const words = new Uint32Array(steps.buffer, steps.byteOffset, steps.length);
  const starts = new Float64Array(steps.length / genstepWords + 1);
  for (let i = 0; i + 1 < starts.length; i++) {
    starts[i + 1] = (starts[i] ?? 0) + (words[i * genstepWords + photonsWord] ?? 0);
  }
  return starts;
}

/** The steps that photons `first` to `first + count - 1` come from. */
export function selectSteps(
  steps: Float32Array<ArrayBuffer>,
  starts: Float64Array,
  first: number,
  count: number,
): SourceBatch {
  const from = lastAtMost(starts, first);
  const to = lastAtMost(starts, first + count - 1);
  return {
    kind: 'gensteps',
    steps:
      count > 0 ? steps.slice(from * genstepWords, (to + 1) * genstepWords) : new Float32Array(0),
    skip: count > 0 ? first - (starts[from] ?? 0) : 0,
  };
}

/** The last index whose value is at most x; values do not fall. */
export function lastAtMost(values: Float64Array, x: number): number {
  let [low, high] = [0, values.length];
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if ((values[middle] ?? 0) <= x) low = middle;
    else high = middle;
  }
  return low;
}
