import { sql, type Transaction } from 'kysely';
import { ConditionsError } from '../../errors.ts';
import type { ConditionsEvent } from '../../log/conditions-event.ts';
import type { Calibration, Series } from '../../model/calibration.ts';
import type { Tag } from '../../model/tag.ts';
import { type Axis, later, type Moment } from '../../model/validity.ts';
import type { Vocabularies } from '../../model/vocabularies.ts';
import type {
  Decide,
  Head,
  MetadataStore,
  NeighbourQuestion,
  Neighbours,
  RowQuery,
  SeriesQuestion,
} from '../../store/metadata-store.ts';
import { wallClock } from '../../store/wall-clock.ts';
import { appendEvents, lastSerNo } from './append-events.ts';
import type { Database, Stop } from './database.ts';
import { conditionsErrorOf } from './database-error.ts';
import { SqlReader } from './sql-reader.ts';
import type { ConditionsTables } from './tables.ts';

/** Where the growth of the log is announced: in each schema by its own name. */
const channelSql = sql<string>`'lantern_conditions_' || md5(current_schema())`;

/**
 * Metadata in SQL: the same on PGlite and on PostgreSQL. Writers hold an advisory lock of the database while they decide and
 * write, in one transaction; should one come past that, constraints refuse it.
 */
export class SqlMetadataStore implements MetadataStore {
  readonly #database: Database;
  readonly #clock: () => Moment;
  readonly #reader: SqlReader;
  readonly #stops = new Set<Stop>();

  /** @param clock nanoseconds since the Unix epoch; may stand still or go back */
  constructor(database: Database, clock: () => Moment = wallClock) {
    this.#database = database;
    this.#clock = clock;
    this.#reader = new SqlReader(database.kysely);
  }

  head(): Promise<Head> {
    return this.#asking(() => this.#reader.head());
  }

  vocabularies(asOf?: Moment): Promise<Vocabularies> {
    return this.#asking(() => this.#reader.vocabularies(asOf));
  }

  series(question: SeriesQuestion): Promise<readonly Calibration[]> {
    return this.#asking(() => this.#reader.series(question));
  }

  neighbours(question: NeighbourQuestion): Promise<Neighbours> {
    return this.#asking(() => this.#reader.neighbours(question));
  }

  seriesList(
    asOf?: Moment,
  ): Promise<readonly (Series & { readonly axis: Axis; readonly rows: number })[]> {
    return this.#asking(() => this.#reader.seriesList(asOf));
  }

  row(serNo: number, asOf?: Moment): Promise<Calibration | undefined> {
    return this.#asking(() => this.#reader.row(serNo, asOf));
  }

  rows(query: RowQuery): Promise<readonly Calibration[]> {
    return this.#asking(() => this.#reader.rows(query));
  }

  withPayload(sha256: string): Promise<readonly Calibration[]> {
    return this.#asking(() => this.#reader.withPayload(sha256));
  }

  tag(name: string, asOf?: Moment): Promise<Tag | undefined> {
    return this.#asking(() => this.#reader.tag(name, asOf));
  }

  tags(asOf?: Moment): Promise<readonly Tag[]> {
    return this.#asking(() => this.#reader.tags(asOf));
  }

  events(after: number, limit: number): Promise<readonly ConditionsEvent[]> {
    return this.#asking(() => this.#reader.events(after, limit));
  }

  async commit<T>(
    by: string,
    decide: Decide<T>,
  ): Promise<{ readonly events: readonly ConditionsEvent[]; readonly result: T }> {
    let refusal: unknown;
    try {
      return await this.#writing(async (db) => {
        const reader = new SqlReader(db);
        const head = await reader.head();
        const next = {
          at: later(this.#clock(), head.at + 1n),
          seq: head.seq + 1,
          serNo: (await lastSerNo(db)) + 1,
        };
        const { changes, result } = await decide(reader, next).catch((error: unknown) => {
          refusal = error;
          throw error;
        });
        const events = changes.map((change, i) => ({
          seq: next.seq + i,
          at: next.at + BigInt(i),
          by,
          change,
        }));
        await append(db, events);
        return { events, result };
      });
    } catch (error) {
      throw error === refusal ? error : this.#errorOf(error);
    }
  }

  follow(events: readonly ConditionsEvent[]): Promise<void> {
    return this.#asking(() =>
      this.#writing(async (db) => {
        let { seq, at } = await new SqlReader(db).head();
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
        await append(db, events);
      }),
    );
  }

  async watch(listener: () => void): Promise<Stop> {
    return this.#asking(async () => {
      const { rows } = await sql<{
        readonly channel: string;
      }>`select ${channelSql} as channel`.execute(this.#database.kysely);
      const stop = await this.#database.listen(rows[0]!.channel, () => listener());
      const stopOnce = async (): Promise<void> => {
        if (this.#stops.delete(stopOnce)) await stop();
      };
      this.#stops.add(stopOnce);
      return stopOnce;
    });
  }

  async close(): Promise<void> {
    for (const stop of this.#stops) await stop();
    await this.#database.close();
  }

  /** One writer at a time, in all processes. */
  #writing<T>(task: (db: Transaction<ConditionsTables>) => Promise<T>): Promise<T> {
    return this.#database.kysely.transaction().execute(async (db) => {
      await sql`select pg_advisory_xact_lock(hashtextextended(${channelSql}, 0))`.execute(db);
      return task(db);
    });
  }

  async #asking<T>(task: () => Promise<T>): Promise<T> {
    try {
      return await task();
    } catch (error) {
      throw this.#errorOf(error);
    }
  }

  #errorOf(error: unknown): unknown {
    return conditionsErrorOf(error, `conditions database ${this.#database.name}`);
  }
}

async function append(
  db: Transaction<ConditionsTables>,
  events: readonly ConditionsEvent[],
): Promise<void> {
  if (events.length === 0) return;
  await appendEvents(db, events);
  await sql`select pg_notify(${channelSql}, ${`${events.at(-1)?.seq}`})`.execute(db);
}
