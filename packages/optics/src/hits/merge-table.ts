import { OpticsError } from '../errors.ts';

/**
 * The numbers that sensors and time windows have in the order in which they first come: a hash table in typed arrays,
 * some 20 bytes for each.
 */
export class MergeTable {
  /** Entry + 1 at its place by hash, 0: free. Its length is a power of 2, at least twice the number of entries. */
  #places = new Int32Array(256);
  #identities = new Uint32Array(128);
  #windows = new Float64Array(128);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  identity(entry: number): number {
    return this.#identities[entry] ?? 0;
  }

  window(entry: number): number {
    return this.#windows[entry] ?? 0;
  }

  /**
   * The entry of a sensor and a window, the next number when it is new. NaN is in no window: always new.
   *
   * @param window an integer of any size, infinite, or NaN
   * @throws OpticsError when the memory does not suffice
   */
  entry(identity: number, window: number): number {
    const last = this.#places.length - 1;
    let place = hash(identity, window) & last;
    for (; ; place = (place + 1) & last) {
      const found = (this.#places[place] ?? 0) - 1;
      if (found < 0) break;
      if (this.#identities[found] === identity && this.#windows[found] === window) return found;
    }
    const entry = this.#size++;
    this.#identities[entry] = identity;
    this.#windows[entry] = window;
    this.#places[place] = entry + 1;
    if (this.#size === this.#identities.length) this.#grow();
    return entry;
  }

  #grow(): void {
    try {
      const [identities, windows] = [this.#identities, this.#windows];
      this.#identities = new Uint32Array(2 * identities.length);
      this.#windows = new Float64Array(2 * windows.length);
      this.#identities.set(identities);
      this.#windows.set(windows);
      this.#places = new Int32Array(2 * this.#places.length);
    } catch (cause) {
      throw tooManyMerged(this.#size, cause);
    }
    const last = this.#places.length - 1;
    for (let entry = 0; entry < this.#size; entry++) {
      let place = hash(this.identity(entry), this.window(entry)) & last;
      while (this.#places[place] !== 0) place = (place + 1) & last;
      this.#places[place] = entry + 1;
    }
  }
}

/** Not all of the hits' sensors and windows fit into memory. */
export function tooManyMerged(entries: number, cause: unknown): OpticsError {
  return new OpticsError({
    what: 'not enough memory to merge the hits',
    given: `more than ${entries} sensors times windows with hits`,
    hint: 'a longer window, lite hits, or a source in events merged one by one need less',
    cause,
  });
}

const value = new Float64Array(1);
const halves = new Uint32Array(value.buffer);

/** Mixes all bits of both, so that windows far apart (1e30 ns) do not meet. */
function hash(identity: number, window: number): number {
  // Adding 0 makes -0 the 0 that it equals.
  value[0] = window + 0;
  let h = Math.imul(identity, 0x9e3779b1) ^ Math.imul(halves[0] ?? 0, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 15) ^ (halves[1] ?? 0), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
