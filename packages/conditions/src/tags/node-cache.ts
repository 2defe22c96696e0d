/**
 * Keeps what was read last, up to a number of bytes. What is asked for while it is being read is read once; a reading
 * that fails is not kept.
 */
export class NodeCache<T> {
  readonly #kept = new Map<string, { readonly value: Promise<T>; bytes: number }>();
  readonly #limit: number;
  #bytes = 0;

  /** @param limit bytes */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** @param read gives the value, and how many bytes it is taken to be */
  get(key: string, read: () => Promise<{ readonly value: T; readonly bytes: number }>): Promise<T> {
    const kept = this.#kept.get(key);
    if (kept) {
      this.#kept.delete(key);
      this.#kept.set(key, kept);
      return kept.value;
    }
    const reading = read();
    const entry = { value: reading.then(({ value }) => value), bytes: 0 };
    this.#kept.set(key, entry);
    reading.then(
      ({ bytes }) => this.#charge(key, entry, bytes),
      () => this.#kept.delete(key),
    );
    return entry.value;
  }

  #charge(key: string, entry: { bytes: number }, bytes: number): void {
    if (this.#kept.get(key) !== entry) return;
    entry.bytes = bytes;
    this.#bytes += bytes;
    for (const [oldest, { bytes: freed }] of this.#kept) {
      if (this.#bytes <= this.#limit || oldest === key) break;
      this.#kept.delete(oldest);
      this.#bytes -= freed;
    }
  }
}
