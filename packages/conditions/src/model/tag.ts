import type { ProcLevel } from './calibration.ts';
import type { Axis, Interval, Moment } from './validity.ts';

/** Life of a tag: tag-states.ts has the legal transitions. */
export type TagState = 'OPEN' | 'TESTING' | 'VALIDATED' | 'PUBLISHED' | 'RUNNING' | 'INVALID';

/** Says which calibrations a tag has, until it is published and they are written down. */
export interface TagRule {
  readonly levels: readonly ProcLevel[];
  readonly asOf: Moment;
  /** Undefined: all. */
  readonly calibTypes?: readonly string[] | undefined;
  readonly flavors?: readonly string[] | undefined;
}

/** A named set of lines of one instrument, as it was at one moment. */
export interface Tag {
  readonly name: string;
  readonly instrument: string;
  readonly description: string;
  readonly state: TagState;
  /** Content hash of its lines (a tree of content-addressed blocks in the payload store): equal roots, equal tags. */
  readonly root: string;
  /** A tag by rule has no lines of its own until it is published. */
  readonly rule?: TagRule | undefined;
  /** The tag that it was cloned from. */
  readonly origin?: string | undefined;
  readonly created: Moment;
  readonly changed: Moment;
}

/** A calibration in a line of a tag. The interval may be shorter than the calibration's own. */
export interface TagEntry extends Interval {
  readonly serNo: number;
  /** SHA-256 of its payload, '' where it has none. */
  readonly payload: string;
}

/** One condition through time: entries in order, without overlaps; gaps are allowed. */
export interface TagLine {
  readonly calibType: string;
  readonly flavor: string;
  readonly axis: Axis;
  readonly entries: readonly TagEntry[];
}
