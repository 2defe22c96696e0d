import { z } from 'zod';
import { type ProcLevel, procLevels } from '../model/calibration.ts';
import { formatMoment, parseMoment } from '../model/time.ts';
import { type Axis, always, forever, type Interval } from '../model/validity.ts';
import type { ConditionsSource } from '../tags/conditions-source.ts';
import type { CoverageQuestion } from '../tags/coverage.ts';
import type { DiffQuestion } from '../tags/diff.ts';
import type { ExplainQuestion } from '../tags/explain.ts';
import { edgeText, parseEdge } from './event-json.ts';

/** Where conditions are taken from: a stack of tags, or the rows of an instrument. */
export type SourceJson =
  | { readonly tags: readonly string[]; readonly asOf?: string | undefined }
  | {
      readonly instrument: string;
      readonly levels?: readonly ProcLevel[] | undefined;
      readonly asOf?: string | undefined;
    };

/** A range; edges are times or runs, `open` for an end that is. */
export interface RangeJson {
  readonly begin: string;
  readonly end: string;
}

/** What is compared. */
export interface DiffQuestionJson extends Omit<DiffQuestion, 'before' | 'after' | 'range'> {
  readonly before: SourceJson;
  readonly after: SourceJson;
  readonly range?: RangeJson | undefined;
}

/** What is asked of a range. */
export interface CoverageQuestionJson extends Omit<CoverageQuestion, 'source' | 'range'> {
  readonly source: SourceJson;
  readonly range: RangeJson;
}

/** Which answer is to be explained. */
export interface ExplainQuestionJson extends Omit<ExplainQuestion, 'source' | 'position'> {
  readonly source: SourceJson;
  readonly position: string;
}

const text = z.string().optional();
const words = z.array(z.string()).readonly();
const axis = z.enum(['time', 'run'] as const satisfies Axis[]).optional();
const range = z.strictObject({ begin: z.string(), end: z.string() });
const level = z.enum(procLevels as [(typeof procLevels)[number]]);
const source: z.ZodType<SourceJson> = z.union([
  z.strictObject({ tags: words, asOf: text }),
  z.strictObject({
    instrument: z.string(),
    levels: z.array(level).readonly().optional(),
    asOf: text,
  }),
]);

/** {@link DiffQuestionJson} */
export const diffQuestionSchema: z.ZodType<DiffQuestionJson> = z.strictObject({
  before: source,
  after: source,
  range: range.optional(),
  axis,
  calibTypes: words.optional(),
  flavors: words.optional(),
  constants: z.number().int().min(0).max(1000).optional(),
});

/** {@link CoverageQuestionJson} */
export const coverageQuestionSchema: z.ZodType<CoverageQuestionJson> = z.strictObject({
  source,
  range,
  axis,
  needed: z
    .array(z.strictObject({ calibType: z.string(), flavor: text }))
    .readonly()
    .optional(),
});

/** {@link ExplainQuestionJson} */
export const explainQuestionSchema: z.ZodType<ExplainQuestionJson> = z.strictObject({
  source,
  calibType: z.string(),
  flavor: text,
  axis,
  position: z.string(),
});

/** A question as JSON. [JSN8] */
export function diffQuestionToJson(question: DiffQuestion): DiffQuestionJson {
  const { before, after, range: within, ...rest } = question;
  return {
    ...rest,
    before: sourceToJson(before),
    after: sourceToJson(after),
    ...(within && { range: rangeToJson(within) }),
  };
}

/** @throws ConditionsError `invalid` for a time or a run that is none */
export function diffQuestionFromJson(json: DiffQuestionJson): DiffQuestion {
  const { before, after, range: within, ...rest } = json;
  return {
    ...rest,
    before: sourceFromJson(before),
    after: sourceFromJson(after),
    ...(within && { range: rangeFromJson(within) }),
  };
}

/** A question as JSON. [JSN8] */
export function coverageQuestionToJson(question: CoverageQuestion): CoverageQuestionJson {
  const { source: from, range: within, ...rest } = question;
  return { ...rest, source: sourceToJson(from), range: rangeToJson(within) };
}

/** @throws ConditionsError `invalid` for a time or a run that is none */
export function coverageQuestionFromJson(json: CoverageQuestionJson): CoverageQuestion {
  const { source: from, range: within, ...rest } = json;
  return { ...rest, source: sourceFromJson(from), range: rangeFromJson(within) };
}

/** A question as JSON. [JSN8] */
export function explainQuestionToJson(question: ExplainQuestion): ExplainQuestionJson {
  const { source: from, position, ...rest } = question;
  return { ...rest, source: sourceToJson(from), position: edgeText(position) };
}

/** @throws ConditionsError `invalid` for a time or a run that is none */
export function explainQuestionFromJson(json: ExplainQuestionJson): ExplainQuestion {
  const { source: from, position, ...rest } = json;
  return { ...rest, source: sourceFromJson(from), position: parseEdge(position, always) };
}

function sourceToJson({ asOf, ...rest }: ConditionsSource): SourceJson {
  return { ...rest, ...(asOf !== undefined && { asOf: formatMoment(asOf) }) };
}

function sourceFromJson({ asOf, ...rest }: SourceJson): ConditionsSource {
  return { ...rest, ...(asOf !== undefined && { asOf: parseMoment(asOf, 'asOf') }) };
}

function rangeToJson({ begin, end }: Interval): RangeJson {
  return { begin: edgeText(begin), end: edgeText(end) };
}

function rangeFromJson({ begin, end }: RangeJson): Interval {
  return { begin: parseEdge(begin, always), end: parseEdge(end, forever) };
}
