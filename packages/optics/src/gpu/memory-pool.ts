/** Something on a device that can be used again. */
export interface DeviceMemory {
  readonly bytes: number;
  destroy(): void;
}

/** Gives what was given back before, while there is some, and keeps so many. */
export class MemoryPool<T extends DeviceMemory> {
  readonly #make: () => T;
  readonly #most: number;
  readonly #spare: T[] = [];
  readonly #out = new Set<T>();

  /** @param most spare ones that are kept */
  constructor(make: () => T, most: number) {
    this.#make = make;
    this.#most = most;
  }

  take(): T {
    const taken = this.#spare.pop() ?? this.#make();
    this.#out.add(taken);
    return taken;
  }

  give(memory: T): void {
    this.#out.delete(memory);
    if (this.#spare.length < this.#most) this.#spare.push(memory);
    else memory.destroy();
  }

  /** Bytes of all of them, whoever has them. */
  get bytes(): number {
    return [...this.#spare, ...this.#out].reduce((sum, { bytes }) => sum + bytes, 0);
  }
}
