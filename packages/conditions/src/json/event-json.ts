import type { Change, ConditionsEvent } from '../log/conditions-event.ts';
import { parseRun } from '../model/run-position.ts';
import { formatMoment, parseMoment } from '../model/time.ts';
import { always, forever, type Position } from '../model/validity.ts';
import { type TagRuleJson, tagRuleFromJson, tagRuleToJson } from './answer-json.ts';
import {
  type CalibrationJson,
  calibrationFromJson,
  calibrationToJson,
} from './calibration-json.ts';
import { vocabulariesFromJson } from './vocabularies-from-json.ts';

type Of<Kind extends Change['kind']> = Extract<Change, { readonly kind: Kind }>;

/** A change as JSON: as it is, but for calibrations, positions and rules. */
export type ChangeJson =
  | { readonly kind: 'registered'; readonly calibration: CalibrationJson }
  | (Omit<Of<'closed'>, 'vend'> & {
      /** Written as a time whatever the axis is, which the event does not say: the same 64 bits. */
      readonly vend: string;
    })
  | (Omit<Of<'tagCreated'>, 'rule'> & { readonly rule?: TagRuleJson | undefined })
  | Of<'levelled' | 'deprecated' | 'tagEdited' | 'tagMoved' | 'vocabulariesDeclared'>;

/** An event of the log as JSON. */
export interface EventJson {
  readonly seq: number;
  readonly at: string;
  readonly by: string;
  readonly change: ChangeJson;
}

/** An event as JSON. [JSN4] */
export function eventToJson({ seq, at, by, change }: ConditionsEvent): EventJson {
  return { seq, at: formatMoment(at), by, change: changeToJson(change) };
}

/** @throws ConditionsError `invalid` for a time or a run that is none */
export function eventFromJson({ seq, at, by, change }: EventJson): ConditionsEvent {
  return { seq, at: parseMoment(at), by, change: changeFromJson(change) };
}

function changeToJson(change: Change): ChangeJson {
  switch (change.kind) {
    case 'registered':
      return { kind: change.kind, calibration: calibrationToJson(change.calibration) };
    case 'closed':
      return { ...change, vend: edgeText(change.vend) };
    case 'tagCreated': {
      const { rule, ...rest } = change;
      return { ...rest, ...(rule && { rule: tagRuleToJson(rule) }) };
    }
    default:
      return change;
  }
}

function changeFromJson(change: ChangeJson): Change {
  switch (change.kind) {
    case 'registered':
      return { kind: change.kind, calibration: calibrationFromJson(change.calibration) };
    case 'closed':
      return { ...change, vend: parseEdge(change.vend, forever) };
    case 'tagCreated': {
      const { rule, ...rest } = change;
      return { ...rest, ...(rule && { rule: tagRuleFromJson(rule) }) };
    }
    case 'vocabulariesDeclared':
      return { kind: change.kind, vocabularies: vocabulariesFromJson(change.vocabularies) };
    default:
      return change;
  }
}

/** An edge of an interval whatever its axis: its 64 bits written as a time, or `open`. */
export function edgeText(edge: bigint): string {
  return edge === always || edge === forever ? 'open' : formatMoment(edge);
}

/**
 * @param text what {@link edgeText} wrote; or a run, which is of digits alone
 * @param open what `open` means there
 * @throws ConditionsError `invalid` for what is neither
 */
export function parseEdge(text: string, open: bigint, where?: string): Position {
  if (text === 'open') return open;
  return /^\d+(\.\d+)?$/.test(text) ? parseRun(text, where) : parseMoment(text, where);
}
