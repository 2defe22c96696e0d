const tickMilliseconds = 1000;
/** Batches are cut for several a second; only photons of many thousand steps take so long. */
const stallTicks = 5;

/**
 * Notices that photons are on their way for long and none of them is delivered: no table absorbs them, or light is
 * trapped by mirrors or total reflection.
 *
 * It counts ticks instead of reading the clock, so that a process that was stopped (Ctrl-Z, a laptop asleep) is not one
 * whose photons live long.
 */
export class StallWatch {
  readonly #onStall: () => void;
  #ticks = 0;
  #timer: ReturnType<typeof setInterval> | undefined;

  /** @param onStall called once, after 5 s without `moved` */
  constructor(onStall: () => void) {
    this.#onStall = onStall;
  }

  /** Photons are on their way. */
  start(): void {
    this.#timer ??= setInterval(() => this.#tick(), tickMilliseconds);
  }

  /** A batch was delivered. */
  moved(): void {
    this.#ticks = 0;
  }

  /** No more calls; otherwise the timer would keep the process. */
  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #tick(): void {
    if (++this.#ticks < stallTicks) return;
    this.stop();
    this.#onStall();
  }
}

/** The warning, for a person who has no idea which of the photons it is. */
export function stallWarning(firstMissing: number): string {
  return (
    `photons live very long here: those from number ${firstMissing} on are not through after ${stallTicks} s, ` +
    'nor written before they are; --max-bounces N or --max-time NS stops them (trapped ones never end)'
  );
}
