/** Buffers that may be used again: making large ones anew costs more than what is written into them. */
export class SpareBuffers {
  readonly #most: number;
  #buffers: ArrayBuffer[] = [];

  /** @param most how many are kept */
  constructor(most: number) {
    this.#most = most;
  }

  /** Keeps them; the oldest go when there are too many. Empty ones, and those that were moved away, are not kept. */
  add(buffers: readonly ArrayBuffer[]): void {
    const kept = [...this.#buffers, ...buffers.filter(({ byteLength }) => byteLength > 0)];
    this.#buffers = kept.slice(Math.max(0, kept.length - this.#most));
  }

  /** All of them. */
  takeAll(): ArrayBuffer[] {
    const buffers = this.#buffers;
    this.#buffers = [];
    return buffers;
  }

  /** One of that size, with what was in it; a new one when there is none. */
  take(bytes: number): ArrayBuffer {
    const at = this.#buffers.findIndex(({ byteLength }) => byteLength === bytes);
    const [found] = at < 0 ? [] : this.#buffers.splice(at, 1);
    return found ?? new ArrayBuffer(bytes);
  }
}
