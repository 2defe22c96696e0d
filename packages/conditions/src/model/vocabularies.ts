/** How overlapping intervals of production rows of a series are dealt with. */
export type OverlapRule =
  /** The new row is refused. */
  | 'refuse'
  /** An earlier row is closed at the vstart of the new one; a later vstart already there refuses it. */
  | 'close'
  /** Both stay; the newest wins. */
  | 'newest';

/** Rules for a calibration type, as data. */
export interface TypeRules {
  /** Of production rows; default `close`. Rows of other levels always may overlap. */
  readonly overlap?: OverlapRule | undefined;
  /** Whether a gap before a new production row refuses it; default false. */
  readonly refuseGaps?: boolean | undefined;
  /** Fields that must not be empty, beside those that always must: `creator`, `uid` … */
  readonly required?: readonly string[] | undefined;
  /** Whether a new row with the payload of the row before it is refused; default true. */
  readonly refuseUnchanged?: boolean | undefined;
}

/** The words that an experiment uses; undefined: any. */
export interface Vocabularies {
  readonly instruments?: readonly string[] | undefined;
  readonly calibTypes?: readonly string[] | undefined;
  readonly flavors?: readonly string[] | undefined;
  readonly completions?: readonly string[] | undefined;
  readonly dataFmts?: readonly string[] | undefined;
  readonly locales?: readonly string[] | undefined;
  /** By calibration type; `*` for all others. */
  readonly rules?: Readonly<Record<string, TypeRules>> | undefined;
}
