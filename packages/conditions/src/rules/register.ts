import { ConditionsError } from '../errors.ts';
import { changedRow } from '../log/apply-change.ts';
import type { Change } from '../log/conditions-event.ts';
import type { Calibration, CalibrationDraft } from '../model/calibration.ts';
import type { Moment } from '../model/validity.ts';
import type { MetadataReader } from '../store/metadata-store.ts';
import type { ComparePayloads } from '../tags/diff.ts';
import { requireAssertions } from './assertions.ts';
import { completeDraft } from './complete-draft.ts';
import { insertionChanges } from './insertion.ts';
import { checkPayload } from './payload-rules.ts';
import { SeriesWorkspace } from './series-workspace.ts';
import { type FullTypeRules, rulesByType } from './type-rules.ts';

/** What became of a registration. */
export interface Registered {
  readonly calibration: Calibration;
  /** Rows that it closed, as they are now. */
  readonly closed: readonly Calibration[];
}

/** What a store says of the first change of a commit. */
export interface Next {
  readonly at: Moment;
  readonly serNo: number;
}

/** The changes that register these, each seeing those before it, and what becomes of them. */
export async function registrationChanges(
  reader: MetadataReader,
  drafts: readonly CalibrationDraft[],
  next: Next,
  compare: ComparePayloads,
): Promise<{ readonly changes: Change[]; readonly result: Registered[] }> {
  const vocabularies = await reader.vocabularies();
  const count = drafts.length;
  const rows: Calibration[] = [];
  for (const [i, draft] of drafts.entries()) {
    const store = { serNo: next.serNo + i, enterTime: next.at, vocabularies };
    rows.push(await named(i, count, async () => completeDraft(draft, store)));
  }
  const rulesOf = rulesByType(vocabularies);
  const workspace = await SeriesWorkspace.read(reader, rows, rulesOf);
  const changes: Change[] = [];
  const result: Registered[] = [];
  for (const [i, row] of rows.entries()) {
    const at = next.at + BigInt(changes.length);
    const { changes: more, registered } = await named(i, count, () =>
      insert(row, workspace, rulesOf(row.calibType), at, compare),
    );
    changes.push(...more);
    result.push(registered);
  }
  return { changes, result };
}

/**
 * Registers one row in a workspace.
 *
 * @param at time of its first change
 */
export async function insert(
  row: Calibration,
  workspace: SeriesWorkspace,
  rules: FullTypeRules,
  at: Moment,
  compare: ComparePayloads,
): Promise<{ readonly changes: readonly Change[]; readonly registered: Registered }> {
  requireAssertions(row, 'register', rules.assertions);
  const near = workspace.rowsLike(row);
  const closings = insertionChanges(row, near, rules);
  await checkPayload(row, near, rules, compare);
  const closed = closings.map(({ old, change }, i) => changedRow(old, change, at + BigInt(i)));
  const enterTime = at + BigInt(closings.length);
  const isProduction = row.procLevel === 'production';
  const calibration = { ...row, enterTime, ...(isProduction && { prodStart: enterTime }) };
  for (const old of closed) near.set(old);
  if (row.completion !== 'abort') near.set(calibration);
  const changes = closings.map(({ change }) => change);
  return {
    changes: [...changes, { kind: 'registered', calibration }],
    registered: { calibration, closed },
  };
}

/** Says which of many it was that could not be registered. */
async function named<T>(index: number, count: number, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (count === 1 || !(error instanceof ConditionsError)) throw error;
    const where = [`registration ${index + 1} of ${count}`, error.parts.where].filter(Boolean);
    throw new ConditionsError(error.kind, {
      ...error.parts,
      where: where.join(', '),
      cause: error,
    });
  }
}
