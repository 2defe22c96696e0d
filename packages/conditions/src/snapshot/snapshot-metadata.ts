import { ConditionsError } from '../errors.ts';
import { changedRow, changedTag } from '../log/apply-change.ts';
import type { ConditionsEvent } from '../log/conditions-event.ts';
import { type Calibration, describeSeries, type Series } from '../model/calibration.ts';
import { IntervalList } from '../model/interval-list.ts';
import { formatInterval } from '../model/position.ts';
import type { Tag } from '../model/tag.ts';
import { formatMoment } from '../model/time.ts';
import type { Axis, Interval, Moment } from '../model/validity.ts';
import type { Vocabularies } from '../model/vocabularies.ts';
import { compareText, isCandidate, matchRows, newestFirst } from '../store/match-rows.ts';
import type {
  Head,
  MetadataStore,
  NeighbourQuestion,
  Neighbours,
  RowQuery,
  SeriesQuestion,
} from '../store/metadata-store.ts';
import { Versions } from '../store/versions.ts';
import { NodeCache } from '../tags/node-cache.ts';
import { serNoOf } from './log-blocks.ts';
import type { AxisRange } from './select-rows.ts';

/** What a search looks at before it reads a row. */
export interface SearchRow
  extends Pick<
    Calibration,
    'serNo' | 'vstart' | 'vend' | 'procLevel' | 'completion' | 'enterTime'
  > {
  readonly deprecated?: string | undefined;
}

/** A series of a snapshot. */
export interface SnapshotSeries extends Series {
  readonly axis: Axis;
  readonly rows: number;
  /** Every row that touches this is there; undefined: every row. */
  readonly covers: Interval | undefined;
  /** By vstart, then serial number. */
  read(): Promise<readonly SearchRow[]>;
}

/** What a snapshot is made of, in whatever form: a file, a folder. */
export interface SnapshotParts {
  /** Of the file or folder. */
  readonly name: string;
  readonly seq: number;
  readonly asOf: Moment;
  /** Whether every event of the log is there. */
  readonly isWhole: boolean;
  /** Whether every series is there that the store had. */
  readonly hasAllSeries: boolean;
  readonly range: AxisRange | undefined;
  readonly series: readonly SnapshotSeries[];
  readonly tagEvents: readonly ConditionsEvent[];
  readonly vocabularyEvents: readonly ConditionsEvent[];
  /** The events that are there, in order, after one. */
  log(after: number): AsyncIterable<ConditionsEvent>;
  /** Those of a row, in order; none for a row that is not there. */
  eventsOf(serNo: number): Promise<readonly ConditionsEvent[]>;
  close(): Promise<void>;
}

const bytesPerSearchRow = 120;
const cacheBytes = 2 ** 28;

/**
 * The metadata of a snapshot: rows, tags and history as the store had them that it is from, up to its moment. What it does
 * not hold it refuses to answer, rather than to answer without it. [SNP2] [SNP3]
 */
export class SnapshotMetadata implements MetadataStore {
  readonly #parts: SnapshotParts;
  readonly #series: ReadonlyMap<string, SnapshotSeries>;
  readonly #tags = new Map<string, Versions<Tag>>();
  readonly #vocabularies = new Versions<Vocabularies>();
  readonly #lists: NodeCache<IntervalList<SearchRow>> = new NodeCache(cacheBytes);

  /** @throws ConditionsError `conflict` or `absent` for events of tags that do not follow from each other */
  constructor(parts: SnapshotParts) {
    this.#parts = parts;
    this.#series = new Map(parts.series.map((series) => [keyOf(series), series]));
    for (const { at, change } of parts.tagEvents) {
      if (!('tag' in change)) continue;
      const versions = this.#tags.get(change.tag) ?? new Versions<Tag>();
      versions.add(at, changedTag(versions.at(), change, at));
      this.#tags.set(change.tag, versions);
    }
    for (const { at, change } of parts.vocabularyEvents) {
      if (change.kind === 'vocabulariesDeclared') this.#vocabularies.add(at, change.vocabularies);
    }
  }

  async head(): Promise<Head> {
    return { seq: this.#parts.seq, at: this.#parts.asOf };
  }

  async vocabularies(asOf?: Moment): Promise<Vocabularies> {
    return this.#vocabularies.at(asOf) ?? {};
  }

  async series(question: SeriesQuestion): Promise<readonly Calibration[]> {
    const { levels, completions, range, limit, asOf } = question;
    const list = await this.#listAt(question, range);
    const passes = (row: SearchRow) => isCandidate(row, levels, completions);
    const newest = limit === 1 ? list?.newestTouching(range, passes) : undefined;
    const found = limit === 1 ? (newest ? [newest] : []) : list?.touching(range).filter(passes);
    const rows = await this.#rows(
      (found ?? []).map(({ serNo }) => serNo),
      asOf,
    );
    return rows.sort(newestFirst).slice(0, limit);
  }

  async neighbours(question: NeighbourQuestion): Promise<Neighbours> {
    const { levels, completions, position, newerThan, within, asOf } = question;
    const list = await this.#listAt(question, { begin: position, end: position + 1n });
    const passes = (row: SearchRow) =>
      (newerThan === undefined || row.enterTime > newerThan) &&
      isCandidate(row, levels, completions);
    const before = list?.before(position, passes, within?.begin);
    const after = list?.after(position, passes, within?.end);
    return {
      before: before && (await this.row(before.serNo, asOf)),
      after: after && (await this.row(after.serNo, asOf)),
    };
  }

  async seriesList(
    asOf?: Moment,
  ): Promise<readonly (Series & { readonly axis: Axis; readonly rows: number })[]> {
    const list = [];
    for (const series of this.#parts.series) {
      const { instrument, calibType, flavor, axis } = series;
      const rows = this.#isNow(asOf) ? series.rows : (await this.#past(series, asOf)).length;
      if (rows > 0) list.push({ instrument, calibType, flavor, axis, rows });
    }
    return list.sort(
      (a, b) =>
        compareText(a.instrument, b.instrument) ||
        compareText(a.calibType, b.calibType) ||
        compareText(a.flavor, b.flavor) ||
        compareText(a.axis, b.axis),
    );
  }

  async row(serNo: number, asOf?: Moment): Promise<Calibration | undefined> {
    const events = await this.#parts.eventsOf(serNo);
    if (events.length === 0 && !this.#parts.isWhole) {
      throw new ConditionsError('absent', {
        what: `the snapshot does not hold calibration ${serNo}`,
        where: this.#parts.name,
        hint: 'it holds those that its tags and its range need',
      });
    }
    let row: Calibration | undefined;
    for (const event of events) {
      if (asOf === undefined || event.at <= asOf) row = changed(row, event);
    }
    return row;
  }

  async rows(query: RowQuery): Promise<readonly Calibration[]> {
    const rows = new Map<number, Calibration>();
    for await (const event of this.#parts.log(0)) {
      const serNo = serNoOf(event);
      if (serNo === undefined || (query.asOf !== undefined && event.at > query.asOf)) continue;
      const row = changed(rows.get(serNo), event);
      if (row) rows.set(serNo, row);
    }
    return matchRows(rows.values(), query);
  }

  withPayload(sha256: string): Promise<readonly Calibration[]> {
    return this.rows({ tests: [{ field: 'payload', test: '=', value: sha256 }], limit: 10_000 });
  }

  async tag(name: string, asOf?: Moment): Promise<Tag | undefined> {
    return this.#tags.get(name)?.at(asOf);
  }

  async tags(asOf?: Moment): Promise<readonly Tag[]> {
    const tags = [...this.#tags.values()].flatMap((versions) => versions.at(asOf) ?? []);
    return tags.sort((a, b) => compareText(a.name, b.name));
  }

  async events(after: number, limit: number): Promise<readonly ConditionsEvent[]> {
    if (!this.#parts.isWhole) {
      throw new ConditionsError('absent', {
        what: 'a snapshot of a part does not have the whole log',
        where: this.#parts.name,
      });
    }
    const events: ConditionsEvent[] = [];
    for await (const event of this.#parts.log(after)) {
      if (events.length >= limit) break;
      events.push(event);
    }
    return events;
  }

  /** @throws ConditionsError `forbidden` */
  commit(): Promise<never> {
    return this.follow();
  }

  /** @throws ConditionsError `forbidden` */
  async follow(): Promise<never> {
    throw new ConditionsError('forbidden', {
      what: 'a snapshot is not changed',
      where: this.#parts.name,
      hint: 'make a new one from the store that it is from',
    });
  }

  /** Nothing ever happens. */
  async watch(): Promise<() => Promise<void>> {
    return () => Promise.resolve();
  }

  close(): Promise<void> {
    return this.#parts.close();
  }

  #isNow(asOf: Moment | undefined): boolean {
    return asOf === undefined || asOf >= this.#parts.asOf;
  }

  /** Undefined where the store itself has no such series. */
  #seriesOf(
    question: Series & { readonly axis: Axis; readonly asOf?: Moment | undefined },
    range: Interval,
  ): SnapshotSeries | undefined {
    const series = this.#series.get(keyOf(question));
    const { name, hasAllSeries, range: its } = this.#parts;
    if (!series) {
      if (hasAllSeries) return undefined;
      throw new ConditionsError('absent', {
        what: 'the snapshot does not hold this series',
        where: `${name}, ${describeSeries(question)}`,
        hint: 'it holds those of its tags',
      });
    }
    const { covers } = series;
    if (!covers) return series;
    const isInside = range.begin >= covers.begin && range.end <= covers.end;
    const touches = its !== undefined && range.begin < its.end && range.end > its.begin;
    if (!isInside || !touches) throw this.#outside(question, range);
    if (this.#isNow(question.asOf)) return series;
    throw new ConditionsError('absent', {
      what: 'a snapshot of a range knows its own moment only',
      where: `${name}, ${describeSeries(question)}`,
      given: formatMoment(question.asOf ?? 0n),
      expected: formatMoment(this.#parts.asOf),
      hint: 'ask a snapshot that has no range, or a server',
    });
  }

  #outside(question: Series & { readonly axis: Axis }, range: Interval): ConditionsError {
    return new ConditionsError('absent', {
      what: 'outside of the range of the snapshot',
      where: `${this.#parts.name}, ${describeSeries(question)}`,
      given: formatInterval(range, question.axis),
      expected: this.#parts.range && formatInterval(this.#parts.range, question.axis),
    });
  }

  /** Deprecated rows left out; undefined where the store itself has no such series. */
  async #listAt(
    question: Series & { readonly axis: Axis; readonly asOf?: Moment | undefined },
    range: Interval,
  ): Promise<IntervalList<SearchRow> | undefined> {
    const series = this.#seriesOf(question, range);
    if (!series) return undefined;
    if (!this.#isNow(question.asOf)) {
      const rows = await this.#past(series, question.asOf);
      return new IntervalList<SearchRow>(rows.filter((row) => row.deprecated === undefined));
    }
    return this.#lists.get(keyOf(series), async () => {
      const rows = (await series.read()).filter((row) => row.deprecated === undefined);
      return { value: new IntervalList<SearchRow>(rows), bytes: bytesPerSearchRow * rows.length };
    });
  }

  async #past(series: SnapshotSeries, asOf: Moment | undefined): Promise<Calibration[]> {
    const serNos = (await series.read()).map(({ serNo }) => serNo);
    return this.#rows(serNos, asOf);
  }

  async #rows(serNos: readonly number[], asOf?: Moment): Promise<Calibration[]> {
    const rows: Calibration[] = [];
    for (const serNo of serNos) {
      const row = await this.row(serNo, asOf);
      if (row) rows.push(row);
      else if (asOf === undefined) {
        throw new ConditionsError('corrupt', {
          what: `calibration ${serNo} is in a series, but not in the log`,
          where: this.#parts.name,
        });
      }
    }
    return rows;
  }
}

function changed(
  row: Calibration | undefined,
  { at, change }: ConditionsEvent,
): Calibration | undefined {
  if (change.kind === 'registered') return change.calibration;
  return row && 'serNo' in change ? changedRow(row, change, at) : row;
}

function keyOf({ instrument, calibType, flavor, axis }: Series & { readonly axis: Axis }): string {
  return JSON.stringify([instrument, calibType, flavor, axis]);
}
