import { LanternError } from '@lantern/units';

/** What kind of refusal it is: `server` makes an HTTP status of it, and of nothing else. */
export type ConditionsErrorKind =
  /** The request makes no sense: a wrong field, value, file. */
  | 'invalid'
  /** There is no such row, tag, payload, or nothing is valid then. */
  | 'absent'
  /** Against a rule, a state or another writer: the same request may do at another time. */
  | 'conflict'
  /** Who asks may not. */
  | 'forbidden'
  /** What is stored is not what was stored: a hash that does not match. */
  | 'corrupt'
  /** A store or server that does not answer. */
  | 'unavailable';

/** A calibration that cannot be stored, found or read: the message names the row, tag, payload or file. */
export class ConditionsError extends LanternError {
  readonly kind: ConditionsErrorKind;

  constructor(kind: ConditionsErrorKind, parts: LanternError['parts']) {
    super(parts);
    this.kind = kind;
  }
}
