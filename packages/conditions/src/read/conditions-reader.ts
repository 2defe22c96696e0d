import type { Calibration, ProcLevel, Series } from '../model/calibration.ts';
import type { Tag, TagLine } from '../model/tag.ts';
import type { Axis, Interval, Moment, Position } from '../model/validity.ts';
import type { RowQuery } from '../store/metadata-store.ts';

/** What is sought: the one calibration that holds at a position. */
export interface FindQuestion extends Pick<Series, 'instrument' | 'calibType'> {
  /** Default `vanilla`. */
  readonly flavor?: string | undefined;
  /** Default `time`. */
  readonly axis?: Axis | undefined;
  readonly position: Position;
  /** In the order of preference; default production, development, test, superseded. */
  readonly levels?: readonly ProcLevel[] | undefined;
  /** Default: any but `abort`. */
  readonly completions?: readonly string[] | undefined;
  /** Default: now. */
  readonly asOf?: Moment | undefined;
}

/** One answer. */
export interface Found {
  readonly calibration: Calibration;
  /** Positions around the one asked for at which the answer is the same. */
  readonly validity: Interval;
  /** What the answer knows of: asked again with this moment, it is the same. From tags: their last change. */
  readonly asOf: Moment;
}

/** A condition in tags: the first tag of the stack that has an entry there wins. */
export interface TagQuestion {
  /** Names, first hit wins. */
  readonly tags: readonly string[];
  readonly position: Position;
  readonly axis?: Axis | undefined;
  readonly asOf?: Moment | undefined;
}

/** What a tag says of one condition at a position. */
export interface ResolvedLine {
  readonly calibType: string;
  readonly flavor: string;
  /** The tag of the stack that has it. */
  readonly tag: string;
  readonly serNo: number;
  readonly payload: string;
  readonly validity: Interval;
}

/** All conditions of a stack of tags at a position. */
export interface Resolved {
  readonly lines: readonly ResolvedLine[];
  /** Conditions of these tags that have a gap there. */
  readonly missing: readonly { readonly calibType: string; readonly flavor: string }[];
  /** Positions around the one asked for at which the answer is the same. */
  readonly validity: Interval;
  /** The last change of any of these tags: answers of tags that do not change any more are the same to the byte. */
  readonly asOf: Moment;
  /** Whether it can never change: the tags are published. */
  readonly immutable: boolean;
}

/**
 * What every client of conditions needs, wherever they are: a store in this process, a server, a snapshot. The answers
 * are the same to the byte: test/conditions-reader-contract.ts.
 */
export interface ConditionsReader {
  /** @throws ConditionsError `absent` that names the nearest intervals before and after, when nothing is valid */
  find(question: FindQuestion): Promise<Found>;
  /** @throws ConditionsError `absent` as for `find` */
  findInTags(
    question: TagQuestion & { readonly calibType: string; readonly flavor?: string | undefined },
  ): Promise<Found>;
  resolve(question: TagQuestion): Promise<Resolved>;
  row(serNo: number, asOf?: Moment): Promise<Calibration>;
  rows(query: RowQuery): Promise<readonly Calibration[]>;
  tag(name: string, asOf?: Moment): Promise<Tag>;
  tags(asOf?: Moment): Promise<readonly Tag[]>;
  /**
   * Lines of a tag by calibType, flavor, axis, with the entries that touch the range, whole; lines without any are left
   * out.
   */
  lines(tag: string, range?: Interval, asOf?: Moment): Promise<readonly TagLine[]>;
  /** Bytes of a payload, checked against their hash. */
  payload(sha256: string): Promise<Uint8Array<ArrayBuffer>>;
  /** Gives back what it holds: files, connections. */
  dispose(): Promise<void>;
}
