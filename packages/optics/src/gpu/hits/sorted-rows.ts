import { photonOffsets, photonWords } from '../../photon-layout.ts';

const indexWord = photonOffsets.index / 4;
const identityWord = photonOffsets.identity / 4;

/** Rows in the order of the numbers of their photons, as the host sorts them. */
export function sortedRows(rows: Uint32Array): Uint32Array<ArrayBuffer> {
  const number = (row: number): number => {
    const at = row * photonWords;
    return ((rows[at + identityWord] ?? 0) >>> 24) * 2 ** 32 + (rows[at + indexWord] ?? 0);
  };
  const numbers = Float64Array.from({ length: rows.length / photonWords }, (_, row) => number(row));
  const order = Uint32Array.from(numbers, (_, row) => row);
  order.sort((a, b) => (numbers[a] ?? 0) - (numbers[b] ?? 0));
  const sorted = new Uint32Array(rows.length);
  order.forEach((row, place) => {
    sorted.set(rows.subarray(row * photonWords, (row + 1) * photonWords), place * photonWords);
  });
  return sorted;
}
