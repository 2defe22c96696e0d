/** Mean and spread of numbers, one after the other (Welford). */
export class Moments {
  count = 0;
  mean = 0;
  #squares = 0;

  add(value: number): void {
    this.count++;
    const difference = value - this.mean;
    this.mean += difference / this.count;
    this.#squares += difference * (value - this.mean);
  }

  /** Variance of the numbers. */
  get variance(): number {
    return this.count > 1 ? this.#squares / (this.count - 1) : 0;
  }

  /** Standard deviation of the mean. */
  get error(): number {
    return Math.sqrt(this.variance / Math.max(1, this.count));
  }
}
