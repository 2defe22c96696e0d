import { ConditionsError } from '../errors.ts';
import { changedRow, changedTag } from '../log/apply-change.ts';
import type { Change, ConditionsEvent } from '../log/conditions-event.ts';
import type { Calibration, Series } from '../model/calibration.ts';
import { intervalOf } from '../model/calibration.ts';
import { IntervalList } from '../model/interval-list.ts';
import { overlap } from '../model/position.ts';
import type { Tag } from '../model/tag.ts';
import { type Axis, later, type Moment } from '../model/validity.ts';
import type { Vocabularies } from '../model/vocabularies.ts';
import { compareText, isCandidate, matchRows, newestFirst } from './match-rows.ts';
import type {
  Decide,
  Head,
  MetadataStore,
  NeighbourQuestion,
  Neighbours,
  RowQuery,
  SeriesQuestion,
} from './metadata-store.ts';
import { Versions } from './versions.ts';
import { wallClock } from './wall-clock.ts';

/** A series at a moment. */
type SeriesAt = Series & { readonly axis: Axis; readonly asOf?: Moment | undefined };

/** The rows of one series on one axis. */
interface SeriesRows extends Series {
  readonly axis: Axis;
  readonly serNos: number[];
  /** As they are now, deprecated ones left out. */
  readonly now: IntervalList<Calibration>;
}

/**
 * Metadata in memory: for tests, for snapshots, for what need not last. Questions of now are answered by bisection, those of
 * the past by looking through the series.
 */
export class MemoryMetadataStore implements MetadataStore {
  readonly #clock: () => Moment;
  readonly #events: ConditionsEvent[] = [];
  /** By serNo - 1. */
  readonly #rows: Versions<Calibration>[] = [];
  readonly #series = new Map<string, SeriesRows>();
  readonly #tags = new Map<string, Versions<Tag>>();
  readonly #vocabularies = new Versions<Vocabularies>();
  readonly #byPayload = new Map<string, number[]>();
  readonly #listeners = new Set<() => void>();
  #last: Promise<unknown> = Promise.resolve();

  /** @param clock nanoseconds since the Unix epoch; may stand still or go back */
  constructor(clock: () => Moment = wallClock) {
    this.#clock = clock;
  }

  head(): Promise<Head> {
    return Promise.resolve(this.#head());
  }

  vocabularies(asOf?: Moment): Promise<Vocabularies> {
    return Promise.resolve(this.#vocabularies.at(asOf) ?? {});
  }

  async series(question: SeriesQuestion): Promise<readonly Calibration[]> {
    const { range, levels, completions, limit } = question;
    const passes = (row: Calibration) => isCandidate(row, levels, completions);
    if (limit === 1) {
      const newest = this.#listAt(question)?.newestTouching(range, passes);
      return newest ? [newest] : [];
    }
    return this.#touching(question, range).filter(passes).sort(newestFirst).slice(0, limit);
  }

  async neighbours(question: NeighbourQuestion): Promise<Neighbours> {
    const { position, levels, completions, newerThan, within } = question;
    const rows = this.#listAt(question);
    const passes = (row: Calibration) =>
      (newerThan === undefined || row.enterTime > newerThan) &&
      isCandidate(row, levels, completions);
    return {
      before: rows?.before(position, passes, within?.begin),
      after: rows?.after(position, passes, within?.end),
    };
  }

  async seriesList(
    asOf?: Moment,
  ): Promise<readonly (Series & { readonly axis: Axis; readonly rows: number })[]> {
    return [...this.#series.values()]
      .map(({ instrument, calibType, flavor, axis, serNos }) => {
        const isThere = (serNo: number) => this.#rows[serNo - 1]?.at(asOf) !== undefined;
        const rows = this.#isNow(asOf) ? serNos.length : serNos.filter(isThere).length;
        return { instrument, calibType, flavor, axis, rows };
      })
      .filter(({ rows }) => rows > 0)
      .sort(
        (a, b) =>
          compareText(a.instrument, b.instrument) ||
          compareText(a.calibType, b.calibType) ||
          compareText(a.flavor, b.flavor) ||
          compareText(a.axis, b.axis),
      );
  }

  async row(serNo: number, asOf?: Moment): Promise<Calibration | undefined> {
    return this.#rows[serNo - 1]?.at(asOf);
  }

  async rows(query: RowQuery): Promise<readonly Calibration[]> {
    return matchRows(present(this.#rows, query.asOf), query);
  }

  async withPayload(sha256: string): Promise<readonly Calibration[]> {
    const serNos = this.#byPayload.get(sha256) ?? [];
    return serNos.flatMap((serNo) => this.#rows[serNo - 1]?.at() ?? []);
  }

  async tag(name: string, asOf?: Moment): Promise<Tag | undefined> {
    return this.#tags.get(name)?.at(asOf);
  }

  async tags(asOf?: Moment): Promise<readonly Tag[]> {
    return [...present(this.#tags.values(), asOf)].sort((a, b) => compareText(a.name, b.name));
  }

  async events(after: number, limit: number): Promise<readonly ConditionsEvent[]> {
    return this.#events.slice(after, after + limit);
  }

  commit<T>(
    by: string,
    decide: Decide<T>,
  ): Promise<{ readonly events: readonly ConditionsEvent[]; readonly result: T }> {
    return this.#inTurn(async () => {
      const head = this.#head();
      const clock = this.#clock();
      const next = {
        at: later(clock, head.at + 1n),
        seq: head.seq + 1,
        serNo: this.#rows.length + 1,
      };
      const { changes, result } = await decide(this, next);
      const events = changes.map((change, i) => ({
        seq: next.seq + i,
        at: next.at + BigInt(i),
        by,
        change,
      }));
      this.#append(events);
      return { events, result };
    });
  }

  follow(events: readonly ConditionsEvent[]): Promise<void> {
    return this.#inTurn(async () => {
      let { seq, at } = this.#head();
      for (const event of events) {
        if (event.seq !== seq + 1 || event.at <= at) {
          throw new ConditionsError('conflict', {
            what: 'events that do not follow those that are there',
            given: `event ${event.seq}`,
            expected: `event ${seq + 1}, later than event ${seq}`,
          });
        }
        ({ seq, at } = event);
      }
      this.#append(events);
    });
  }

  async watch(listener: () => void): Promise<() => Promise<void>> {
    const own = () => listener();
    this.#listeners.add(own);
    return async () => {
      this.#listeners.delete(own);
    };
  }

  async close(): Promise<void> {
    await this.#last;
  }

  #head(): Head {
    const last = this.#events.at(-1);
    return { seq: last?.seq ?? 0, at: last?.at ?? 0n };
  }

  #isNow(asOf: Moment | undefined): boolean {
    return asOf === undefined || asOf >= this.#head().at;
  }

  #touching(question: SeriesQuestion, range: SeriesQuestion['range']): Calibration[] {
    if (this.#isNow(question.asOf)) return this.#seriesOf(question)?.now.touching(range) ?? [];
    return this.#past(question).filter((row) => overlap(intervalOf(row), range));
  }

  #listAt(question: SeriesAt): IntervalList<Calibration> | undefined {
    if (this.#isNow(question.asOf)) return this.#seriesOf(question)?.now;
    return new IntervalList(this.#past(question));
  }

  #past(question: SeriesAt): Calibration[] {
    const serNos = this.#seriesOf(question)?.serNos ?? [];
    return serNos.flatMap((serNo) => this.#rows[serNo - 1]?.at(question.asOf) ?? []);
  }

  #seriesOf(series: Series & { readonly axis: Axis }): SeriesRows | undefined {
    return this.#series.get(keyOf(series));
  }

  /** All or none: what can be refused is computed before anything is kept. */
  #append(events: readonly ConditionsEvent[]): void {
    const rows = new Map<number, Calibration>();
    const tags = new Map<string, Tag>();
    const keep: (() => void)[] = [];
    let serNo = this.#rows.length;
    for (const { change, at } of events) {
      if (change.kind === 'registered') {
        serNo = checkedSerNo(change.calibration.serNo, serNo + 1);
        rows.set(serNo, change.calibration);
        keep.push(() => this.#keepRow(change.calibration, at));
      } else if (change.kind === 'vocabulariesDeclared') {
        keep.push(() => this.#vocabularies.add(at, change.vocabularies));
      } else if ('tag' in change) {
        const tag = changedTag(
          tags.get(change.tag) ?? this.#tags.get(change.tag)?.at(),
          change,
          at,
        );
        tags.set(change.tag, tag);
        keep.push(() => this.#keepTag(tag, at));
      } else {
        const row = rows.get(change.serNo) ?? this.#rows[change.serNo - 1]?.at();
        const changed = changedRow(row ?? noRow(change), change, at);
        rows.set(change.serNo, changed);
        keep.push(() => this.#keepRow(changed, at));
      }
    }
    for (const step of keep) step();
    for (const event of events) this.#events.push(deepFreeze(event));
    if (events.length > 0) for (const listener of this.#listeners) queueMicrotask(listener);
  }

  #keepRow(row: Calibration, at: Moment): void {
    deepFreeze(row);
    const versions = this.#rows[row.serNo - 1];
    const series = this.#seriesOf(row) ?? this.#newSeries(row);
    if (versions) {
      versions.add(at, row);
    } else {
      this.#rows.push(new Versions(at, row));
      series.serNos.push(row.serNo);
      if (row.payload) push(this.#byPayload, row.payload.sha256, row.serNo);
    }
    if (row.deprecated === undefined) series.now.set(row);
    else series.now.delete(row);
  }

  #newSeries({ instrument, calibType, flavor, axis }: Calibration): SeriesRows {
    const now = new IntervalList<Calibration>();
    const series = { instrument, calibType, flavor, axis, serNos: [], now };
    this.#series.set(keyOf(series), series);
    return series;
  }

  #keepTag(tag: Tag, at: Moment): void {
    const versions = this.#tags.get(tag.name);
    if (versions) versions.add(at, tag);
    else this.#tags.set(tag.name, new Versions(at, tag));
  }

  /** One after the other, whether the one before failed or not. */
  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(task, task);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}

function* present<T>(all: Iterable<Versions<T>>, asOf: Moment | undefined): Generator<T> {
  for (const versions of all) {
    const version = versions.at(asOf);
    if (version !== undefined) yield version;
  }
}

/** What was given out is not changed by those who have it. */
function deepFreeze<T extends object>(value: T): T {
  for (const member of Object.values(value)) {
    if (typeof member === 'object' && member !== null && !Object.isFrozen(member)) {
      deepFreeze(member);
    }
  }
  return Object.freeze(value);
}

function keyOf({ instrument, calibType, flavor, axis }: Series & { readonly axis: Axis }): string {
  return JSON.stringify([instrument, calibType, flavor, axis]);
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

function checkedSerNo(given: number, expected: number): number {
  if (given === expected) return given;
  throw new ConditionsError('conflict', {
    what: 'a serial number out of order',
    given: `${given}`,
    expected: `${expected}`,
  });
}

function noRow({ serNo }: Extract<Change, { readonly serNo: number }>): never {
  throw new ConditionsError('absent', { what: `no calibration ${serNo}` });
}
