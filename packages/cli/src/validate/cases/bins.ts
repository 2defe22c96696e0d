/** Counts in bins of equal width; what is outside is in the first or the last. */
export class Bins {
  readonly lo: number;
  readonly hi: number;
  readonly counts: number[];

  constructor(lo: number, hi: number, bins: number) {
    this.lo = lo;
    this.hi = hi;
    this.counts = new Array<number>(bins).fill(0);
  }

  add(value: number): void {
    const { lo, hi, counts } = this;
    const bin = Math.floor(((value - lo) / (hi - lo)) * counts.length);
    const inside = Math.max(0, Math.min(counts.length - 1, bin));
    counts[inside] = (counts[inside] ?? 0) + 1;
  }

  get total(): number {
    return this.counts.reduce((sum, count) => sum + count, 0);
  }

  /**
   * Counts expected of a distribution, the first and the last bin with all that lies beyond.
   *
   * @param cumulative the chance of less than x
   */
  expected(cumulative: (x: number) => number): number[] {
    const { lo, hi, counts, total } = this;
    const edge = (i: number): number => {
      if (i <= 0) return 0;
      return i >= counts.length ? 1 : cumulative(lo + ((hi - lo) * i) / counts.length);
    };
    return counts.map((_, i) => total * (edge(i + 1) - edge(i)));
  }
}
