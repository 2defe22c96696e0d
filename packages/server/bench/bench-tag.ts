/** Where the bench's tag begins, ns. */
const begin = 1_700_000_000_000_000_000n;
/** How long its intervals are: ten minutes. */
const width = 600_000_000_000n;

/** Where an interval of a type begins: types change at different moments. */
export function benchEdge(type: number, cell: number): bigint {
  return begin + width * BigInt(cell) + BigInt(type) * 1_234_567_891n;
}

/** The type and the interval of a calibration. */
export function benchCell(serNo: number, intervals: number): readonly [number, number] {
  return [Math.floor((serNo - 1) / intervals), (serNo - 1) % intervals];
}

/** A moment at which all types have an interval. @param part 0 <= x < 1, of the whole */
export function benchMoment(types: number, intervals: number, part: number): bigint {
  const from = benchEdge(types - 1, 0);
  const to = benchEdge(0, intervals);
  return from + (BigInt(Math.floor(part * 2 ** 40)) * (to - from)) / 2n ** 40n;
}
