import type { Calibration } from './calibration.ts';

/** How overlapping intervals of production rows of a series are dealt with. */
export type OverlapRule =
  /** The new row is refused. */
  | 'refuse'
  /** An earlier row is closed at the vstart of the new one; a later vstart already there refuses it. */
  | 'close'
  /** Both stay; the newest wins. */
  | 'newest';

/** A test of one field of a row, in a rule. */
export interface RowTest {
  readonly field: keyof Calibration;
  readonly test:
    | '='
    | '!='
    | '<'
    | '<='
    | '>'
    | '>='
    /** `*` stands for any letters. */
    | 'like'
    | 'in'
    /** It has a value: text that is not empty, an end that is not open. */
    | 'present'
    | 'absent';
  /** As in JSON: times in ISO 8601, runs as `run` or `run.subrun`; a list for `in`; none for `present` and `absent`. */
  readonly value?: string | number | readonly (string | number)[] | undefined;
  /** A field of the same row, in place of a value. */
  readonly other?: keyof Calibration | undefined;
}

/** What must hold of a row at a step of its life: the assertions of GLAST's rdbModel, as data. */
export interface Assertion {
  /** For the error: what it demands, in words. */
  readonly name: string;
  /**
   * `register`: a new row, by superseding too; `promote`: a row with the level that it is to have; `superseded`: a row
   * that another is to take the place of. Default `register` and `promote`.
   */
  readonly on?: readonly AssertionStep[] | undefined;
  /** It demands something only of rows of which all these hold; default all rows. */
  readonly when?: readonly RowTest[] | undefined;
  /** All of these hold. */
  readonly require: readonly RowTest[];
}

/** A step in the life of a row. */
export type AssertionStep = 'register' | 'promote' | 'superseded';

/** Rules for a calibration type, as data. */
export interface TypeRules {
  /** Of production rows; default `close`. Rows of other levels always may overlap. */
  readonly overlap?: OverlapRule | undefined;
  /** Whether a gap before a new production row refuses it; default false. */
  readonly refuseGaps?: boolean | undefined;
  /** Fields that must not be empty, beside those that always must: `creator`, `uid` … */
  readonly required?: readonly (keyof Calibration)[] | undefined;
  /** Beside those of `*`, not in their place. */
  readonly assertions?: readonly Assertion[] | undefined;
  /**
   * Whether a new row that changes nothing is refused: one whose payload is, all through its interval, that of the newest row
   * there; `constants`: or whose payload is another, with the same constants. Default true.
   */
  readonly refuseUnchanged?: boolean | 'constants' | undefined;
  /** Whether a row is refused whose payload is not what its format, type and version say; default false. */
  readonly refuseUnreadable?: boolean | undefined;
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
