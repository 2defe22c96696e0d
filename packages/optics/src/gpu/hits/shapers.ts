import type { HitShaper } from './hit-shaper.ts';

/** Shapers of hits for batches that are brought to the host side by side. */
export class HitShapers {
  readonly #make: () => Promise<HitShaper>;
  readonly #all: HitShaper[] = [];
  readonly #idle: HitShaper[] = [];

  constructor(make: () => Promise<HitShaper>) {
    this.#make = make;
  }

  /** Lends one. */
  async use<T>(work: (shaper: HitShaper) => Promise<T>): Promise<T> {
    const shaper = this.#idle.pop() ?? (await this.#made());
    try {
      return await work(shaper);
    } finally {
      this.#idle.push(shaper);
    }
  }

  /** All that there are. */
  get all(): readonly HitShaper[] {
    return this.#all;
  }

  async #made(): Promise<HitShaper> {
    const shaper = await this.#make();
    this.#all.push(shaper);
    return shaper;
  }
}
