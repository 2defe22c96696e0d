import { ConditionsError } from '../errors.ts';
import type { Change } from '../log/conditions-event.ts';
import type { Calibration, CalibrationDraft } from '../model/calibration.ts';
import type { MetadataReader } from '../store/metadata-store.ts';
import type { ComparePayloads } from '../tags/diff.ts';
import { requireAssertions } from './assertions.ts';
import { completeDraft } from './complete-draft.ts';
import { whereOf } from './describe-row.ts';
import { insert, type Next, type Registered } from './register.ts';
import { refuseDeprecated } from './row-changes.ts';
import { SeriesWorkspace } from './series-workspace.ts';
import { rulesFor } from './type-rules.ts';

/** What makes a new row another one than the old one. */
const compared = [
  'vstart',
  'vend',
  'completion',
  'procLevel',
  'locale',
  'creator',
  'uid',
  'inputDesc',
  'notes',
  'dataIdent',
  'dataFmt',
  'fmtVersion',
] as const satisfies readonly (keyof Calibration)[];

/**
 * The changes that put a new row in the place of an old one: the old one becomes superseded, then the new one is inserted
 * by the rules of its type. A new payload has its own dataIdent. [SUP1] [SUP2]
 *
 * @throws ConditionsError `conflict` where the old one is superseded or deprecated already, or the new one is of another
 * series or the same in everything
 */
export async function supersedeChanges(
  reader: MetadataReader,
  old: Calibration,
  given: Partial<CalibrationDraft>,
  reason: string,
  next: Next,
  compare: ComparePayloads,
): Promise<{ readonly changes: readonly Change[]; readonly result: Registered }> {
  refuseDeprecated(old);
  if (old.procLevel === 'superseded') {
    throw new ConditionsError('conflict', {
      what: 'it is superseded already',
      where: whereOf(old),
    });
  }
  const vocabularies = await reader.vocabularies();
  const rules = rulesFor(vocabularies, old.calibType);
  requireAssertions(old, 'superseded', rules.assertions);
  const enterTime = next.at + 1n;
  const row = completeDraft(draftFrom(old, given), { serNo: next.serNo, enterTime, vocabularies });
  refuseOtherSeries(old, row);
  const isSame =
    old.payload?.sha256 === row.payload?.sha256 &&
    compared.every((field) => old[field] === row[field]);
  if (isSame) {
    throw new ConditionsError('conflict', { what: 'it changes nothing', where: whereOf(old) });
  }
  const workspace = await SeriesWorkspace.read(reader, [row], () => rules);
  workspace.rowsLike(row).delete(old);
  const inserted = await insert(row, workspace, rules, enterTime, compare);
  const levelled = { kind: 'levelled', serNo: old.serNo, level: 'superseded', reason } as const;
  return { changes: [levelled, ...inserted.changes], result: inserted.registered };
}

function draftFrom(old: Calibration, given: Partial<CalibrationDraft>): CalibrationDraft {
  const isSamePayload = !given.payload || given.payload.sha256 === old.payload?.sha256;
  const { serNo, enterTime, prodStart, prodEnd, payload, dataIdent, ...kept } = old;
  const changed = Object.entries(given).filter(([, value]) => value !== undefined);
  return {
    ...kept,
    ...(isSamePayload && { dataIdent, payload }),
    ...Object.fromEntries(changed),
  };
}

function refuseOtherSeries(old: Calibration, row: Calibration): void {
  for (const field of ['instrument', 'calibType', 'flavor', 'axis'] as const) {
    if (old[field] === row[field]) continue;
    throw new ConditionsError('conflict', {
      what: `a calibration supersedes one of the same ${field}`,
      where: whereOf(old),
      given: `'${row[field]}'`,
      expected: `'${old[field]}'`,
    });
  }
}
