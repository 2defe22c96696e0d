/** Seconds that a launch should take: short enough for a screen to stay alive, long enough that beginning it costs nothing. */
const target = 0.05;
/** Turns of the first launch of all, on a device of unknown speed. */
const firstTurns = 8;
const mostTurns = 2 ** 20;
/** The pace changes by so much at most from launch to launch. */
const mostChange = 4;

/** One launch, as it went. */
export interface LaunchTaken {
  readonly turns: number;
  readonly seconds: number;
  /** Photons on their way in the beginning, or to be begun, as far as there are threads; and in the end. */
  readonly busy: number;
  readonly left: number;
  /** Whether it ended before its turns were over, as far as the host knows; default false. */
  readonly mayHaveEnded?: boolean | undefined;
}

/**
 * How many turns a launch may have, learnt from those before: by how many threads are busy, to the next power of two, as
 * a launch of many takes longer. At least one, so that work always goes on.
 */
export class LaunchPace {
  readonly #first: number | undefined;
  readonly #turns = new Map<number, number>();

  /** @param fixed turns of every launch, for tests */
  constructor(fixed?: number) {
    this.#first = fixed;
  }

  /** Turns for a launch of so many busy threads: as for the nearest larger number that is known. */
  turns(busy: number): number {
    if (this.#first !== undefined) return this.#first;
    const known = [...this.#turns.keys()].filter((size) => size >= sizeOf(busy));
    return this.#turns.get(Math.min(...known)) ?? firstTurns;
  }

  /**
   * Learns from a launch. One that most photons did not outlive says nothing of how long others take, nor does one that
   * ended early.
   */
  took({ turns, seconds, busy, left, mayHaveEnded = false }: LaunchTaken): void {
    const change = Math.min(mostChange, Math.max(1 / mostChange, target / Math.max(seconds, 1e-6)));
    if (change > 1 && (mayHaveEnded || left < busy / 4)) return;
    const next = Math.round(turns * change);
    this.#turns.set(sizeOf(busy), Math.min(mostTurns, Math.max(1, next)));
  }
}

function sizeOf(busy: number): number {
  return Math.ceil(Math.log2(Math.max(1, busy)));
}
