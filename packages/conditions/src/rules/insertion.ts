import { ConditionsError } from '../errors.ts';
import type { Change } from '../log/conditions-event.ts';
import { type Calibration, describeSeries, intervalOf } from '../model/calibration.ts';
import type { IntervalList } from '../model/interval-list.ts';
import { formatInterval, formatPosition } from '../model/position.ts';
import type { FullTypeRules } from './type-rules.ts';

/** A row that is there, and its end that comes nearer. */
export interface Closing {
  readonly old: Calibration;
  readonly change: Extract<Change, { readonly kind: 'closed' }>;
}

/**
 * What registering a row does to the rows of its series and level that are there: closes some, or is refused.
 *
 * @param row complete, checked
 * @param near those rows, or at least all that touch the new one and the one before it
 * @returns closings, to be made before the row is registered
 * @throws ConditionsError `conflict` with the reason, the row in the way and what to do
 */
export function insertionChanges(
  row: Calibration,
  near: IntervalList<Calibration>,
  rules: FullTypeRules,
): Closing[] {
  if (row.completion === 'abort') return [];
  if (rules.refuseUnchanged) refuseUnchanged(row, near);
  if (row.procLevel !== 'production') return [];
  const touching = near.touching(intervalOf(row));
  if (rules.refuseGaps) refuseGap(row, near, touching);
  if (touching.length === 0 || rules.overlap === 'newest') return [];
  if (rules.overlap === 'refuse') throw refuseOverlap(row, touching[0]!);
  return touching.map((old) => closeAt(row, old));
}

/** It changes nothing where the newest row that it touches covers it with the same payload. [INS7] */
function refuseUnchanged(row: Calibration, near: IntervalList<Calibration>): void {
  if (!row.payload) return;
  const old = near.newestTouching(intervalOf(row));
  const isSame =
    old?.payload?.sha256 === row.payload.sha256 &&
    old.vstart <= row.vstart &&
    old.vend >= row.vend &&
    old.dataFmt === row.dataFmt &&
    old.fmtVersion === row.fmtVersion &&
    old.completion === row.completion;
  if (!isSame) return;
  throw new ConditionsError('conflict', {
    what: `it changes nothing: calibration ${old.serNo} has the same payload`,
    where: describeSeries(row),
    given: `${row.procLevel} ${formatInterval(intervalOf(row), row.axis)}`,
    expected: `other data than those of ${formatInterval(intervalOf(old), row.axis)}`,
    hint: 'the rule refuseUnchanged: false allows it',
  });
}

/** [INS6] */
function refuseGap(
  row: Calibration,
  near: IntervalList<Calibration>,
  touching: readonly Calibration[],
): void {
  const before = near.before(row.vstart);
  const starts = touching.some(({ vstart }) => vstart < row.vstart);
  if (!starts && before && before.vend < row.vstart) {
    throw new ConditionsError('conflict', {
      what: `a gap after calibration ${before.serNo}`,
      where: describeSeries(row),
      given: `vstart ${formatPosition(row.vstart, row.axis)}`,
      expected: `${formatPosition(before.vend, row.axis)}, where the row before it ends`,
      hint: 'the rule refuseGaps of this type',
    });
  }
  const cut = touching.find(({ vstart, vend }) => vstart < row.vstart && vend > row.vend);
  if (cut) {
    throw new ConditionsError('conflict', {
      what: `a gap after it: calibration ${cut.serNo} would end where the new one begins`,
      where: describeSeries(row),
      given: `vend ${formatPosition(row.vend, row.axis)}`,
      expected: `${formatPosition(cut.vend, row.axis)} or later`,
      hint: 'the rule refuseGaps of this type',
    });
  }
}

/** [INS4] */
function refuseOverlap(row: Calibration, old: Calibration): ConditionsError {
  return new ConditionsError('conflict', {
    what: `it overlaps production calibration ${old.serNo}`,
    where: describeSeries(row),
    given: formatInterval(intervalOf(row), row.axis),
    expected: `nothing in common with ${formatInterval(intervalOf(old), old.axis)}`,
    hint: `close or supersede calibration ${old.serNo}`,
  });
}

/** [INS5] */
function closeAt(row: Calibration, old: Calibration): Closing {
  if (old.vstart < row.vstart) {
    const reason = `calibration ${row.serNo} begins`;
    return { old, change: { kind: 'closed', serNo: old.serNo, vend: row.vstart, reason } };
  }
  const isSame = old.vstart === row.vstart;
  throw new ConditionsError('conflict', {
    what: `production calibration ${old.serNo} begins ${isSame ? 'at the same position' : 'later, inside it'}`,
    where: describeSeries(row),
    given: formatInterval(intervalOf(row), row.axis),
    expected: isSame
      ? 'a vstart of its own'
      : `a vend of ${formatPosition(old.vstart, old.axis)} or earlier`,
    hint: `supersede calibration ${old.serNo} to replace it`,
  });
}
