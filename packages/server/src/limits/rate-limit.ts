/** How many requests a client may make. */
export interface Rate {
  /** Sustained, per second. */
  readonly perSecond: number;
  /** At once, after a rest. */
  readonly burst: number;
}

interface Bucket {
  tokens: number;
  at: number;
}

/** Clients that are remembered; the longest silent are forgotten first. */
const clients = 20_000;

/** Counts the requests of each client: a bucket that fills at a rate and from which each request takes one. */
export class RateLimit {
  readonly #rate: Rate;
  readonly #now: () => number;
  readonly #buckets = new Map<string, Bucket>();

  /** @param now milliseconds of any clock that does not go back */
  constructor(rate: Rate, now: () => number = () => performance.now()) {
    this.#rate = rate;
    this.#now = now;
  }

  /** @returns 0 when the client may, else the seconds after which it may again */
  take(client: string): number {
    const now = this.#now();
    let bucket = this.#buckets.get(client);
    if (bucket) {
      const filled = ((now - bucket.at) / 1000) * this.#rate.perSecond;
      bucket.tokens = Math.min(this.#rate.burst, bucket.tokens + filled);
      bucket.at = now;
      // Last in the map's order is the latest to have been here.
      this.#buckets.delete(client);
    } else bucket = { tokens: this.#rate.burst, at: now };
    this.#buckets.set(client, bucket);
    if (this.#buckets.size > clients) this.#forgetOldest();
    if (bucket.tokens < 1)
      return Math.max(1, Math.ceil((1 - bucket.tokens) / this.#rate.perSecond));
    bucket.tokens -= 1;
    return 0;
  }

  #forgetOldest(): void {
    const [oldest] = this.#buckets.keys();
    if (oldest !== undefined) this.#buckets.delete(oldest);
  }
}
