/** Shares of values that are at most as large. */
const shares = { median: 0.5, p90: 0.9, p99: 0.99, largest: 1 } as const;

/** How large values are: half of them at most `median`, and so on; 0 of none. */
export type Percentiles = Readonly<Record<keyof typeof shares, number>>;

/** Percentiles of values in any order. */
export function percentilesOf(values: readonly number[]): Percentiles {
  const sorted = Float64Array.from(values).sort();
  const at = (share: number): number => sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
  return {
    median: at(shares.median),
    p90: at(shares.p90),
    p99: at(shares.p99),
    largest: at(shares.largest),
  };
}
