import { type HitLayout, largestCount } from './hit-layout.ts';
import { MergeTable, tooManyMerged } from './merge-table.ts';

/** Rows of a chunk of memory: growing does not copy what is there. */
const chunkRows = 4096;

/**
 * Merges hits of a sensor in a window of time into one: the row of the earliest, with the sum of the counts and all flags
 * of their lives. Window w of width W is of the times from wW up to (w + 1)W, floor(t/W) = w, in 64 bits.
 *
 * Merging merged hits again gives the same as merging all at once. Of equal times the one counts whose other words are
 * less (`order` of the layout); photons that are equal in all have to come in the order of their numbers.
 */
export class HitMerger {
  readonly #layout: HitLayout;
  readonly #width: number;
  #table = new MergeTable();
  #chunks: Uint32Array[] = [];
  #counts: Float64Array[] = [];

  /** @param width of the windows, ns, above 0 */
  constructor(layout: HitLayout, width: number) {
    this.#layout = layout;
    this.#width = width;
  }

  /** Merged hits so far, a NaN time being one by itself. */
  get size(): number {
    return this.#table.size;
  }

  /**
   * Takes hits, merged before or not.
   *
   * @param rows of the layout; not kept
   * @throws OpticsError when the memory does not suffice
   */
  add(rows: Uint32Array): void {
    const { words, time, count, countShift, identity, identityMask, flagMask } = this.#layout;
    const values = new Float32Array(rows.buffer, rows.byteOffset, rows.length);
    for (let row = 0; row < rows.length; row += words) {
      const t = values[row + time] ?? 0;
      const sensor = (rows[row + identity] ?? 0) & identityMask;
      const before = this.#table.size;
      const entry = this.#table.entry(sensor, Math.floor(t / this.#width));
      const n = (rows[row + count] ?? 0) >>> countShift;
      if (entry === before) this.#keep(entry, rows, row, n);
      else this.#join(entry, rows, row, t, n, rows[row + flagMask] ?? 0);
    }
  }

  /**
   * The merged hits by sensor, then by time; a count too large for a row goes on in further rows of the same hit. Nothing
   * is left.
   *
   * @param most rows of each part
   */
  *drain(most: number): Generator<Uint32Array<ArrayBuffer>> {
    const { words, count, countShift } = this.#layout;
    const largest = largestCount(this.#layout);
    const order = ordered(this.#table);
    const part = new Uint32Array(words * Math.min(most, Math.max(1, order.length)));
    let filled = 0;
    for (const entry of order) {
      const chunk = this.#chunks[Math.floor(entry / chunkRows)] ?? new Uint32Array(0);
      const from = words * (entry % chunkRows);
      let left = this.#counts[Math.floor(entry / chunkRows)]?.[entry % chunkRows] ?? 0;
      do {
        const n = Math.min(left, largest);
        left -= n;
        for (let i = 0; i < words; i++) part[filled + i] = chunk[from + i] ?? 0;
        const rest = (chunk[from + count] ?? 0) % 2 ** countShift;
        part[filled + count] = n * 2 ** countShift + rest;
        filled += words;
        if (filled === part.length) {
          yield part.slice();
          filled = 0;
        }
      } while (left > 0);
    }
    this.#table = new MergeTable();
    // One chunk is kept: small events come one after another.
    this.#chunks.length = Math.min(1, this.#chunks.length);
    this.#counts.length = this.#chunks.length;
    if (filled > 0) yield part.slice(0, filled);
  }

  /** The first of its window. */
  #keep(entry: number, rows: Uint32Array, row: number, n: number): void {
    const { words } = this.#layout;
    const place = Math.floor(entry / chunkRows);
    if (place === this.#chunks.length) this.#grow();
    const chunk = this.#chunks[place];
    const counts = this.#counts[place];
    if (!chunk || !counts) return;
    const at = entry % chunkRows;
    for (let i = 0; i < words; i++) chunk[at * words + i] = rows[row + i] ?? 0;
    counts[at] = n;
  }

  #join(entry: number, rows: Uint32Array, row: number, t: number, n: number, mask: number): void {
    const { words, time, flagMask } = this.#layout;
    const place = Math.floor(entry / chunkRows);
    const chunk = this.#chunks[place];
    const counts = this.#counts[place];
    if (!chunk || !counts) return;
    const at = entry % chunkRows;
    const to = at * words;
    counts[at] = (counts[at] ?? 0) + n;
    const all = ((chunk[to + flagMask] ?? 0) | mask) >>> 0;
    bits[0] = chunk[to + time] ?? 0;
    const before = float[0] ?? 0;
    if (t < before || (t === before && this.#isLess(rows, row, chunk, to)))
      for (let i = 0; i < words; i++) chunk[to + i] = rows[row + i] ?? 0;
    chunk[to + flagMask] = all;
  }

  #isLess(rows: Uint32Array, row: number, chunk: Uint32Array, to: number): boolean {
    for (const word of this.#layout.order) {
      const [a, b] = [rows[row + word] ?? 0, chunk[to + word] ?? 0];
      if (a !== b) return a < b;
    }
    return false;
  }

  #grow(): void {
    try {
      this.#chunks.push(new Uint32Array(chunkRows * this.#layout.words));
      this.#counts.push(new Float64Array(chunkRows));
    } catch (cause) {
      throw tooManyMerged(this.#table.size, cause);
    }
  }
}

const bits = new Uint32Array(1);
const float = new Float32Array(bits.buffer);

/** The entries by sensor, then by window, those without a window last, in the order of their coming. */
function ordered(table: MergeTable): Uint32Array {
  const inWindow = (a: number, b: number): number => {
    const [first, second] = [table.window(a), table.window(b)];
    if (first < second) return -1;
    if (first > second) return 1;
    return Number(Number.isNaN(first)) - Number(Number.isNaN(second)) || a - b;
  };
  let sensors = 0;
  for (let entry = 0; entry < table.size; entry++)
    sensors = Math.max(sensors, table.identity(entry));
  if (table.size < sensors / 8) {
    const entries = Uint32Array.from({ length: table.size }, (_, entry) => entry);
    return entries.sort((a, b) => table.identity(a) - table.identity(b) || inWindow(a, b));
  }
  const { order, starts } = bySensor(table, sensors);
  for (let sensor = 0; sensor <= sensors; sensor++) {
    const [from, to] = [starts[sensor] ?? 0, starts[sensor + 1] ?? 0];
    if (to - from > 1) order.subarray(from, to).sort(inWindow);
  }
  return order;
}

/** The entries by sensor, in the order of their coming, and where those of each sensor begin. */
function bySensor(table: MergeTable, sensors: number): { order: Uint32Array; starts: Uint32Array } {
  const starts = new Uint32Array(sensors + 2);
  for (let entry = 0; entry < table.size; entry++) {
    const next = table.identity(entry) + 1;
    starts[next] = (starts[next] ?? 0) + 1;
  }
  for (let i = 1; i < starts.length; i++) starts[i] = (starts[i] ?? 0) + (starts[i - 1] ?? 0);
  const order = new Uint32Array(table.size);
  const filled = starts.slice();
  for (let entry = 0; entry < table.size; entry++) {
    const sensor = table.identity(entry);
    const at = filled[sensor] ?? 0;
    order[at] = entry;
    filled[sensor] = at + 1;
  }
  return { order, starts };
}
