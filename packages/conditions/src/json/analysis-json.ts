import type { Condition } from '../index/tag-index.ts';
import { formatPosition } from '../model/position.ts';
import type { TagEntry } from '../model/tag.ts';
import { formatMoment } from '../model/time.ts';
import type { Axis, Interval } from '../model/validity.ts';
import type { PayloadDifference } from '../payload/compare-payloads.ts';
import type { Coverage, LineCoverage } from '../tags/coverage.ts';
import type { ConditionsDiff, LineChange } from '../tags/diff.ts';
import type { Explanation, TagStatement, Verdict } from '../tags/explain.ts';
import type { UpdatePlan, UpdateProblemKind } from '../tags/running-update.ts';
import {
  type FoundJson,
  type IntervalJson,
  intervalToJson,
  type TagRuleJson,
  tagRuleToJson,
} from './answer-json.ts';
import { type CalibrationJson, calibrationToJson, positionToJson } from './calibration-json.ts';

/** An entry of a tag. */
export interface EntryJson extends IntervalJson {
  readonly serNo: number;
  readonly payload: string;
}

/** What an update of a RUNNING tag would do, or why it is refused. */
export interface UpdatePlanJson {
  readonly operations: readonly (Condition & {
    readonly operation: 'CLOSE' | 'CREATE';
    readonly entry: EntryJson;
  })[];
  readonly problems: readonly (Condition & IntervalJson & { readonly kind: UpdateProblemKind })[];
}

/** How conditions of one source differ from those of another. */
export interface DiffJson {
  readonly before: { readonly name: string; readonly asOf: string };
  readonly after: { readonly name: string; readonly asOf: string };
  readonly lines: readonly (Condition & { readonly changes: readonly ChangeOfLineJson[] })[];
  readonly unchanged: number;
}

/** What a constant may be; integers beyond 2^53 and what is no finite number as text. */
export type ConstantJson = string | number | boolean | null;

/** How one payload differs from another, constant by constant. */
export interface ConstantsJson {
  readonly changed: readonly {
    readonly path: string;
    readonly before: ConstantJson;
    readonly after: ConstantJson;
    readonly difference: ConstantJson;
    readonly relative: ConstantJson;
  }[];
  readonly added: readonly (readonly [path: string, value: ConstantJson])[];
  readonly removed: readonly (readonly [path: string, value: ConstantJson])[];
  readonly unchanged: number;
}

/** A change of an entry. */
export interface ChangeOfLineJson extends IntervalJson {
  readonly kind: LineChange['kind'];
  readonly before: (EntryJson & { readonly tag: string }) | null;
  readonly after: (EntryJson & { readonly tag: string }) | null;
  readonly constants: ConstantsJson | null;
  readonly problem: string | null;
}

/** Gaps and overlaps in a range. */
export interface CoverageJson {
  readonly source: string;
  readonly asOf: string;
  readonly axis: Axis;
  readonly range: IntervalJson;
  readonly complete: boolean;
  readonly lines: readonly (Omit<LineCoverage, 'gaps' | 'overlaps'> & {
    readonly gaps: readonly IntervalJson[];
    readonly overlaps: readonly (IntervalJson & {
      readonly answer: number;
      readonly hidden: readonly number[];
    })[];
  })[];
}

/** Why an answer is what it is. */
export interface ExplanationJson {
  readonly source: string;
  readonly asOf: string;
  readonly condition: Condition;
  readonly position: string;
  readonly answer: (Omit<FoundJson, 'asOf'> & { readonly tag: string }) | null;
  readonly tags: readonly {
    readonly tag: string;
    readonly state: TagStatement['state'] | null;
    readonly rule: TagRuleJson | null;
    readonly says: TagStatement['says'];
    readonly entry: EntryJson | null;
    readonly before: EntryJson | null;
    readonly after: EntryJson | null;
  }[];
  readonly alternatives: readonly {
    readonly calibration: CalibrationJson;
    readonly verdict: Verdict;
  }[];
}

/** A plan as JSON. [JSN7] */
export function updatePlanToJson({ operations, problems }: UpdatePlan): UpdatePlanJson {
  return {
    operations: operations.map(({ entry, ...operation }) => ({
      ...operation,
      entry: entryToJson(entry, operation.axis),
    })),
    problems: problems.map(({ begin, end, ...problem }) => ({
      ...problem,
      ...intervalToJson({ begin, end }, problem.axis),
    })),
  };
}

/** A difference as JSON. [JSN7] */
export function diffToJson({ before, after, lines, unchanged }: ConditionsDiff): DiffJson {
  return {
    before: { name: before.name, asOf: formatMoment(before.asOf) },
    after: { name: after.name, asOf: formatMoment(after.asOf) },
    lines: lines.map(({ changes, ...condition }) => ({
      ...condition,
      changes: changes.map((change) => changeToJson(change, condition.axis)),
    })),
    unchanged,
  };
}

/** Coverage as JSON. [JSN7] */
export function coverageToJson({ range, asOf, lines, axis, ...rest }: Coverage): CoverageJson {
  const interval = (is: Interval) => intervalToJson(is, axis);
  return {
    ...rest,
    axis,
    asOf: formatMoment(asOf),
    range: interval(range),
    lines: lines.map(({ gaps, overlaps, ...line }) => ({
      ...line,
      gaps: gaps.map(interval),
      overlaps: overlaps.map(({ answer, hidden, ...is }) => ({ ...interval(is), answer, hidden })),
    })),
  };
}

/** An explanation as JSON. [JSN7] */
export function explanationToJson(explanation: Explanation): ExplanationJson {
  const { source, asOf, condition, position, answer, tags, alternatives } = explanation;
  const { axis } = condition;
  const entry = (is: TagEntry | undefined) => (is ? entryToJson(is, axis) : null);
  return {
    source,
    asOf: formatMoment(asOf),
    condition,
    position: formatPosition(position, axis),
    answer: answer
      ? {
          calibration: calibrationToJson(answer.calibration),
          validity: intervalToJson(answer.validity, axis),
          tag: answer.tag,
        }
      : null,
    tags: tags.map(({ tag, state, rule, says, entry: has, before, after }) => ({
      tag,
      state: state ?? null,
      rule: rule ? tagRuleToJson(rule) : null,
      says,
      entry: entry(has),
      before: entry(before),
      after: entry(after),
    })),
    alternatives: alternatives.map(({ calibration, verdict }) => ({
      calibration: calibrationToJson(calibration),
      verdict,
    })),
  };
}

function changeToJson(change: LineChange, axis: Axis): ChangeOfLineJson {
  const { kind, begin, end, before, after, constants, problem } = change;
  const stacked = (entry: typeof before) =>
    entry ? { ...entryToJson(entry, axis), tag: entry.tag } : null;
  return {
    kind,
    ...intervalToJson({ begin, end }, axis),
    before: stacked(before),
    after: stacked(after),
    constants: constants ? constantsToJson(constants) : null,
    problem: problem ?? null,
  };
}

function constantsToJson({ changed, added, removed, unchanged }: PayloadDifference): ConstantsJson {
  const pair = ([path, value]: readonly [string, unknown]) =>
    [path, constantToJson(value)] as const;
  return {
    changed: changed.map(({ path, before, after, difference, relative }) => ({
      path,
      before: constantToJson(before),
      after: constantToJson(after),
      difference: constantToJson(difference),
      relative: constantToJson(relative),
    })),
    added: added.map(pair),
    removed: removed.map(pair),
    unchanged,
  };
}

function constantToJson(value: unknown): ConstantJson {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  return typeof value === 'number' && Number.isFinite(value) ? value : String(value);
}

function entryToJson({ begin, end, serNo, payload }: TagEntry, axis: Axis): EntryJson {
  return { begin: positionToJson(begin, axis), end: positionToJson(end, axis), serNo, payload };
}
