/** A part of a buffer. */
interface Part {
  readonly at: number;
  readonly size: number;
}

/** Parts of a buffer that are taken and given back, each where there is room first. */
export class BufferRoom {
  /** What is free, in order; no two parts touch. */
  #free: readonly Part[];

  /** @param size from `at` on */
  constructor(at: number, size: number) {
    this.#free = size > 0 ? [{ at, size }] : [];
  }

  /** @returns where so much is free, which is the caller's then; undefined where nothing is that large */
  take(size: number): number | undefined {
    const found = this.#free.find((part) => part.size >= size);
    if (!found) return undefined;
    const rest = { at: found.at + size, size: found.size - size };
    this.#free = this.#free.flatMap((part) =>
      part !== found ? [part] : rest.size > 0 ? [rest] : [],
    );
    return found.at;
  }

  /** Gives back what was taken, or adds what is behind everything. */
  give(at: number, size: number): void {
    if (size === 0) return;
    const all = [...this.#free, { at, size }].sort((a, b) => a.at - b.at);
    const free: Part[] = [];
    for (const part of all) {
      const last = free.at(-1);
      if (last && last.at + last.size === part.at)
        free[free.length - 1] = { at: last.at, size: last.size + part.size };
      else free.push(part);
    }
    this.#free = free;
  }
}
