import { ConditionsError } from '../errors.ts';
import { changedRow } from '../log/apply-change.ts';
import type { Change } from '../log/conditions-event.ts';
import { type Calibration, type ProcLevel, procLevels } from '../model/calibration.ts';
import type { Position } from '../model/validity.ts';
import type { MetadataReader } from '../store/metadata-store.ts';
import { requireAssertions } from './assertions.ts';
import { whereOf } from './describe-row.ts';
import { insertionChanges } from './insertion.ts';
import { SeriesWorkspace } from './series-workspace.ts';
import { rulesFor } from './type-rules.ts';

/** @throws ConditionsError `conflict` where the end is not inside the row's validity */
export function closingChange(row: Calibration, vend: Position, reason: string): Change {
  const change = { kind: 'closed', serNo: row.serNo, vend, reason } as const;
  changedRow(row, change, row.enterTime);
  return change;
}

/** @throws ConditionsError `invalid` without a reason, `conflict` where it is deprecated already */
export function deprecationChange(row: Calibration, reason: string): Change {
  refuseDeprecated(row);
  if (reason.trim() === '') {
    throw new ConditionsError('invalid', {
      what: 'a deprecation without a reason',
      where: whereOf(row),
      expected: 'why it must not be used',
    });
  }
  return { kind: 'deprecated', serNo: row.serNo, reason };
}

/**
 * The changes that give a row another level. To production it comes by the rules of insertion. [LEV1] [LEV2]
 *
 * @throws ConditionsError `conflict` where it has that level, is deprecated, or the rules refuse it
 */
export async function levelChanges(
  reader: MetadataReader,
  row: Calibration,
  level: ProcLevel,
  reason: string,
): Promise<readonly Change[]> {
  refuseDeprecated(row);
  if (!procLevels.includes(level)) {
    throw new ConditionsError('invalid', {
      what: 'no such level',
      where: whereOf(row),
      given: `'${level}'`,
      expected: procLevels.join(', '),
    });
  }
  if (row.procLevel === level) {
    throw new ConditionsError('conflict', { what: `it is ${level} already`, where: whereOf(row) });
  }
  const change = { kind: 'levelled', serNo: row.serNo, level, reason } as const;
  const promoted = { ...row, procLevel: level };
  const rules = rulesFor(await reader.vocabularies(), row.calibType);
  requireAssertions(promoted, 'promote', rules.assertions);
  if (level !== 'production') return [change];
  const workspace = await SeriesWorkspace.read(reader, [promoted], () => rules);
  const closings = insertionChanges(promoted, workspace.rowsLike(promoted), rules);
  return [...closings.map((closing) => closing.change), change];
}

/** @throws ConditionsError `conflict` for a row that must not be used */
export function refuseDeprecated(row: Calibration): void {
  if (row.deprecated === undefined) return;
  throw new ConditionsError('conflict', {
    what: `it is deprecated: ${row.deprecated || 'no reason given'}`,
    where: whereOf(row),
  });
}
