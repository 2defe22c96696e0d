/** A number without rounding: an integer times a power of two, as every double is one. */
export class Exact {
  readonly #integer: bigint;
  readonly #exponent: number;

  private constructor(integer: bigint, exponent: number) {
    this.#integer = integer;
    this.#exponent = exponent;
  }

  /** @param value finite */
  static of(value: number): Exact {
    const bits = new DataView(new ArrayBuffer(8));
    bits.setFloat64(0, value);
    const word = bits.getBigUint64(0);
    const exponent = Number((word >> 52n) & 0x7ffn);
    const fraction = word & 0xfffffffffffffn;
    const size = exponent === 0 ? fraction : fraction | 0x10000000000000n;
    return new Exact(value < 0 ? -size : size, Math.max(exponent, 1) - 1075);
  }

  plus(other: Exact): Exact {
    const exponent = Math.min(this.#exponent, other.#exponent);
    return new Exact(this.#at(exponent) + other.#at(exponent), exponent);
  }

  minus(other: Exact): Exact {
    return this.plus(new Exact(-other.#integer, other.#exponent));
  }

  times(other: Exact): Exact {
    return new Exact(this.#integer * other.#integer, this.#exponent + other.#exponent);
  }

  /** The double next to it, but for the last bit. */
  toNumber(): number {
    const size = this.#integer < 0n ? -this.#integer : this.#integer;
    const surplus = Math.max(0, size.toString(2).length - 60);
    return Number(this.#integer >> BigInt(surplus)) * 2 ** (this.#exponent + surplus);
  }

  #at(exponent: number): bigint {
    return this.#integer << BigInt(this.#exponent - exponent);
  }
}

/** A vector without rounding. */
export type ExactVector = readonly [Exact, Exact, Exact];
