import { beats } from '../find/beats.ts';
import type { Condition } from '../index/tag-index.ts';
import type { Calibration, ProcLevel } from '../model/calibration.ts';
import type { Tag, TagEntry, TagRule } from '../model/tag.ts';
import {
  type Axis,
  always,
  earlier,
  forever,
  type Interval,
  later,
  type Moment,
  type Position,
} from '../model/validity.ts';
import type { MetadataReader } from '../store/metadata-store.ts';
import { type ConditionsSource, type SettledSource, settledSource } from './conditions-source.ts';
import { nearestEntries } from './intervals.ts';
import type { LinesOf, TagLines } from './tag-lines.ts';

/** Which answer is to be explained. */
export interface ExplainQuestion {
  readonly source: ConditionsSource;
  readonly calibType: string;
  /** Default `vanilla`. */
  readonly flavor?: string | undefined;
  /** Default `time`. */
  readonly axis?: Axis | undefined;
  readonly position: Position;
}

/** What a tag of the stack says, or a rule. */
export interface TagStatement {
  /** The tag; for rows of an instrument their levels. */
  readonly tag: string;
  /** Undefined for rows of an instrument. */
  readonly state?: Tag['state'] | undefined;
  /** How the tag came to its entries, if by a rule. */
  readonly rule?: TagRule | undefined;
  readonly says: 'answer' | 'hidden' | 'gap' | 'no such condition';
  /** What it has there. */
  readonly entry?: TagEntry | undefined;
  /** In a gap: the entries around it. */
  readonly before?: TagEntry | undefined;
  readonly after?: TagEntry | undefined;
}

/** Why a calibration that holds there is not the answer. */
export type Verdict =
  /** Another tag of the stack comes first. */
  | 'hidden'
  /** No tag of the stack has it there. */
  | 'not in the tags'
  /** It was registered after the moment of the question. */
  | 'entered later'
  | 'deprecated'
  /** Its completion is not one that is asked for. */
  | 'completion'
  /** Its level is not one that is asked for. */
  | 'level not asked'
  /** The answer has a level that is preferred. */
  | 'lower level'
  /** The answer is of the same level, and newer. */
  | 'older';

/** A calibration that holds at the position, and is not the answer. */
export interface Alternative {
  readonly calibration: Calibration;
  readonly verdict: Verdict;
}

/** Why an answer is what it is. */
export interface Explanation {
  readonly source: string;
  readonly asOf: Moment;
  readonly condition: Condition;
  readonly position: Position;
  /** Undefined where nothing holds. */
  readonly answer?:
    | { readonly calibration: Calibration; readonly tag: string; readonly validity: Interval }
    | undefined;
  /** What each tag says, in the order of the stack. */
  readonly tags: readonly TagStatement[];
  /** Newest first. */
  readonly alternatives: readonly Alternative[];
}

/**
 * Why this payload: the tag of the stack that has it, its rule, what other tags say, and what else holds there and why it is
 * not the answer. [EXP1] [EXP2]
 *
 * @throws ConditionsError as `findStack` does; that nothing holds is an explanation, too
 */
export async function explain(
  lines: TagLines,
  reader: MetadataReader,
  question: ExplainQuestion,
): Promise<Explanation> {
  const { calibType, flavor = 'vanilla', axis = 'time', position } = question;
  const condition = { calibType, flavor, axis };
  const source = await settledSource(reader, lines.tree, question.source);
  const tags: TagStatement[] = [];
  let validity: Interval = { begin: always, end: forever };
  for (const tag of source.stack) {
    const isAnswered = tags.some(({ says }) => says === 'answer');
    const statement = await statementOf(lines, tag, condition, position, isAnswered);
    tags.push(statement);
    if (!isAnswered) validity = narrowed(validity, statement);
  }
  const chosen = tags.find(({ says }) => says === 'answer');
  const calibration = chosen?.entry && (await reader.row(chosen.entry.serNo, source.asOf));
  return {
    source: source.name,
    asOf: source.asOf,
    condition,
    position,
    ...(calibration && chosen && { answer: { calibration, tag: chosen.tag, validity } }),
    tags,
    alternatives: await alternatives(reader, source, condition, position, tags),
  };
}

async function statementOf(
  lines: TagLines,
  tag: LinesOf & { readonly state?: Tag['state'] },
  condition: Condition,
  position: Position,
  isAnswered: boolean,
): Promise<TagStatement> {
  const about = {
    tag: tag.name,
    ...(tag.state && { state: tag.state }),
    ...(tag.rule && { rule: tag.rule }),
  };
  const entries = await lines.entries(tag, condition);
  if (entries.length === 0) return { ...about, says: 'no such condition' };
  const { at, before, after } = nearestEntries(entries, position);
  if (at) return { ...about, says: isAnswered ? 'hidden' : 'answer', entry: at };
  return { ...about, says: 'gap', ...(before && { before }), ...(after && { after }) };
}

function narrowed({ begin, end }: Interval, { entry, before, after }: TagStatement): Interval {
  if (entry) return { begin: later(begin, entry.begin), end: earlier(end, entry.end) };
  return {
    begin: before ? later(begin, before.end) : begin,
    end: after ? earlier(end, after.begin) : end,
  };
}

async function alternatives(
  reader: MetadataReader,
  source: SettledSource,
  { calibType, flavor, axis }: Condition,
  position: Position,
  tags: readonly TagStatement[],
): Promise<readonly Alternative[]> {
  const rows = await reader.rows({
    tests: [
      { field: 'instrument', test: '=', value: source.instrument },
      { field: 'calibType', test: '=', value: calibType },
      { field: 'flavor', test: '=', value: flavor },
      { field: 'axis', test: '=', value: axis },
      { field: 'vstart', test: '<=', value: position },
      { field: 'vend', test: '>', value: position },
    ],
    sort: 'enterTime',
    descending: true,
  });
  const chosen = tags.find(({ says }) => says === 'answer');
  const answer = chosen?.entry && (await reader.row(chosen.entry.serNo, chosen.rule?.asOf));
  const others = rows.filter(({ serNo }) => serNo !== chosen?.entry?.serNo);
  const hidden = new Set(
    tags.flatMap(({ says, entry }) => (says === 'hidden' && entry ? entry.serNo : [])),
  );
  const rule = chosen ? chosen.rule : tags.find((tag) => tag.rule)?.rule;
  return Promise.all(
    others.map(async (now): Promise<Alternative> => {
      if (hidden.has(now.serNo)) return { calibration: now, verdict: 'hidden' };
      const moment = rule?.asOf ?? source.asOf;
      const calibration = await reader.row(now.serNo, moment);
      if (!calibration) return { calibration: now, verdict: 'entered later' };
      const verdict = rule
        ? verdictByRule(calibration, rule.levels, answer)
        : verdictOfTags(calibration);
      return { calibration, verdict };
    }),
  );
}

function verdictByRule(
  row: Calibration,
  levels: readonly ProcLevel[],
  answer: Calibration | undefined,
): Verdict {
  if (row.deprecated !== undefined) return 'deprecated';
  if (row.completion === 'abort') return 'completion';
  if (!levels.includes(row.procLevel)) return 'level not asked';
  if (!answer || beats(row, answer, levels)) return 'not in the tags';
  return row.procLevel === answer.procLevel ? 'older' : 'lower level';
}

function verdictOfTags(row: Calibration): Verdict {
  return row.deprecated === undefined ? 'not in the tags' : 'deprecated';
}
