import { ConditionsError } from '../errors.ts';
import type { Condition } from '../index/tag-index.ts';
import { type Calibration, intervalOf } from '../model/calibration.ts';
import { formatInterval } from '../model/position.ts';
import type { Tag, TagEntry } from '../model/tag.ts';
import type { Position } from '../model/validity.ts';
import type { MetadataReader } from '../store/metadata-store.ts';
import { conditionKey } from './condition-names.ts';
import { entryOf } from './rule-lines.ts';

/** A calibration that is to be in a tag. */
export interface EntryDraft {
  readonly serNo: number;
  /** Default: where the calibration begins to hold. */
  readonly begin?: Position | undefined;
  /** Default: where it ends. */
  readonly end?: Position | undefined;
}

/** Entries of one condition. */
export interface LineDraft {
  readonly condition: Condition;
  readonly entries: readonly TagEntry[];
}

/**
 * What is asked for, as entries by condition: each names a calibration that is there, of the tag's instrument, fit for
 * use, and an interval inside its own. [TAG7]
 *
 * @throws ConditionsError `absent`, `invalid` or `conflict`, naming the calibration
 */
export async function entriesFrom(
  reader: MetadataReader,
  tag: Tag,
  drafts: readonly EntryDraft[],
): Promise<readonly LineDraft[]> {
  if (drafts.length === 0) {
    throw new ConditionsError('invalid', { what: 'no entries', where: `tag ${tag.name}` });
  }
  const lines = new Map<string, { condition: Condition; entries: TagEntry[] }>();
  for (const draft of drafts) {
    const row = await reader.row(draft.serNo);
    checkRow(tag, draft.serNo, row);
    const condition = { calibType: row.calibType, flavor: row.flavor, axis: row.axis };
    const key = conditionKey(condition);
    const line = lines.get(key) ?? { condition, entries: [] };
    lines.set(key, line);
    line.entries.push(entryFrom(tag, row, draft));
  }
  return [...lines.values()];
}

function checkRow(
  tag: Tag,
  serNo: number,
  row: Calibration | undefined,
): asserts row is Calibration {
  const where = `tag ${tag.name}`;
  if (!row) {
    const hint = 'register it before it is put into a tag';
    throw new ConditionsError('absent', { what: `no calibration ${serNo}`, where, hint });
  }
  if (row.instrument !== tag.instrument) {
    throw new ConditionsError('invalid', {
      what: `calibration ${serNo} is of another instrument`,
      where,
      given: row.instrument,
      expected: tag.instrument,
    });
  }
  if (row.deprecated !== undefined) {
    const what = `calibration ${serNo} must not be used any more`;
    throw new ConditionsError('conflict', { what, where, given: row.deprecated });
  }
  if (row.completion === 'abort') {
    const what = `calibration ${serNo} was aborted`;
    throw new ConditionsError('conflict', { what, where, given: row.completion });
  }
}

function entryFrom(tag: Tag, row: Calibration, { begin, end }: EntryDraft): TagEntry {
  const own = intervalOf(row);
  const interval = { begin: begin ?? own.begin, end: end ?? own.end };
  if (interval.begin < own.begin || interval.end > own.end || interval.begin >= interval.end) {
    throw new ConditionsError('invalid', {
      what: `calibration ${row.serNo} does not hold all that time`,
      where: `tag ${tag.name}`,
      given: formatInterval(interval, row.axis),
      expected: `an interval inside ${formatInterval(own, row.axis)}`,
    });
  }
  return { ...interval, ...entryOf(row) };
}
