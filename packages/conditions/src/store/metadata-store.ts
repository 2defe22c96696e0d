import type { Change, ConditionsEvent } from '../log/conditions-event.ts';
import type { Calibration, ProcLevel, Series } from '../model/calibration.ts';
import type { Tag } from '../model/tag.ts';
import type { Axis, Interval, Moment, Position } from '../model/validity.ts';
import type { Vocabularies } from '../model/vocabularies.ts';

/** The last event that an answer knows of. Both are 0 in an empty store. */
export interface Head {
  readonly seq: number;
  readonly at: Moment;
}

/** Which rows of a series: all that touch `range`, as they were at `asOf`. */
export interface SeriesQuestion extends Series {
  readonly axis: Axis;
  readonly range: Interval;
  readonly levels: readonly ProcLevel[];
  /** Undefined: any but `abort`. */
  readonly completions?: readonly string[] | undefined;
  /** Undefined: now. */
  readonly asOf?: Moment | undefined;
  /** At most so many, the newest; undefined: all. */
  readonly limit?: number | undefined;
}

/** Which rows of a series are nearest to a position. */
export interface NeighbourQuestion extends Omit<SeriesQuestion, 'range' | 'limit'> {
  readonly position: Position;
  /** Only of those that were registered after this moment. */
  readonly newerThan?: Moment | undefined;
  /** An interval around the position: the one before ends after its begin, the one after begins before its end. */
  readonly within?: Interval | undefined;
}

/** What `find` asks: the order of the levels is that of preference. */
export interface AnswerQuestion extends Omit<SeriesQuestion, 'range' | 'limit'> {
  readonly position: Position;
}

/** A row and where it stays the answer. */
export interface Answer {
  readonly calibration: Calibration;
  readonly validity: Interval;
}

/** A row nearest to a position that has none: for errors and for the validity of an answer. */
export interface Neighbours {
  /** The latest end at or before the position. */
  readonly before?: Calibration | undefined;
  /** The earliest beginning after it. */
  readonly after?: Calibration | undefined;
}

/**
 * A comparison of a field; text with `*` for `like` (upper and lower case differ). Positions and moments are bigint, text is
 * compared by code points, a payload by its SHA-256. No test holds for a field that the row has not.
 */
export interface FieldTest {
  readonly field: keyof Calibration;
  readonly test: '=' | '!=' | '<' | '<=' | '>' | '>=' | 'like';
  readonly value: string | number | bigint;
}

/** A search of rows: all tests hold. */
export interface RowQuery {
  readonly tests: readonly FieldTest[];
  /** Default serNo. Rows that are equal in it stand by serNo, ascending; rows that have not the field come last. */
  readonly sort?: keyof Calibration | undefined;
  readonly descending?: boolean | undefined;
  readonly asOf?: Moment | undefined;
  /** At most 10,000; default 1,000. */
  readonly limit?: number | undefined;
  /** Rows to pass over. */
  readonly offset?: number | undefined;
}

/** What can be asked of a store. All answers for an `asOf` in the past are the same for ever. */
export interface MetadataReader {
  head(): Promise<Head>;
  vocabularies(asOf?: Moment): Promise<Vocabularies>;
  /** Rows of a series, deprecated ones left out, newest enterTime first (equal ones: highest serNo first). */
  series(question: SeriesQuestion): Promise<readonly Calibration[]>;
  neighbours(question: NeighbourQuestion): Promise<Neighbours>;
  /** For stores that have an index: the answer of `find`; undefined where it is not at hand, or there is none. */
  answer?(question: AnswerQuestion): Promise<Answer | undefined>;
  /** All series that have rows. */
  seriesList(
    asOf?: Moment,
  ): Promise<readonly (Series & { readonly axis: Axis; readonly rows: number })[]>;
  row(serNo: number, asOf?: Moment): Promise<Calibration | undefined>;
  rows(query: RowQuery): Promise<readonly Calibration[]>;
  /** Rows with this payload. */
  withPayload(sha256: string): Promise<readonly Calibration[]>;
  tag(name: string, asOf?: Moment): Promise<Tag | undefined>;
  tags(asOf?: Moment): Promise<readonly Tag[]>;
  /** Events after `seq`, in order, at most `limit`. */
  events(after: number, limit: number): Promise<readonly ConditionsEvent[]>;
}

/** What is given to {@link MetadataStore.commit}: what to append, decided by what is there at that moment. */
export type Decide<T> = (
  reader: MetadataReader,
  /** Time and number that the first change will have; the next serNo. */
  next: { readonly at: Moment; readonly seq: number; readonly serNo: number },
) => Promise<{ readonly changes: readonly Change[]; readonly result: T }>;

/**
 * Keeps the log of conditions and answers from it. Makers: in memory; PGlite and PostgreSQL. One test suite for all:
 * test/metadata-store-contract.ts.
 */
export interface MetadataStore extends MetadataReader {
  /**
   * Appends changes: one writer at a time, all or none, durable when it resolves. `decide` may be called again when
   * another writer came first.
   *
   * @throws ConditionsError `conflict` where the database itself refuses (an overlap that two writers made at once)
   */
  commit<T>(
    by: string,
    decide: Decide<T>,
  ): Promise<{ readonly events: readonly ConditionsEvent[]; readonly result: T }>;
  /** Appends events of another store as they are, for mirrors. */
  follow(events: readonly ConditionsEvent[]): Promise<void>;
  /**
   * Calls when the log has grown, by whichever process, once or more; also after what may have been missed. Look at
   * {@link MetadataReader.events} then.
   *
   * @returns what ends it
   */
  watch(listener: () => void): Promise<() => Promise<void>>;
  close(): Promise<void>;
}
