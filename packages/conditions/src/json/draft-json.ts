import { z } from 'zod';
import {
  type CalibrationDraft,
  type PayloadReference,
  type ProcLevel,
  procLevels,
} from '../model/calibration.ts';
import type { Axis } from '../model/validity.ts';
import { positionFromJson, positionToJson } from './calibration-json.ts';
import { sha256Schema } from './schemas.ts';

/** A calibration to be registered, as JSON: the fields of a row that are given. */
export interface DraftJson {
  readonly instrument: string;
  readonly calibType: string;
  readonly flavor?: string | undefined;
  readonly axis?: Axis | undefined;
  readonly vstart: string | null;
  readonly vend?: string | null | undefined;
  readonly completion?: string | undefined;
  readonly procLevel?: ProcLevel | undefined;
  readonly locale?: string | undefined;
  readonly creator?: string | undefined;
  readonly uid?: string | undefined;
  readonly inputDesc?: string | undefined;
  readonly notes?: string | undefined;
  readonly dataIdent?: string | undefined;
  readonly dataFmt: string;
  readonly fmtVersion: string;
  readonly payload?: PayloadReference | null | undefined;
}

/** Some fields of a {@link DraftJson}. */
export type PartialDraftJson = {
  readonly [Field in keyof DraftJson]?: DraftJson[Field] | undefined;
};

const text = z.string().optional();

const draftFields = z.strictObject({
  instrument: z.string(),
  calibType: z.string(),
  flavor: text,
  axis: z.enum(['time', 'run']).optional(),
  vstart: z.string().nullable(),
  vend: z.string().nullable().optional(),
  completion: text,
  procLevel: z.enum(procLevels as [(typeof procLevels)[number]]).optional(),
  locale: text,
  creator: text,
  uid: text,
  inputDesc: text,
  notes: text,
  dataIdent: text,
  dataFmt: z.string(),
  fmtVersion: z.string(),
  payload: z
    .strictObject({ sha256: sha256Schema, size: z.number().int().nonnegative() })
    .nullable()
    .optional(),
});

/** {@link DraftJson} */
export const draftSchema: z.ZodType<DraftJson> = draftFields;

/** {@link PartialDraftJson} */
export const partialDraftSchema: z.ZodType<PartialDraftJson> = draftFields.partial();

/** A draft as JSON. */
export function draftToJson(draft: CalibrationDraft): DraftJson {
  return { ...partialDraftToJson(draft, draft.axis ?? 'time'), ...requiredOf(draft) };
}

function requiredOf(draft: CalibrationDraft): DraftJson {
  const { instrument, calibType, dataFmt, fmtVersion } = draft;
  const vstart = positionToJson(draft.vstart, draft.axis ?? 'time');
  return { instrument, calibType, dataFmt, fmtVersion, vstart };
}

/** @param axis of the positions */
export function partialDraftToJson(
  { vstart, vend, ...rest }: Partial<CalibrationDraft>,
  axis: Axis,
): PartialDraftJson {
  return {
    ...rest,
    ...(vstart !== undefined && { vstart: positionToJson(vstart, axis) }),
    ...(vend !== undefined && { vend: positionToJson(vend, axis) }),
  };
}

/** @throws ConditionsError `invalid` for a time or a run that is none */
export function draftFromJson(json: DraftJson): CalibrationDraft {
  const { instrument, calibType, dataFmt, fmtVersion, flavor = 'vanilla', vstart } = json;
  const axis = json.axis ?? 'time';
  return {
    ...partialDraftFromJson(json, axis),
    ...{ instrument, calibType, dataFmt, fmtVersion, flavor },
    vstart: positionFromJson(vstart, axis, 'begin', 'vstart'),
  };
}

/** @param axis of the positions */
export function partialDraftFromJson(
  { vstart, vend, payload, ...rest }: PartialDraftJson,
  axis: Axis,
): Partial<CalibrationDraft> {
  const given = Object.entries(rest).filter(([, value]) => value !== undefined);
  return {
    ...Object.fromEntries(given),
    ...(vstart !== undefined && { vstart: positionFromJson(vstart, axis, 'begin', 'vstart') }),
    ...(vend !== undefined && { vend: positionFromJson(vend, axis, 'end', 'vend') }),
    ...(payload && { payload }),
  };
}
