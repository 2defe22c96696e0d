import { type BatchPlan, type BatchRange, batchCount, batchRange } from './batch-plan.ts';

/** What a schedule needs of its surroundings. */
export interface ScheduleWork<Result> {
  /** One for each batch that may be worked on at a time. */
  readonly lanes: readonly ((range: BatchRange) => Promise<Result>)[];
  /** Takes the results in order, one at a time. */
  readonly deliver: (result: Result) => void | Promise<void>;
  /** Batches begun but not yet delivered, at most: the bound of memory. */
  readonly lookAhead: number;
  /** What a result weighs, and how much those may that wait for one before them; beyond, no batch is begun. */
  readonly weight?: ((result: Result) => number) | undefined;
  readonly heaviest?: number | undefined;
  /** Lets batches in; default: all. */
  readonly gate?: Gate | undefined;
  /** Aborting it ends the schedule after the delivery in progress. */
  readonly signal?: AbortSignal | undefined;
}

/** Says when a batch may be begun, beside what the schedule itself says. */
export interface Gate {
  /** Takes leave to begin one; false: not now. */
  letIn(): boolean;
  /** Resolves when that may have changed. */
  changed(): Promise<void>;
}

/**
 * Runs all batches of a plan over the lanes, whichever is idle, and delivers the results in order.
 *
 * Rejects with the first error of a lane, of `deliver`, or with the reason of `signal`; never while `deliver` is running.
 */
export function runSchedule<Result>(plan: BatchPlan, work: ScheduleWork<Result>): Promise<void> {
  return new Schedule(plan, work).run();
}

class Schedule<Result> {
  readonly #plan: BatchPlan;
  readonly #work: ScheduleWork<Result>;
  readonly #total: number;
  readonly #finished = new Map<number, Result>();
  #begun = 0;
  #delivered = 0;
  #weight = 0;
  #stopped = false;
  #delivery: Promise<void> = Promise.resolve();
  #waiting: (() => void)[] = [];
  #fail: (reason: unknown) => void = () => {};

  constructor(plan: BatchPlan, work: ScheduleWork<Result>) {
    this.#plan = plan;
    this.#work = work;
    this.#total = batchCount(plan);
  }

  async run(): Promise<void> {
    const { signal, lanes } = this.#work;
    signal?.throwIfAborted();
    const failed = new Promise<never>((_, reject) => {
      this.#fail = reject;
    });
    const abort = (): void => this.#fail(signal?.reason);
    signal?.addEventListener('abort', abort, { once: true });
    try {
      const all = Promise.all(lanes.map((lane) => this.#runLane(lane)));
      await Promise.race([all, failed]);
      await Promise.race([this.#delivery, failed]);
    } finally {
      signal?.removeEventListener('abort', abort);
      this.#stopped = true;
      this.#wake();
      await this.#delivery;
    }
  }

  async #runLane(lane: (range: BatchRange) => Promise<Result>): Promise<void> {
    for (;;) {
      // No await between this test and `#begun++`, or two lanes would pass it together.
      while (!this.#isThrough() && (this.#isFull() || !this.#letIn())) await this.#change();
      if (this.#isThrough()) return;
      const range = batchRange(this.#plan, this.#begun++);
      const result = await lane(range);
      this.#finished.set(range.index, result);
      this.#weight += this.#weightOf(result);
      this.#delivery = this.#delivery.then(() => this.#deliverReady());
    }
  }

  /** Whether no batch is begun any more. */
  #isThrough(): boolean {
    return this.#stopped || this.#begun === this.#total;
  }

  /** Whether a lane has to wait before it begins another batch. */
  #isFull(): boolean {
    const { lookAhead, heaviest = Number.POSITIVE_INFINITY } = this.#work;
    return this.#begun >= this.#delivered + lookAhead || this.#weight > heaviest;
  }

  #letIn(): boolean {
    return this.#work.gate?.letIn() ?? true;
  }

  async #change(): Promise<void> {
    const woken = new Promise<void>((resolve) => this.#waiting.push(resolve));
    const { gate } = this.#work;
    await (gate ? Promise.race([woken, gate.changed()]) : woken);
  }

  #weightOf(result: Result): number {
    return this.#work.weight?.(result) ?? 0;
  }

  /** Never rejects: a failure of `deliver` goes to `run`. */
  async #deliverReady(): Promise<void> {
    while (!this.#stopped) {
      const result = this.#finished.get(this.#delivered);
      if (result === undefined) return;
      this.#finished.delete(this.#delivered);
      try {
        await this.#work.deliver(result);
      } catch (error) {
        this.#stopped = true;
        this.#fail(error);
        return;
      }
      this.#delivered++;
      this.#weight -= this.#weightOf(result);
      this.#wake();
    }
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}
