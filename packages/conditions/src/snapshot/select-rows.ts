import type { Axis, Interval } from '../model/validity.ts';
import type { LedgerRow, LedgerSeries, RowLedger } from './row-ledger.ts';

/** A range of positions on one axis. */
export interface AxisRange extends Interval {
  readonly axis: Axis;
}

/** Rows of a series that a snapshot holds. */
export interface SelectedSeries {
  readonly series: LedgerSeries;
  /** By vstart, then serial number. */
  readonly rows: readonly LedgerRow[];
  /** Those whose payloads it holds too. */
  readonly withPayload: ReadonlySet<number>;
  /** Every row that touches this is there; undefined: every row. */
  readonly covers?: Interval | undefined;
}

/**
 * The rows of a series that decide what a search in a range answers: those that touch the range; those that begin or end
 * before the answers do, and so cut their validity; and of each level and completion the nearest on both sides, which the
 * errors name. [SNP3]
 *
 * @param tagged serial numbers that tags have in the range
 */
export function selectRows(
  ledger: RowLedger,
  series: LedgerSeries,
  range: AxisRange | undefined,
  tagged: ReadonlySet<number>,
): SelectedSeries {
  const all = series.serNos.map((serNo) => ledger.row(serNo));
  const sorted = all.sort((a, b) => compare(a.vstart, b.vstart) || a.serNo - b.serNo);
  if (range?.axis !== series.axis) {
    return { series, rows: sorted, withPayload: new Set(series.serNos) };
  }
  let { begin, end } = range;
  const inRange = sorted.filter((row) => row.vstart < range.end && row.vend > range.begin);
  for (const row of inRange) {
    if (row.vstart < begin) begin = row.vstart;
    if (row.vend > end) end = row.vend;
  }
  const nearest = neighbours(sorted, range);
  const rows = sorted.filter(
    (row) =>
      (row.vstart < end && row.vend > begin) || nearest.has(row.serNo) || tagged.has(row.serNo),
  );
  const withPayload = new Set([...inRange.map(({ serNo }) => serNo), ...tagged]);
  return { series, rows, withPayload, covers: { begin, end } };
}

/** Of each level and completion: the row with the latest end before the range, and the one with the earliest beginning after. */
function neighbours(sorted: readonly LedgerRow[], range: Interval): ReadonlySet<number> {
  const before = new Map<number, LedgerRow>();
  const after = new Map<number, LedgerRow>();
  for (const row of sorted) {
    if (row.isDeprecated) continue;
    const kind = 65_536 * row.level + row.completion;
    if (row.vend <= range.begin) {
      const best = before.get(kind);
      const isLater = !best || row.vend > best.vend;
      if (isLater || (row.vend === best.vend && row.serNo > best.serNo)) before.set(kind, row);
    } else if (row.vstart >= range.end) {
      const best = after.get(kind);
      const isEarlier = !best || row.vstart < best.vstart;
      if (isEarlier || (row.vstart === best.vstart && row.serNo > best.serNo)) after.set(kind, row);
    }
  }
  return new Set([...before.values(), ...after.values()].map(({ serNo }) => serNo));
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
