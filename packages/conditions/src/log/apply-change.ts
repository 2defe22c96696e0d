import { ConditionsError } from '../errors.ts';
import type { Calibration } from '../model/calibration.ts';
import { intervalOf } from '../model/calibration.ts';
import { formatInterval, formatPosition } from '../model/position.ts';
import type { Tag } from '../model/tag.ts';
import type { Moment } from '../model/validity.ts';
import { guardTagChange } from '../tags/guard-tag-change.ts';
import type { Change } from './conditions-event.ts';

/** Changes of a row that is there. */
export type RowChange = Extract<Change, { readonly serNo: number }>;

/** Changes of a tag. */
export type TagChange = Extract<Change, { readonly tag: string }>;

/**
 * What a row is after a change.
 *
 * @throws ConditionsError `conflict` where the change cannot happen to this row, whoever asks: an end that is not nearer. [LOG3]
 */
export function changedRow(row: Calibration, change: RowChange, at: Moment): Calibration {
  switch (change.kind) {
    case 'closed':
      if (change.vend <= row.vstart || change.vend >= row.vend) {
        throw new ConditionsError('conflict', {
          what: 'the end of validity only comes nearer',
          where: `calibration ${row.serNo}`,
          given: formatPosition(change.vend, row.axis),
          expected: `an end inside ${formatInterval(intervalOf(row), row.axis)}`,
        });
      }
      return { ...row, vend: change.vend };
    case 'levelled':
      return {
        ...row,
        procLevel: change.level,
        ...(change.level === 'production' && { prodStart: at, prodEnd: undefined }),
        ...(row.procLevel === 'production' && change.level !== 'production' && { prodEnd: at }),
      };
    case 'deprecated':
      return { ...row, deprecated: change.reason };
  }
}

/**
 * What a tag is after a change; `tag` is undefined where there is none yet.
 *
 * @throws ConditionsError `conflict` or `absent` where the rules of tags refuse it, whoever asks
 */
export function changedTag(tag: Tag | undefined, change: TagChange, at: Moment): Tag {
  guardTagChange(tag, change);
  if (change.kind === 'tagCreated') {
    const { instrument, description, root, origin, rule } = change;
    return {
      name: change.tag,
      instrument,
      description,
      state: 'OPEN',
      root,
      ...(rule && { rule }),
      ...(origin !== undefined && { origin }),
      created: at,
      changed: at,
    };
  }
  const before = tag!;
  const state = change.kind === 'tagMoved' ? change.state : before.state;
  return { ...before, state, root: change.root, changed: at };
}
