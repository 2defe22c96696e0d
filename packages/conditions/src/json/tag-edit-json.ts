import { z } from 'zod';
import { type ProcLevel, procLevels } from '../model/calibration.ts';
import type { TagState } from '../model/tag.ts';
import { formatMoment, parseMoment } from '../model/time.ts';
import { type Axis, always, forever } from '../model/validity.ts';
import type { EntryDraft } from '../tags/entry-drafts.ts';
import type { TagDraft } from '../tags/tag-draft.ts';
import type { TagRemoval } from '../tags/tag-editor.ts';
import { edgeText, parseEdge } from './event-json.ts';

/** A tag that is to be made. */
export interface TagDraftJson {
  readonly name: string;
  readonly instrument?: string | undefined;
  readonly description?: string | undefined;
  readonly clone?: string | undefined;
  readonly asOf?: string | undefined;
  readonly writtenDown?: boolean | undefined;
  readonly merge?: readonly string[] | undefined;
  readonly rule?:
    | {
        readonly levels?: readonly ProcLevel[] | undefined;
        readonly asOf?: string | undefined;
        readonly calibTypes?: readonly string[] | undefined;
        readonly flavors?: readonly string[] | undefined;
      }
    | undefined;
}

/** A calibration that is to be in a tag; edges are times or runs, `open` for an end that is. */
export interface EntryDraftJson {
  readonly serNo: number;
  readonly begin?: string | undefined;
  readonly end?: string | undefined;
}

/** What is taken out of a tag. */
export interface TagRemovalJson {
  readonly calibType: string;
  readonly flavor?: string | undefined;
  readonly axis?: Axis | undefined;
  readonly begin?: string | undefined;
  readonly end?: string | undefined;
}

const text = z.string().optional();
const words = z.array(z.string()).readonly().optional();

/** {@link TagDraftJson} */
export const tagDraftSchema: z.ZodType<TagDraftJson> = z.strictObject({
  name: z.string(),
  instrument: text,
  description: text,
  clone: text,
  asOf: text,
  writtenDown: z.boolean().optional(),
  merge: words,
  rule: z
    .strictObject({
      levels: z
        .array(z.enum(procLevels as [(typeof procLevels)[number]]))
        .readonly()
        .optional(),
      asOf: text,
      calibTypes: words,
      flavors: words,
    })
    .optional(),
});

/** {@link EntryDraftJson} */
export const entryDraftSchema: z.ZodType<EntryDraftJson> = z.strictObject({
  serNo: z.number().int().positive(),
  begin: text,
  end: text,
});

/** {@link TagRemovalJson} */
export const tagRemovalSchema: z.ZodType<TagRemovalJson> = z.strictObject({
  calibType: z.string(),
  flavor: text,
  axis: z.enum(['time', 'run']).optional(),
  begin: text,
  end: text,
});

/** The states of a tag, for schemas. */
export const tagStateSchema: z.ZodType<TagState> = z.enum([
  'OPEN',
  'TESTING',
  'VALIDATED',
  'PUBLISHED',
  'RUNNING',
  'INVALID',
]);

/** A draft of a tag as JSON. */
export function tagDraftToJson({ asOf, rule, ...rest }: TagDraft): TagDraftJson {
  return {
    ...rest,
    ...(asOf !== undefined && { asOf: formatMoment(asOf) }),
    ...(rule && {
      rule: { ...rule, asOf: rule.asOf === undefined ? undefined : formatMoment(rule.asOf) },
    }),
  };
}

/** @throws ConditionsError `invalid` for a time that is none */
export function tagDraftFromJson({ asOf, rule, ...rest }: TagDraftJson): TagDraft {
  return {
    ...rest,
    ...(asOf !== undefined && { asOf: parseMoment(asOf, 'asOf') }),
    ...(rule && {
      rule: { ...rule, asOf: rule.asOf === undefined ? undefined : parseMoment(rule.asOf, 'rule') },
    }),
  };
}

/** An entry as JSON. */
export function entryDraftToJson({ serNo, begin, end }: EntryDraft): EntryDraftJson {
  return {
    serNo,
    ...(begin !== undefined && { begin: edgeText(begin) }),
    ...(end !== undefined && { end: edgeText(end) }),
  };
}

/** @throws ConditionsError `invalid` for an edge that is none */
export function entryDraftFromJson({ serNo, begin, end }: EntryDraftJson): EntryDraft {
  return {
    serNo,
    ...(begin !== undefined && { begin: parseEdge(begin, always) }),
    ...(end !== undefined && { end: parseEdge(end, forever) }),
  };
}

/** What is taken out, as JSON. */
export function tagRemovalToJson({ begin, end, ...rest }: TagRemoval): TagRemovalJson {
  return {
    ...rest,
    ...(begin !== undefined && { begin: edgeText(begin) }),
    ...(end !== undefined && { end: edgeText(end) }),
  };
}

/** @throws ConditionsError `invalid` for an edge that is none */
export function tagRemovalFromJson({ begin, end, ...rest }: TagRemovalJson): TagRemoval {
  return {
    ...rest,
    ...(begin !== undefined && { begin: parseEdge(begin, always) }),
    ...(end !== undefined && { end: parseEdge(end, forever) }),
  };
}
