import { earlier, type Interval, later } from './validity.ts';

/** Positions that are covered, as disjoint intervals in order. */
export class IntervalSet {
  readonly #parts: Interval[] = [];

  /** The parts, in order; none touches the next. */
  get parts(): readonly Interval[] {
    return this.#parts;
  }

  add({ begin, end }: Interval): void {
    const first = this.#firstReaching(begin);
    let last = first;
    while (last < this.#parts.length && this.#parts[last]!.begin <= end) last++;
    const joined = this.#parts.slice(first, last);
    const whole = {
      begin: earlier(begin, joined[0]?.begin ?? begin),
      end: later(end, joined.at(-1)?.end ?? end),
    };
    this.#parts.splice(first, last - first, whole);
  }

  /** Whether every position of the interval is in it. */
  covers({ begin, end }: Interval): boolean {
    const part = this.#parts[this.#firstReaching(begin)];
    return part !== undefined && part.begin <= begin && part.end >= end;
  }

  /** The first part that ends at the position or later. */
  #firstReaching(position: bigint): number {
    let [low, high] = [0, this.#parts.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#parts[middle]!.end < position) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
