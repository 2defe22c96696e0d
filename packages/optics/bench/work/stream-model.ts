import type { StreamSize } from '../../src/gpu/stream-size.ts';

/** Photons that go through a stream. */
export interface StreamCase {
  /** Steps of photons that were counted; those of the stream's photons are drawn from them. */
  readonly stepsOf: Uint32Array;
  /** Share of photons that are hits. */
  readonly hits: number;
  readonly photons: number;
  readonly batchSize: number;
  readonly threads: number;
  readonly size: StreamSize;
  /** Steps of a thread in one launch at most. */
  readonly turns: number;
  /** Batches begun but not delivered, at most. */
  readonly lookAhead: number;
}

/** How it went. */
export interface StreamUse {
  /** Of the turns of all threads until the last photon was taken, those in which a thread had a step to make. */
  readonly lanes: number;
  /** Turns until then, and after it: while the last photons came to their ends. */
  readonly turns: number;
  readonly lastTurns: number;
  readonly launches: number;
  /** At a time, at most: open batches; batches from the oldest that is not delivered on; rows of hits aside. */
  readonly open: number;
  readonly batchesBegun: number;
  readonly rowsAside: number;
}

const rowBytes = 64;

/**
 * Sends photons through a stream as gpu-stream.ts and propagate.wgsl do, where every step takes one turn: threads take the
 * next photon of the open batches; a launch ends when these have none, or after its turns; between launches batches that
 * are through are closed, hits of those that are nearly so are put aside, and others are opened.
 */
export function streamUse(one: StreamCase): StreamUse {
  const model = new Model(one);
  while (!model.isThrough) {
    model.open();
    model.launch();
    model.close();
  }
  return model.use;
}

interface Batch {
  readonly index: number;
  readonly count: number;
  taken: number;
  left: number;
  /** 0 while it has room for a hit of each photon. */
  rowsAside: number;
}

const nobody = -1;

class Model {
  readonly #case: StreamCase;
  readonly #total: number;
  readonly #batches: Batch[] = [];
  #open: Batch[] = [];
  /** Of threads: the batch of its photon, and the next thread whose photon ends in the same turn. */
  readonly #batchOf: Int32Array;
  readonly #next: Int32Array;
  /** The first such thread, by turn. */
  readonly #ends: Int32Array;
  readonly #idle: number[];
  readonly #closed = new Set<number>();
  #current = 0;
  #delivered = 0;
  #taken = 0;
  #turn = 0;
  #lastTaken = 0;
  #busyTurns = 0;
  #launches = 0;
  #most = { open: 0, batchesBegun: 0, rowsAside: 0 };
  #random = 1;

  constructor(one: StreamCase) {
    this.#case = one;
    this.#total = Math.ceil(one.photons / one.batchSize);
    this.#batchOf = new Int32Array(one.threads);
    this.#next = new Int32Array(one.threads);
    const longest = one.stepsOf.reduce((most, steps) => Math.max(most, steps), 1);
    this.#ends = new Int32Array(longest + 1).fill(nobody);
    this.#idle = Array.from({ length: one.threads }, (_, i) => i);
  }

  get isThrough(): boolean {
    return this.#delivered === this.#total;
  }

  get use(): StreamUse {
    const { threads } = this.#case;
    return {
      lanes: this.#busyTurns / (threads * Math.max(1, this.#lastTaken)),
      turns: this.#lastTaken,
      lastTurns: this.#turn - this.#lastTaken,
      launches: this.#launches,
      ...this.#most,
    };
  }

  open(): void {
    const { size, lookAhead, batchSize, photons } = this.#case;
    const begun = (): number => this.#batches.length;
    const fresh = (): number => this.#open.filter(({ rowsAside }) => rowsAside === 0).length;
    while (
      begun() < Math.min(this.#total, this.#delivered + lookAhead) &&
      this.#open.length < size.open &&
      fresh() < size.fresh
    ) {
      const index = begun();
      const count = Math.min(batchSize, photons - index * batchSize);
      const batch = { index, count, taken: 0, left: 0, rowsAside: 0 };
      this.#batches.push(batch);
      this.#open.push(batch);
    }
    const { open, batchesBegun, rowsAside } = this.#most;
    this.#most = {
      open: Math.max(open, this.#open.length),
      batchesBegun: Math.max(batchesBegun, begun() - this.#delivered),
      rowsAside: Math.max(rowsAside, this.#rowsAside),
    };
  }

  launch(): void {
    const { turns, threads } = this.#case;
    this.#launches++;
    while (this.#idle.length > 0 && this.#take(this.#idle.at(-1) ?? 0)) this.#idle.pop();
    const mayEnd = this.#untaken > 0 && this.#batches.length < this.#total;
    for (let k = 0; k < turns && this.#idle.length < threads; k++) {
      if (this.#taken < this.#case.photons) this.#busyTurns += threads - this.#idle.length;
      this.#turn++;
      this.#end();
      if (mayEnd && this.#untaken === 0) break;
    }
  }

  close(): void {
    const { size, hits } = this.#case;
    for (const batch of this.#open) {
      if (batch.taken < batch.count) continue;
      if (batch.left === 0) this.#closed.add(batch.index);
      const rows = Math.ceil(hits * (batch.count - batch.left)) + batch.left;
      const bytes = (this.#rowsAside + rows) * rowBytes;
      if (batch.rowsAside === 0 && batch.left > 0 && bytes <= size.asideBytes)
        batch.rowsAside = rows;
    }
    this.#open = this.#open.filter(({ index }) => !this.#closed.has(index));
    while (this.#closed.delete(this.#delivered)) this.#delivered++;
  }

  get #rowsAside(): number {
    return this.#open.reduce((sum, { rowsAside }) => sum + rowsAside, 0);
  }

  /** Photons of open batches that nobody has taken. */
  get #untaken(): number {
    return Math.min(this.#batches.length * this.#case.batchSize, this.#case.photons) - this.#taken;
  }

  /** The photons whose last step was this turn's. */
  #end(): void {
    const at = this.#turn % this.#ends.length;
    let thread = this.#ends[at] ?? nobody;
    this.#ends[at] = nobody;
    while (thread !== nobody) {
      const following = this.#next[thread] ?? nobody;
      const batch = this.#batches[this.#batchOf[thread] ?? 0];
      if (batch) batch.left--;
      if (!this.#take(thread)) this.#idle.push(thread);
      thread = following;
    }
  }

  #take(thread: number): boolean {
    if (this.#untaken === 0) return false;
    let batch = this.#batches[this.#current];
    if (batch && batch.taken === batch.count) batch = this.#batches[++this.#current];
    if (!batch) return false;
    batch.taken++;
    batch.left++;
    if (++this.#taken === this.#case.photons) this.#lastTaken = this.#turn;
    const at = (this.#turn + this.#drawSteps()) % this.#ends.length;
    this.#batchOf[thread] = batch.index;
    this.#next[thread] = this.#ends[at] ?? nobody;
    this.#ends[at] = thread;
    return true;
  }

  #drawSteps(): number {
    const { stepsOf } = this.#case;
    // The generator of Knuth and Lewis; its high bits are good enough for taking one of many.
    this.#random = (Math.imul(this.#random, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.max(1, stepsOf[Math.floor((this.#random / 2 ** 32) * stepsOf.length)] ?? 1);
  }
}
