import { philox4x32 } from './philox.ts';

/**
 * The random numbers of one item: a photon, a generation step, an event. They depend on the seed, the item's number and
 * the purpose alone, so that a result does not depend on threads, batches or order.
 *
 * The key is the seed; the counter is (block of four draws, item low, item high, purpose).
 *
 * @example
 * ```ts
 * const random = new RandomStream(42, 7);
 * random.uniform(); // the first number of item 7, always the same
 * ```
 */
export class RandomStream {
  readonly #key: readonly [number, number];
  readonly #item: readonly [number, number];
  readonly #purpose: number;
  readonly #words = new Uint32Array(4);
  #drawn = 0;

  /**
   * @param seed 0 to 2⁶⁴ − 1; as a number, up to 2⁵³ − 1
   * @param item 0 to 2⁶⁴ − 1, likewise
   * @param purpose 0 to 2³² − 1: keeps the numbers of different uses of one item apart
   * @throws {RangeError} when one of them is not such an integer
   */
  constructor(seed: number | bigint, item: number | bigint, purpose = 0) {
    this.#key = splitUint64(seed, 'seed');
    this.#item = splitUint64(item, 'item');
    if (!Number.isInteger(purpose) || purpose < 0 || purpose > 0xffff_ffff) {
      throw new RangeError(`purpose: given ${purpose}, expected an integer from 0 to 4294967295`);
    }
    this.#purpose = purpose;
  }

  /** How many words have been drawn. */
  get drawn(): number {
    return this.#drawn;
  }

  /** The next word: an integer from 0 to 2³² − 1, all alike likely. */
  uint32(): number {
    const lane = this.#drawn % 4;
    if (lane === 0) {
      const block = (this.#drawn / 4) >>> 0;
      philox4x32([block, this.#item[0], this.#item[1], this.#purpose], this.#key, this.#words);
    }
    this.#drawn++;
    return this.#words[lane] ?? 0;
  }

  /** The next number in (0, 1), never 0 nor 1: (word + ½) · 2⁻³². */
  uniform(): number {
    return (this.uint32() + 0.5) * 2 ** -32;
  }
}

/**
 * The low and high words of an unsigned 64-bit integer.
 *
 * @param name of the value, for the error
 * @throws {RangeError} when it is not an integer from 0 to 2⁶⁴ − 1, or a number above 2⁵³ − 1
 */
export function splitUint64(value: number | bigint, name: string): readonly [number, number] {
  const isExact = typeof value === 'bigint' || Number.isSafeInteger(value);
  if (!isExact || value < 0 || value > 0xffff_ffff_ffff_ffffn) {
    throw new RangeError(
      `${name}: given ${value}, expected an integer from 0 to 2^64 - 1 (above 2^53 a bigint)`,
    );
  }
  const whole = BigInt(value);
  return [Number(whole & 0xffff_ffffn), Number(whole >> 32n)];
}
