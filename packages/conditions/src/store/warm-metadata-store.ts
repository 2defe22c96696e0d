import { beats } from '../find/beats.ts';
import { LineBuilder } from '../index/line-builder.ts';
import type { LineIndex } from '../index/line-index.ts';
import { changedRow, changedTag } from '../log/apply-change.ts';
import type { ConditionsEvent } from '../log/conditions-event.ts';
import type { Calibration, Series } from '../model/calibration.ts';
import { IntervalList } from '../model/interval-list.ts';
import type { Tag } from '../model/tag.ts';
import type { Axis, Moment } from '../model/validity.ts';
import type { Vocabularies } from '../model/vocabularies.ts';
import { byPriority } from '../tags/by-priority.ts';
import { NodeCache } from '../tags/node-cache.ts';
import { compareText, isCandidate, newestFirst } from './match-rows.ts';
import type {
  Answer,
  AnswerQuestion,
  Decide,
  Head,
  MetadataStore,
  NeighbourQuestion,
  Neighbours,
  RowQuery,
  SeriesQuestion,
} from './metadata-store.ts';
import { RowTable } from './row-table.ts';
import { Versions } from './versions.ts';

/** A series in memory. */
interface WarmSeries {
  readonly serNos: number[];
  /** Goes up with each change: what was made of the rows before is of no use. */
  version: number;
  /** Questions since the last change. */
  questions: number;
}

const eventsAtOnce = 5_000;
const bytesPerListedRow = 200;
/** A series that changes more often than it is asked is not indexed at each change. */
const questionsBeforeIndex = 4;

/**
 * A store that is asked a thousand times more often than it changes: it follows the log of another one, keeps what rows and
 * tags are now in memory, and answers from there; the past, searches and all writing are the other one's. What others write
 * arrives when their store tells of it; what is written here is here at once. [WRM1] [WRM2]
 */
export class WarmMetadataStore implements MetadataStore {
  readonly #inner: MetadataStore;
  readonly #rows = new RowTable();
  readonly #series = new Map<string, WarmSeries>();
  readonly #tags = new Map<string, Versions<Tag>>();
  readonly #vocabularies = new Versions<Vocabularies>();
  readonly #indexes: NodeCache<LineIndex>;
  readonly #lists: NodeCache<IntervalList<Calibration>>;
  #head: Head = { seq: 0, at: 0n };
  #catchingUp: Promise<void> = Promise.resolve();
  #stop: () => Promise<void> = () => Promise.resolve();
  /** Whether the other store could not be asked: what is here may be old then, and is not told. */
  #isBehind = false;

  private constructor(inner: MetadataStore, cacheBytes: number) {
    this.#inner = inner;
    this.#indexes = new NodeCache(cacheBytes);
    this.#lists = new NodeCache(cacheBytes);
  }

  /**
   * Reads the whole log of a store and follows it from there. Closing it closes the store too.
   *
   * @param cacheBytes how much of indexes, and of lists of rows, is kept; default 256 MiB each
   */
  static async open(
    inner: MetadataStore,
    cacheBytes: number = 2 ** 28,
  ): Promise<WarmMetadataStore> {
    const store = new WarmMetadataStore(inner, cacheBytes);
    store.#stop = await inner.watch(() => void store.#catchUp().catch(() => undefined));
    await store.#catchUp();
    return store;
  }

  /** @throws ConditionsError `unavailable` where the other store does not answer: its news would be missed */
  async head(): Promise<Head> {
    if (this.#isBehind) await this.#catchUp();
    return this.#head;
  }

  async vocabularies(asOf?: Moment): Promise<Vocabularies> {
    return this.#vocabularies.at(asOf) ?? {};
  }

  async answer(question: AnswerQuestion): Promise<Answer | undefined> {
    if (!this.#isNow(question.asOf)) return undefined;
    const series = this.#series.get(keyOf(question));
    if (!series || series.questions++ < questionsBeforeIndex) return undefined;
    const index = await this.#indexOf(series, question);
    const cell = index.cellAt(question.position);
    const calibration = this.#rows.get(index.serNo(cell));
    return calibration && { calibration, validity: index.interval(cell) };
  }

  async series(question: SeriesQuestion): Promise<readonly Calibration[]> {
    const { levels, completions, range, limit, asOf } = question;
    if (!this.#isNow(asOf)) return this.#inner.series(question);
    const passes = (row: Calibration) => isCandidate(row, levels, completions);
    const list = await this.#listOf(question);
    if (limit === 1) {
      const newest = list?.newestTouching(range, passes);
      return newest ? [newest] : [];
    }
    const found = list?.touching(range).filter(passes) ?? [];
    return found.sort(newestFirst).slice(0, limit);
  }

  async neighbours(question: NeighbourQuestion): Promise<Neighbours> {
    const { position, levels, completions, newerThan, within, asOf } = question;
    if (!this.#isNow(asOf)) return this.#inner.neighbours(question);
    const list = await this.#listOf(question);
    const passes = (row: Calibration) =>
      (newerThan === undefined || row.enterTime > newerThan) &&
      isCandidate(row, levels, completions);
    return {
      before: list?.before(position, passes, within?.begin),
      after: list?.after(position, passes, within?.end),
    };
  }

  seriesList(
    asOf?: Moment,
  ): Promise<readonly (Series & { readonly axis: Axis; readonly rows: number })[]> {
    return this.#inner.seriesList(asOf);
  }

  async row(serNo: number, asOf?: Moment): Promise<Calibration | undefined> {
    const changed = this.#rows.changed(serNo);
    const isKnown =
      changed === undefined ? this.#isNow(asOf) : asOf === undefined || asOf >= changed;
    return isKnown ? this.#rows.get(serNo) : this.#inner.row(serNo, asOf);
  }

  rows(query: RowQuery): Promise<readonly Calibration[]> {
    return this.#inner.rows(query);
  }

  withPayload(sha256: string): Promise<readonly Calibration[]> {
    return this.#inner.withPayload(sha256);
  }

  async tag(name: string, asOf?: Moment): Promise<Tag | undefined> {
    if (this.#isBehind) await this.#catchUp();
    return this.#tags.get(name)?.at(asOf);
  }

  async tags(asOf?: Moment): Promise<readonly Tag[]> {
    const tags = [...this.#tags.values()].flatMap((versions) => versions.at(asOf) ?? []);
    return tags.sort((a, b) => compareText(a.name, b.name));
  }

  events(after: number, limit: number): Promise<readonly ConditionsEvent[]> {
    return this.#inner.events(after, limit);
  }

  async commit<T>(
    by: string,
    decide: Decide<T>,
  ): Promise<{ readonly events: readonly ConditionsEvent[]; readonly result: T }> {
    const done = await this.#inner.commit(by, decide);
    await this.#catchUp();
    return done;
  }

  async follow(events: readonly ConditionsEvent[]): Promise<void> {
    await this.#inner.follow(events);
    await this.#catchUp();
  }

  watch(listener: () => void): Promise<() => Promise<void>> {
    return this.#inner.watch(() => {
      this.#catchUp().then(listener, listener);
    });
  }

  async close(): Promise<void> {
    await this.#stop();
    await this.#catchingUp;
    await this.#inner.close();
  }

  #isNow(asOf: Moment | undefined): boolean {
    return asOf === undefined || asOf >= this.#head.at;
  }

  /** Takes in what the log has more: one after the other, each looks again. */
  #catchUp(): Promise<void> {
    const next = async () => {
      for (;;) {
        const events = await this.#inner.events(this.#head.seq, eventsAtOnce);
        for (const event of events) this.#apply(event);
        if (events.length < eventsAtOnce) break;
      }
      this.#isBehind = false;
    };
    const done = this.#catchingUp.then(next);
    this.#catchingUp = done.catch(() => {
      this.#isBehind = true;
    });
    return done;
  }

  #apply({ seq, at, change }: ConditionsEvent): void {
    if (change.kind === 'registered') {
      this.#rows.add(change.calibration, at);
      this.#touch(change.calibration).serNos.push(change.calibration.serNo);
    } else if (change.kind === 'vocabulariesDeclared') {
      this.#vocabularies.add(at, change.vocabularies);
    } else if ('tag' in change) {
      const versions = this.#tags.get(change.tag) ?? new Versions<Tag>();
      versions.add(at, changedTag(versions.at(), change, at));
      this.#tags.set(change.tag, versions);
    } else {
      const row = this.#rows.get(change.serNo);
      if (row) {
        this.#rows.change(changedRow(row, change, at), at);
        this.#touch(row);
      }
    }
    this.#head = { seq, at };
  }

  #touch(row: Series & { readonly axis: Axis }): WarmSeries {
    const key = keyOf(row);
    const series = this.#series.get(key) ?? { serNos: [], version: 0, questions: 0 };
    this.#series.set(key, series);
    series.version++;
    series.questions = 0;
    return series;
  }

  /** What is found at each position, for one order of levels. */
  #indexOf(series: WarmSeries, question: AnswerQuestion): Promise<LineIndex> {
    const { levels, completions } = question;
    const key = JSON.stringify([keyOf(question), series.version, levels, completions]);
    return this.#indexes.get(key, async () => {
      const rows = this.#rowsOf(series).filter((row) => isCandidate(row, levels, completions));
      const best = rows.sort((a, b) => (beats(a, b, levels) ? -1 : 1));
      const builder = new LineBuilder();
      const items = best.map(({ vstart: begin, vend: end, serNo }) => ({ begin, end, serNo }));
      for (const { begin, end, item } of byPriority(items)) {
        builder.add({ begin, end, serNo: item.serNo, payload: '' });
      }
      const value = builder.build();
      return { value, bytes: value.bytes };
    });
  }

  async #listOf(
    question: Series & { readonly axis: Axis },
  ): Promise<IntervalList<Calibration> | undefined> {
    const series = this.#series.get(keyOf(question));
    if (!series) return undefined;
    return this.#lists.get(`${series.version} ${keyOf(question)}`, async () => {
      const rows = this.#rowsOf(series).filter((row) => row.deprecated === undefined);
      return { value: new IntervalList(rows), bytes: bytesPerListedRow * rows.length };
    });
  }

  #rowsOf({ serNos }: WarmSeries): Calibration[] {
    return serNos.map((serNo) => this.#rows.get(serNo)!);
  }
}

function keyOf({ instrument, calibType, flavor, axis }: Series & { readonly axis: Axis }): string {
  return JSON.stringify([instrument, calibType, flavor, axis]);
}
