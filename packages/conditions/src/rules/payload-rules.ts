import { ConditionsError } from '../errors.ts';
import { type Calibration, describeSeries, intervalOf } from '../model/calibration.ts';
import type { IntervalList } from '../model/interval-list.ts';
import { formatInterval } from '../model/position.ts';
import type { ComparePayloads } from '../tags/diff.ts';
import type { FullTypeRules } from './type-rules.ts';

/**
 * What the rules say of a payload that is read: it can be, and its constants are others than those that hold already, whatever
 * its bytes. [INS11] [INS12]
 *
 * @param near rows of its series and level
 * @throws ConditionsError `invalid` for a payload that cannot be read, `conflict` for one that changes nothing
 */
export async function checkPayload(
  row: Calibration,
  near: IntervalList<Calibration>,
  rules: FullTypeRules,
  compare: ComparePayloads,
): Promise<void> {
  const isCompared = rules.refuseUnchanged === 'constants';
  if (!row.payload || row.completion === 'abort' || !(rules.refuseUnreadable || isCompared)) return;
  if (rules.refuseUnreadable) await compare(row, row);
  const old = isCompared ? near.newestTouching(intervalOf(row)) : undefined;
  const covers = old?.payload && old.vstart <= row.vstart && old.vend >= row.vend;
  if (!covers || old.completion !== row.completion) return;
  if (!(await haveSameConstants(old, row, compare))) return;
  throw new ConditionsError('conflict', {
    what: `it changes nothing: calibration ${old.serNo} has the same constants`,
    where: describeSeries(row),
    given: `${row.procLevel} ${formatInterval(intervalOf(row), row.axis)}`,
    expected: `other constants than those of ${formatInterval(intervalOf(old), row.axis)}`,
    hint: "the rule refuseUnchanged: 'constants' of this type",
  });
}

/** Payloads that cannot be compared, an old one of a format that nobody reads any more, are not the same. */
async function haveSameConstants(
  old: Calibration,
  row: Calibration,
  compare: ComparePayloads,
): Promise<boolean> {
  try {
    const { added, removed, changed } = await compare(old, row);
    return added.length + removed.length + changed.length === 0;
  } catch (error) {
    if (error instanceof ConditionsError) return false;
    throw error;
  }
}
