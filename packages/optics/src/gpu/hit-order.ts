import { photonOffsets, photonWords } from '../photon-layout.ts';

const indexWord = photonOffsets.index / 4;

/**
 * Hits of a batch in the order of their photons.
 *
 * @param hits rows in any order, one for each photon at most
 * @param first number of the batch's first photon
 * @param count photons of the batch
 */
export function hitsInOrder(
  hits: Uint32Array<ArrayBuffer>,
  first: number,
  count: number,
): Uint32Array<ArrayBuffer> {
  const low = first % 2 ** 32;
  const rowOf = new Int32Array(count).fill(-1);
  for (let row = 0; row * photonWords < hits.length; row++)
    rowOf[((hits[row * photonWords + indexWord] ?? 0) - low) >>> 0] = row;
  const ordered = new Uint32Array(hits.length);
  let at = 0;
  for (const row of rowOf) {
    if (row < 0) continue;
    ordered.set(hits.subarray(row * photonWords, (row + 1) * photonWords), at);
    at += photonWords;
  }
  return ordered;
}
