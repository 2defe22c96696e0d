/** Mean of a number of each photon of the source, and its error. */
export function perPhoton<T>(
  tallies: readonly T[],
  value: (tally: T) => number,
): readonly [mean: number, error: number] {
  const n = tallies.length;
  const mean = tallies.reduce((sum, tally) => sum + value(tally), 0) / n;
  const variance = tallies.reduce((sum, tally) => sum + (value(tally) - mean) ** 2, 0) / n;
  return [mean, Math.sqrt(variance / n)];
}

/**
 * Mean of all values of all photons of the source, and its error: the values of one are not independent, so the error
 * is that of a ratio of means.
 */
export function perValue<T>(
  tallies: readonly T[],
  values: (tally: T) => readonly number[],
): readonly [mean: number, error: number] {
  const sums = tallies.map((tally) => {
    const list = values(tally);
    return [list.length, list.reduce((sum, x) => sum + x, 0)] as const;
  });
  const count = sums.reduce((sum, [n]) => sum + n, 0);
  const mean = sums.reduce((sum, [, s]) => sum + s, 0) / count;
  const variance = sums.reduce((sum, [n, s]) => sum + (s - mean * n) ** 2, 0);
  return [mean, Math.sqrt(variance) / count];
}
