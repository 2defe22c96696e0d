/**
 * Philox4x32-10: random numbers by counter. Each block of four 32-bit words is a function of a 128-bit counter and a
 * 64-bit key, with no state in between, so that any draw of any item is reached at once and in any order.
 *
 * Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC11; Random123 1.14.
 */

const multiplier0 = 0xd251_1f53;
const multiplier1 = 0xcd9e_8d57;
const weyl0 = 0x9e37_79b9;
const weyl1 = 0xbb67_ae85;
const rounds = 10;

/** Four unsigned 32-bit words. */
export type Words4 = readonly [number, number, number, number];

/**
 * One block of the generator.
 *
 * @param counter four unsigned 32-bit words
 * @param key two unsigned 32-bit words
 * @param out takes the four random words
 */
export function philox4x32(
  counter: Words4,
  key: readonly [number, number],
  out: Uint32Array,
): void {
  let [c0, c1, c2, c3] = counter;
  let [k0, k1] = key;
  for (let round = 0; round < rounds; round++) {
    const high0 = multiplyHigh(multiplier0, c0);
    const low0 = Math.imul(multiplier0, c0);
    const high1 = multiplyHigh(multiplier1, c2);
    const low1 = Math.imul(multiplier1, c2);
    c0 = high1 ^ c1 ^ k0;
    c1 = low1;
    c2 = high0 ^ c3 ^ k1;
    c3 = low0;
    k0 = (k0 + weyl0) | 0;
    k1 = (k1 + weyl1) | 0;
  }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
}

/** The upper 32 bits of the product of two unsigned 32-bit numbers, by halves of 16 bits. */
function multiplyHigh(a: number, b: number): number {
  const a0 = a & 0xffff;
  const a1 = a >>> 16;
  const b0 = b & 0xffff;
  const b1 = b >>> 16;
  const middle = a1 * b0 + ((a0 * b0) >>> 16);
  const other = a0 * b1 + (middle & 0xffff);
  return (a1 * b1 + Math.floor(middle / 65_536) + Math.floor(other / 65_536)) | 0;
}
