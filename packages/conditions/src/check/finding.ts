import type { Series } from '../model/calibration.ts';
import type { Axis, Interval } from '../model/validity.ts';

/** What may be wrong with what is stored. */
export type FindingKind =
  /** Between production rows of a series: nothing holds there. */
  | 'gap'
  /** Production rows of a series that hold at once. */
  | 'overlap'
  /** A production row that newer ones hide wholly, and that nobody gave the level superseded. */
  | 'neverSuperseded'
  /** A row of another level that newer ones hide wholly: no question has it as its answer. */
  | 'unreachable'
  /** A payload that the store has not. */
  | 'payloadMissing'
  /** A payload that is not what was stored. */
  | 'payloadChanged'
  /** Rows whose bulk data were never brought along: only `dataIdent` says where they are. */
  | 'payloadElsewhere'
  /** A word that is not declared, or that looks like a common one misspelt. */
  | 'word'
  /** A row that the rules of today would refuse. */
  | 'rule'
  /** A tag whose blocks, calibrations or payloads are not what they were, or must not be used. */
  | 'tag'
  /** The log and what the store answers are not the same. */
  | 'log';

/** Something that concerns one row or several. */
export interface Finding {
  readonly kind: FindingKind;
  /** error: wrong answers, or none; warning: probably a mistake; note: worth knowing. */
  readonly severity: 'error' | 'warning' | 'note';
  /** What it is, as a sentence without a full stop. */
  readonly text: string;
  readonly serNos: readonly number[];
  readonly series?: (Series & { readonly axis: Axis }) | undefined;
  readonly interval?: Interval | undefined;
  /** What to do about it. */
  readonly hint?: string | undefined;
}
