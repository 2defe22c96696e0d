import { ConditionsError } from '../errors.ts';
import type { Tag, TagLine, TagRule, TagState } from '../model/tag.ts';
import { formatMoment, parseMoment } from '../model/time.ts';
import type { Axis, Interval } from '../model/validity.ts';
import type { Found, Resolved } from '../read/conditions-reader.ts';
import {
  type CalibrationJson,
  calibrationFromJson,
  calibrationToJson,
  positionFromJson,
  positionToJson,
} from './calibration-json.ts';

/** An interval; null for an end that is open. */
export interface IntervalJson {
  readonly begin: string | null;
  readonly end: string | null;
}

/** One answer. */
export interface FoundJson {
  readonly calibration: CalibrationJson;
  readonly validity: IntervalJson;
  readonly asOf: string;
}

/** All conditions of a stack of tags at a position. */
export interface ResolvedJson {
  readonly axis: Axis;
  readonly validity: IntervalJson;
  readonly asOf: string;
  readonly immutable: boolean;
  readonly lines: readonly {
    readonly calibType: string;
    readonly flavor: string;
    readonly tag: string;
    readonly serNo: number;
    /** SHA-256, '' for none. */
    readonly payload: string;
    readonly validity: IntervalJson;
  }[];
  readonly missing: readonly { readonly calibType: string; readonly flavor: string }[];
}

/** A rule of a tag. */
export interface TagRuleJson extends Omit<TagRule, 'asOf'> {
  readonly asOf: string;
}

/** A tag. */
export interface TagJson {
  readonly name: string;
  readonly instrument: string;
  readonly description: string;
  readonly state: TagState;
  readonly root: string;
  readonly rule: TagRuleJson | null;
  readonly origin: string | null;
  readonly created: string;
  readonly changed: string;
}

/** A line of a tag. */
export interface TagLineJson {
  readonly calibType: string;
  readonly flavor: string;
  readonly axis: Axis;
  readonly entries: readonly (IntervalJson & {
    readonly serNo: number;
    readonly payload: string;
  })[];
}

/** @returns null for ends that are open */
export function intervalToJson({ begin, end }: Interval, axis: Axis): IntervalJson {
  return { begin: positionToJson(begin, axis), end: positionToJson(end, axis) };
}

/** @throws ConditionsError `invalid` for what is no position of the axis */
export function intervalFromJson({ begin, end }: IntervalJson, axis: Axis): Interval {
  return {
    begin: positionFromJson(begin, axis, 'begin'),
    end: positionFromJson(end, axis, 'end'),
  };
}

/** One answer as JSON. [JSN3] */
export function foundToJson({ calibration, validity, asOf }: Found): FoundJson {
  return {
    calibration: calibrationToJson(calibration),
    validity: intervalToJson(validity, calibration.axis),
    asOf: formatMoment(asOf),
  };
}

/** @throws ConditionsError `invalid` for a time or a run that is none */
export function foundFromJson({ calibration, validity, asOf }: FoundJson): Found {
  return {
    calibration: calibrationFromJson(calibration),
    validity: intervalFromJson(validity, calibration.axis),
    asOf: parseMoment(asOf),
  };
}

/** @param axis that was asked for: the answer itself does not say */
export function resolvedToJson(resolved: Resolved, axis: Axis): ResolvedJson {
  return {
    axis,
    validity: intervalToJson(resolved.validity, axis),
    asOf: formatMoment(resolved.asOf),
    immutable: resolved.immutable,
    lines: resolved.lines.map(({ calibType, flavor, tag, serNo, payload, validity }) => ({
      calibType,
      flavor,
      tag,
      serNo,
      payload,
      validity: intervalToJson(validity, axis),
    })),
    missing: resolved.missing.map(({ calibType, flavor }) => ({ calibType, flavor })),
  };
}

/** @throws ConditionsError `invalid` for a time or a run that is none, or a condition that is there twice */
export function resolvedFromJson(json: ResolvedJson): Resolved {
  const { axis } = json;
  const seen = new Set<string>();
  for (const { calibType, flavor } of [...json.lines, ...json.missing]) {
    const key = JSON.stringify([calibType, flavor]);
    if (seen.has(key))
      throw new ConditionsError('invalid', {
        what: 'a condition is there twice',
        given: `${calibType} ${flavor}`,
      });
    seen.add(key);
  }
  return {
    lines: json.lines.map(({ validity, ...line }) => ({
      ...line,
      validity: intervalFromJson(validity, axis),
    })),
    missing: json.missing,
    validity: intervalFromJson(json.validity, axis),
    asOf: parseMoment(json.asOf),
    immutable: json.immutable,
  };
}

/** A tag as JSON. */
export function tagToJson(tag: Tag): TagJson {
  const { name, instrument, description, state, root, rule, origin, created, changed } = tag;
  return {
    name,
    instrument,
    description,
    state,
    root,
    rule: rule ? tagRuleToJson(rule) : null,
    origin: origin ?? null,
    created: formatMoment(created),
    changed: formatMoment(changed),
  };
}

/** @throws ConditionsError `invalid` for a time that is none */
export function tagFromJson(json: TagJson): Tag {
  const { rule, origin, created, changed, ...rest } = json;
  return {
    ...rest,
    ...(rule && { rule: tagRuleFromJson(rule) }),
    ...(origin !== null && { origin }),
    created: parseMoment(created),
    changed: parseMoment(changed),
  };
}

/** A rule as JSON. */
export function tagRuleToJson({ levels, asOf, calibTypes, flavors }: TagRule): TagRuleJson {
  return { levels, asOf: formatMoment(asOf), calibTypes, flavors };
}

/** @throws ConditionsError `invalid` for a time that is none */
export function tagRuleFromJson({ levels, asOf, calibTypes, flavors }: TagRuleJson): TagRule {
  return {
    levels,
    asOf: parseMoment(asOf),
    ...(calibTypes && { calibTypes }),
    ...(flavors && { flavors }),
  };
}

/** A line as JSON. */
export function tagLineToJson({ calibType, flavor, axis, entries }: TagLine): TagLineJson {
  return {
    calibType,
    flavor,
    axis,
    entries: entries.map((entry) => ({
      ...intervalToJson(entry, axis),
      serNo: entry.serNo,
      payload: entry.payload,
    })),
  };
}

/** @throws ConditionsError `invalid` for a position that is none */
export function tagLineFromJson({ calibType, flavor, axis, entries }: TagLineJson): TagLine {
  return {
    calibType,
    flavor,
    axis,
    entries: entries.map(({ serNo, payload, ...interval }) => ({
      ...intervalFromJson(interval, axis),
      serNo,
      payload,
    })),
  };
}
