import { type Insertable, type Selectable, sql, type Transaction } from 'kysely';
import type { ConditionsEvent } from '../../log/conditions-event.ts';
import type { Series } from '../../model/calibration.ts';
import type { Tag } from '../../model/tag.ts';
import type { Axis, Moment } from '../../model/validity.ts';
import { changeToJson } from './change-json.ts';
import { foreverSql } from './migrations.ts';
import type { CalibrationTable, ConditionsTables, SeriesTable, TagTable } from './tables.ts';

/**
 * Rows go to the database as one JSON document for a statement: any number of them, without the 65,535 parameters that the
 * protocol has.
 */
const rowsPerStatement = 2_000;

type ColumnTypes<T> = Readonly<Record<keyof T & string, string>>;

const eventTypes = { seq: 'int8', at: 'int8', by: 'text', kind: 'text', change: 'jsonb' } as const;

const seriesTypes: ColumnTypes<Omit<SeriesTable, 'id'>> = {
  instrument: 'text',
  calib_type: 'text',
  flavor: 'text',
  axis: 'text',
};

const calibrationTypes: ColumnTypes<CalibrationTable> = {
  ser_no: 'int8',
  since: 'int8',
  until: 'int8',
  series_id: 'int4',
  vstart: 'int8',
  vend: 'int8',
  completion: 'text',
  proc_level: 'text',
  prod_start: 'int8',
  prod_end: 'int8',
  locale: 'text',
  enter_time: 'int8',
  creator: 'text',
  uid: 'text',
  input_desc: 'text',
  notes: 'text',
  data_ident: 'text',
  data_fmt: 'text',
  fmt_version: 'text',
  payload_sha256: 'text',
  payload_size: 'int8',
  deprecated: 'text',
  exclusive: 'boolean',
};

const tagTypes: ColumnTypes<TagTable> = {
  name: 'text',
  since: 'int8',
  until: 'int8',
  instrument: 'text',
  description: 'text',
  state: 'text',
  root: 'text',
  rule: 'jsonb',
  origin: 'text',
  created: 'int8',
  changed: 'int8',
};

/** Appends to the log. */
export async function insertEvents(
  db: Transaction<ConditionsTables>,
  events: readonly ConditionsEvent[],
): Promise<void> {
  const records = events.map(({ seq, at, by, change }) => ({
    seq: `${seq}`,
    at,
    by,
    kind: change.kind,
    change: JSON.parse(changeToJson(change)) as unknown,
  }));
  await insertAll(db, 'event', eventTypes, records);
}

/** Writes versions of rows. */
export async function insertRows(
  db: Transaction<ConditionsTables>,
  rows: readonly Selectable<CalibrationTable>[],
): Promise<void> {
  await insertAll(db, 'calibration', calibrationTypes, rows);
}

/** Writes versions of tags. */
export async function insertTags(
  db: Transaction<ConditionsTables>,
  versions: readonly { readonly value: Tag; readonly since: Moment; readonly until: Moment }[],
): Promise<void> {
  const records: Insertable<TagTable>[] = versions.map(({ value: tag, since, until }) => ({
    ...tag,
    since,
    until,
    rule: tag.rule ?? null,
    origin: tag.origin ?? null,
  }));
  await insertAll(db, 'tag', tagTypes, records);
}

/**
 * Ends versions that are now.
 *
 * @param ended when, by serial number or name
 */
export async function endVersions(
  db: Transaction<ConditionsTables>,
  table: 'calibration' | 'tag',
  ended: ReadonlyMap<number | string, Moment>,
): Promise<void> {
  if (ended.size === 0) return;
  const [key, type] = table === 'calibration' ? ['ser_no', 'int8'] : ['name', 'text'];
  const records = Array.from(ended, ([k, until]) => ({ k, until }));
  await sql`
    update ${sql.table(table)} as it set until = ending.until
    from json_to_recordset(${jsonOf(records)}::json) as ending (k ${sql.raw(type!)}, until int8)
    where it.${sql.ref(key!)} = ending.k and it.until = ${foreverSql}`.execute(db);
}

/** The ids of the series of these rows, new ones made. */
export async function seriesIds(
  db: Transaction<ConditionsTables>,
  rows: readonly (Series & { readonly axis: Axis })[],
): Promise<(row: Series & { readonly axis: Axis }) => number> {
  if (rows.length === 0) return () => 0;
  const keyOf = ({ instrument, calibType, flavor, axis }: Series & { readonly axis: Axis }) =>
    JSON.stringify([instrument, calibType, flavor, axis]);
  const wanted = new Map(
    rows.map((row) => [
      keyOf(row),
      {
        instrument: row.instrument,
        calib_type: row.calibType,
        flavor: row.flavor,
        axis: row.axis,
      },
    ]),
  );
  const json = jsonOf([...wanted.values()]);
  const given = sql`json_to_recordset(${json}::json) as given (${columnsOf(seriesTypes, true)})`;
  await sql`
    insert into series (${columnsOf(seriesTypes)})
    select * from ${given} where not exists (
      select from series as s where (s.instrument, s.calib_type, s.flavor, s.axis)
        = (given.instrument, given.calib_type, given.flavor, given.axis)
    )`.execute(db);
  const { rows: found } = await sql<{ readonly id: number } & Omit<Selectable<SeriesTable>, 'id'>>`
    select series.* from ${given}
    join series using (instrument, calib_type, flavor, axis)`.execute(db);
  const ids = new Map(
    found.map(({ id, instrument, calib_type, flavor, axis }) => [
      keyOf({ instrument, calibType: calib_type, flavor, axis }),
      id,
    ]),
  );
  return (row) => ids.get(keyOf(row))!;
}

async function insertAll(
  db: Transaction<ConditionsTables>,
  table: keyof ConditionsTables,
  types: Readonly<Record<string, string>>,
  records: readonly object[],
): Promise<void> {
  for (let i = 0; i < records.length; i += rowsPerStatement) {
    const json = jsonOf(records.slice(i, i + rowsPerStatement));
    await sql`
      insert into ${sql.table(table)} (${columnsOf(types)})
      select ${columnsOf(types)}
      from json_to_recordset(${json}::json) as given (${columnsOf(types, true)})`.execute(db);
  }
}

function columnsOf(types: Readonly<Record<string, string>>, withTypes = false) {
  return sql.join(
    Object.entries(types).map(([column, type]) =>
      withTypes ? sql`${sql.ref(column)} ${sql.raw(type)}` : sql.ref(column),
    ),
  );
}

/** 64-bit integers as text: JSON's numbers end at 2^53. */
function jsonOf(records: readonly object[]): string {
  return JSON.stringify(records, (_, value: unknown) =>
    typeof value === 'bigint' ? value.toString() : value,
  );
}
