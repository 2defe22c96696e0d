import { type Condition, compareConditions } from '../index/tag-index.ts';
import type { Calibration } from '../model/calibration.ts';
import type { Axis, Interval, Moment } from '../model/validity.ts';
import type { PayloadDifference } from '../payload/compare-payloads.ts';
import type { MetadataReader } from '../store/metadata-store.ts';
import { compareEntries, type EntryChange } from './compare-entries.ts';
import { conditionKey } from './condition-names.ts';
import { type ConditionsSource, type SettledSource, settledSource } from './conditions-source.ts';
import { within } from './intervals.ts';
import { type StackEntry, stackConditions, stackEntries } from './stack-lines.ts';
import type { TagLines } from './tag-lines.ts';

/** Reads the payloads of two calibrations of a condition and compares them. */
export type ComparePayloads = (
  before: Calibration,
  after: Calibration,
) => Promise<PayloadDifference>;

/** What is compared: two tags or stacks, two moments of one, tags with rows. */
export interface DiffQuestion {
  readonly before: ConditionsSource;
  readonly after: ConditionsSource;
  /** Default: all positions. */
  readonly range?: Interval | undefined;
  /** Default: all. */
  readonly axis?: Axis | undefined;
  readonly calibTypes?: readonly string[] | undefined;
  readonly flavors?: readonly string[] | undefined;
  /** How many pairs of payloads are compared constant by constant; default 0. */
  readonly constants?: number | undefined;
}

/** A change of an entry, and of its constants where they were compared. */
export interface LineChange extends EntryChange<StackEntry> {
  /** Undefined where they were not compared: for want of one of the payloads, or beyond the number asked for. */
  readonly constants?: PayloadDifference | undefined;
  /** Why they could not be, if they could not. */
  readonly problem?: string | undefined;
}

/** The changes of a condition, at least one. */
export interface LineDiff extends Condition {
  readonly changes: readonly LineChange[];
}

/** How conditions of one source differ from those of another. */
export interface ConditionsDiff {
  /** In words, with the moment. */
  readonly before: { readonly name: string; readonly asOf: Moment };
  readonly after: { readonly name: string; readonly asOf: Moment };
  /** Conditions that differ, in order. */
  readonly lines: readonly LineDiff[];
  /** How many conditions are the same. */
  readonly unchanged: number;
}

/** Compares sources. [DIF1] [DIF2] [DIF3] */
export async function diff(
  lines: TagLines,
  reader: MetadataReader,
  question: DiffQuestion,
  compare: ComparePayloads,
): Promise<ConditionsDiff> {
  const before = await settledSource(reader, lines.tree, question.before);
  const after = await settledSource(reader, lines.tree, question.after);
  const conditions = await allConditions(lines, before, after, question);
  const constants = new ConstantsComparison(reader, compare, question.constants ?? 0);
  const differing: LineDiff[] = [];
  for (const condition of conditions) {
    const [old, now] = await entriesOfBoth(lines, before, after, condition);
    const { range } = question;
    const changes = compareEntries(
      range ? within(old, range) : old,
      range ? within(now, range) : now,
    );
    if (changes.length === 0) continue;
    const compared: LineChange[] = [];
    for (const change of changes) compared.push(await constants.added(change, before, after));
    differing.push({ ...condition, changes: compared });
  }
  return {
    before: { name: before.name, asOf: before.asOf },
    after: { name: after.name, asOf: after.asOf },
    lines: differing,
    unchanged: conditions.length - differing.length,
  };
}

async function allConditions(
  lines: TagLines,
  before: SettledSource,
  after: SettledSource,
  { axis, calibTypes, flavors }: DiffQuestion,
): Promise<readonly Condition[]> {
  const both = [
    ...(await stackConditions(lines, before.stack)),
    ...(await stackConditions(lines, after.stack)),
  ];
  return [...new Map(both.map((condition) => [conditionKey(condition), condition])).values()]
    .filter((condition) => (axis ?? condition.axis) === condition.axis)
    .filter(({ calibType }) => calibTypes?.includes(calibType) ?? true)
    .filter(({ flavor }) => flavors?.includes(flavor) ?? true)
    .sort(compareConditions);
}

async function entriesOfBoth(
  lines: TagLines,
  before: SettledSource,
  after: SettledSource,
  condition: Condition,
): Promise<readonly [readonly StackEntry[], readonly StackEntry[]]> {
  const [a, b] = [before.stack[0]!, after.stack[0]!];
  if (before.stack.length > 1 || after.stack.length > 1) {
    return [
      await stackEntries(lines, before.stack, condition),
      await stackEntries(lines, after.stack, condition),
    ];
  }
  const [old, now] = await lines.distinctEntries(a, b, condition);
  return [
    old.map((entry) => ({ ...entry, tag: a.name })),
    now.map((entry) => ({ ...entry, tag: b.name })),
  ];
}

/** Compares payloads of changes, each pair once, up to a number of pairs. */
class ConstantsComparison {
  readonly #reader: MetadataReader;
  readonly #compare: ComparePayloads;
  readonly #pairs = new Map<string, Promise<Pick<LineChange, 'constants' | 'problem'>>>();
  #left: number;

  constructor(reader: MetadataReader, compare: ComparePayloads, limit: number) {
    this.#reader = reader;
    this.#compare = compare;
    this.#left = limit;
  }

  async added(
    change: EntryChange<StackEntry>,
    before: SettledSource,
    after: SettledSource,
  ): Promise<LineChange> {
    const [old, now] = [change.before, change.after];
    if (change.kind !== 'changed' || !old?.payload || !now?.payload) return change;
    const key = `${old.serNo} ${now.serNo}`;
    let pair = this.#pairs.get(key);
    if (!pair) {
      if (this.#left === 0) return change;
      this.#left--;
      pair = this.#pair([old.serNo, before.asOf], [now.serNo, after.asOf]);
      this.#pairs.set(key, pair);
    }
    return { ...change, ...(await pair) };
  }

  /** A payload that cannot be read does not hide what else has changed. */
  async #pair(
    ...places: readonly [readonly [number, Moment], readonly [number, Moment]]
  ): Promise<Pick<LineChange, 'constants' | 'problem'>> {
    const [old, now] = await Promise.all(
      places.map(([serNo, asOf]) => this.#reader.row(serNo, asOf)),
    );
    if (!old || !now) return { problem: 'one of the calibrations is not there' };
    try {
      return { constants: await this.#compare(old, now) };
    } catch (error) {
      if (error instanceof Error) return { problem: error.message };
      throw error;
    }
  }
}
