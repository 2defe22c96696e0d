import { z } from 'zod';
import { procLevels } from '../model/calibration.ts';
import type { Vocabularies } from '../model/vocabularies.ts';
import type {
  FoundJson,
  IntervalJson,
  ResolvedJson,
  TagJson,
  TagLineJson,
  TagRuleJson,
} from './answer-json.ts';
import type { CalibrationJson } from './calibration-json.ts';
import type { ChangeJson, EventJson } from './event-json.ts';

const text = z.string();
const axis = z.enum(['time', 'run']);
const serNo = z.number().int().positive();
const level = z.enum(procLevels as [(typeof procLevels)[number]]);
const state = z.enum(['OPEN', 'TESTING', 'VALIDATED', 'PUBLISHED', 'RUNNING', 'INVALID']);
const words = z.array(text).readonly();

/** SHA-256, 64 lower-case hexadecimal digits. */
export const sha256Schema: z.ZodType<string> = text.regex(/^[0-9a-f]{64}$/);
const payload = z.union([sha256Schema, z.literal('')]);

const intervalSchema: z.ZodType<IntervalJson> = z.object({
  begin: text.nullable(),
  end: text.nullable(),
});

/** {@link CalibrationJson} */
export const calibrationSchema: z.ZodType<CalibrationJson> = z.object({
  serNo,
  instrument: text,
  calibType: text,
  flavor: text,
  vstart: text.nullable(),
  vend: text.nullable(),
  completion: text,
  procLevel: level,
  prodStart: text.nullable(),
  prodEnd: text.nullable(),
  locale: text,
  enterTime: text,
  creator: text,
  uid: text,
  inputDesc: text,
  notes: text,
  dataIdent: text,
  dataFmt: text,
  fmtVersion: text,
  axis,
  payload: z.object({ sha256: sha256Schema, size: z.number().int().nonnegative() }).nullable(),
  deprecated: text.nullable(),
});

/** {@link FoundJson} */
export const foundSchema: z.ZodType<FoundJson> = z.object({
  calibration: calibrationSchema,
  validity: intervalSchema,
  asOf: text,
});

const condition = z.object({ calibType: text, flavor: text });

/** {@link ResolvedJson} */
export const resolvedSchema: z.ZodType<ResolvedJson> = z.object({
  axis,
  validity: intervalSchema,
  asOf: text,
  immutable: z.boolean(),
  lines: z
    .array(condition.extend({ tag: text, serNo, payload, validity: intervalSchema }))
    .readonly(),
  missing: z.array(condition).readonly(),
});

/** {@link TagRuleJson} */
export const tagRuleSchema: z.ZodType<TagRuleJson> = z.object({
  levels: z.array(level).readonly(),
  asOf: text,
  calibTypes: words.optional(),
  flavors: words.optional(),
});

/** {@link TagJson} */
export const tagSchema: z.ZodType<TagJson> = z.object({
  name: text,
  instrument: text,
  description: text,
  state,
  root: text,
  rule: tagRuleSchema.nullable(),
  origin: text.nullable(),
  created: text,
  changed: text,
});

/** {@link TagLineJson} */
export const tagLineSchema: z.ZodType<TagLineJson> = condition.extend({
  axis,
  entries: z
    .array(z.object({ begin: text.nullable(), end: text.nullable(), serNo, payload }))
    .readonly(),
});

/** JSON that {@link vocabulariesFromJson} checks. */
export const vocabulariesSchema: z.ZodType<Vocabularies> = z
  .custom<Vocabularies>((json) => typeof json === 'object' && json !== null && !Array.isArray(json))
  .meta({ type: 'object', description: 'Words by field, and rules by calibration type.' });

const reason = text;
const tag = text;
const root = text;

const changeSchema: z.ZodType<ChangeJson> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('registered'), calibration: calibrationSchema }),
  z.object({ kind: z.literal('closed'), serNo, vend: text, reason }),
  z.object({ kind: z.literal('levelled'), serNo, level, reason }),
  z.object({ kind: z.literal('deprecated'), serNo, reason }),
  z.object({
    kind: z.literal('tagCreated'),
    tag,
    instrument: text,
    description: text,
    root,
    origin: text.optional(),
    rule: tagRuleSchema.optional(),
  }),
  z.object({ kind: z.literal('tagEdited'), tag, root, reason }),
  z.object({ kind: z.literal('tagMoved'), tag, state, root, reason }),
  z.object({ kind: z.literal('vocabulariesDeclared'), vocabularies: vocabulariesSchema }),
]);

/** {@link EventJson} */
export const eventSchema: z.ZodType<EventJson> = z.object({
  seq: z.number().int().positive(),
  at: text,
  by: text,
  change: changeSchema,
});
