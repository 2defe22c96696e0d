import type { Moment } from '../model/validity.ts';

/** What a thing was at each moment. */
export class Versions<T> {
  readonly #at: Moment[] = [];
  readonly #values: T[] = [];

  constructor(at?: Moment, value?: T) {
    if (at !== undefined && value !== undefined) this.add(at, value);
  }

  /** @param at later than all before */
  add(at: Moment, value: T): void {
    this.#at.push(at);
    this.#values.push(value);
  }

  /** As it was at a moment, or as it is; undefined where it was not yet. */
  at(asOf?: Moment): T | undefined {
    let i = this.#at.length - 1;
    if (asOf !== undefined) while (i >= 0 && this.#at[i]! > asOf) i--;
    return this.#values[i];
  }
}
