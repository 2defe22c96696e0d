import { type Selectable, type SqlBool, sql, type Transaction } from 'kysely';
import { ConditionsError } from '../../errors.ts';
import { changedRow, changedTag } from '../../log/apply-change.ts';
import type { Change, ConditionsEvent } from '../../log/conditions-event.ts';
import type { Calibration } from '../../model/calibration.ts';
import type { Tag } from '../../model/tag.ts';
import { forever, type Moment } from '../../model/validity.ts';
import type { Vocabularies } from '../../model/vocabularies.ts';
import { rulesFor } from '../../rules/type-rules.ts';
import { foreverSql } from './migrations.ts';
import { calibrationColumns, calibrationOf, recordOf, tagOf } from './records.ts';
import { SqlReader } from './sql-reader.ts';
import type { ConditionsTables, TagTable } from './tables.ts';
import { endVersions, insertEvents, insertRows, insertTags, seriesIds } from './write-versions.ts';

/** A thing from one moment to another. */
interface Version<T> {
  readonly value: T;
  readonly since: Moment;
  readonly until: Moment;
}

/** The versions that events make of things that have a key. */
class Versioned<K, T> {
  /** Those that are now in the database, as far as they were asked for. */
  readonly stored: Map<K, T>;
  /** Of those in the database that are no more: when they ended. */
  readonly ended = new Map<K, Moment>();
  readonly made: Version<T>[] = [];
  readonly #open = new Map<K, { readonly value: T; readonly since: Moment }>();

  constructor(stored: Map<K, T>) {
    this.stored = stored;
  }

  now(key: K): T | undefined {
    return this.#open.get(key)?.value ?? this.stored.get(key);
  }

  set(key: K, value: T, at: Moment): void {
    const open = this.#open.get(key);
    if (open) this.made.push({ ...open, until: at });
    else if (this.stored.has(key)) this.ended.set(key, at);
    this.#open.set(key, { value, since: at });
  }

  /** All that are to be written. */
  all(): Version<T>[] {
    return [
      ...this.made,
      ...Array.from(this.#open.values(), (open) => ({ ...open, until: forever })),
    ];
  }
}

/** A row, and whether it must not overlap others in production. */
interface GuardedRow {
  readonly row: Calibration;
  readonly exclusive: boolean;
}

/**
 * Writes events to the log, and what they make of rows and tags: in few statements, however many events there are.
 *
 * @param events that follow those in the log
 * @throws ConditionsError `conflict` or `absent` for an event that cannot happen
 */
export async function appendEvents(
  db: Transaction<ConditionsTables>,
  events: readonly ConditionsEvent[],
): Promise<void> {
  if (events.length === 0) return;
  const changes = events.map(({ change }) => change);
  const rows = new Versioned(await storedRows(db, changes));
  const tags = new Versioned(await storedTags(db, changes));
  let serNo = await lastSerNo(db);
  let vocabularies: Vocabularies = await new SqlReader(db).vocabularies();
  for (const { change, at } of events) {
    if (change.kind === 'registered') {
      const row = change.calibration;
      serNo = nextSerNo(row.serNo, serNo + 1);
      const exclusive = rulesFor(vocabularies, row.calibType).overlap !== 'newest';
      rows.set(serNo, { row, exclusive }, at);
    } else if (change.kind === 'vocabulariesDeclared') {
      ({ vocabularies } = change);
    } else if ('tag' in change) {
      tags.set(change.tag, changedTag(tags.now(change.tag), change, at), at);
    } else {
      const old = rows.now(change.serNo) ?? noRow(change.serNo);
      const becomesProduction = change.kind === 'levelled' && change.level === 'production';
      const exclusive = becomesProduction
        ? rulesFor(vocabularies, old.row.calibType).overlap !== 'newest'
        : old.exclusive;
      rows.set(change.serNo, { row: changedRow(old.row, change, at), exclusive }, at);
    }
  }
  await insertEvents(db, events);
  await endVersions(db, 'calibration', rows.ended);
  await endVersions(db, 'tag', tags.ended);
  const ids = await seriesIds(
    db,
    rows.all().map(({ value }) => value.row),
  );
  await insertRows(
    db,
    rows.all().map(({ value: { row, exclusive }, since, until }) => ({
      ...recordOf(row),
      since,
      until,
      series_id: ids(row),
      exclusive,
    })),
  );
  await insertTags(
    db,
    tags.all().map(({ value, since, until }) => ({ value, since, until })),
  );
}

async function storedRows(
  db: Transaction<ConditionsTables>,
  changes: readonly Change[],
): Promise<Map<number, GuardedRow>> {
  const serNos = new Set(changes.flatMap((change) => ('serNo' in change ? [change.serNo] : [])));
  if (serNos.size === 0) return new Map();
  const records = await db
    .selectFrom('calibration')
    .innerJoin('series', 'series.id', 'calibration.series_id')
    .select([...calibrationColumns, 'exclusive'])
    .where(sql<SqlBool>`ser_no = any(${`{${[...serNos].join(',')}}`}::text::int8[])`)
    .where('until', '=', foreverSql)
    .execute();
  return new Map(
    records.map((record) => {
      const row = calibrationOf(record);
      return [row.serNo, { row, exclusive: record.exclusive }];
    }),
  );
}

async function storedTags(
  db: Transaction<ConditionsTables>,
  changes: readonly Change[],
): Promise<Map<string, Tag>> {
  const names = new Set(changes.flatMap((change) => ('tag' in change ? [change.tag] : [])));
  if (names.size === 0) return new Map();
  const records: Selectable<TagTable>[] = await db
    .selectFrom('tag')
    .selectAll()
    .where('name', 'in', [...names])
    .where('until', '=', foreverSql)
    .execute();
  return new Map(records.map((record) => [record.name, tagOf(record)]));
}

/** The largest serial number, 0 where there is none. */
export async function lastSerNo(db: Transaction<ConditionsTables>): Promise<number> {
  const last = await db
    .selectFrom('calibration')
    .select('ser_no')
    .orderBy('ser_no', 'desc')
    .limit(1)
    .executeTakeFirst();
  return Number(last?.ser_no ?? 0n);
}

function nextSerNo(given: number, expected: number): number {
  if (given === expected) return given;
  throw new ConditionsError('conflict', {
    what: 'a serial number out of order',
    given: `${given}`,
    expected: `${expected}`,
  });
}

function noRow(serNo: number): never {
  throw new ConditionsError('absent', { what: `no calibration ${serNo}` });
}
