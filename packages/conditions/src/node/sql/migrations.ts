import { type Kysely, type Migration, type MigrationProvider, type RawBuilder, sql } from 'kysely';

/** The end of what has none, as SQL: a literal, so that partial indexes are used. */
export const foreverSql: RawBuilder<bigint> = sql.raw<bigint>('9223372036854775807');

/** The last guard against two production rows at one position, whoever writes: in the database itself. */
export const overlapConstraint = 'production_rows_do_not_overlap';

/**
 * The tables, as they came to be: new ones go to the end, those that are there are never edited. `btree_gist` lets an index of
 * ranges begin with a number; it comes with PostgreSQL and with PGlite.
 */
const migrations: Record<string, Migration> = {
  '2026-11-log-and-versions': {
    async up(db: Kysely<unknown>): Promise<void> {
      await sql`create extension if not exists btree_gist with schema public`.execute(db);
      await sql`
        create table event (
          seq int8 primary key check (seq > 0),
          at int8 not null unique,
          by text not null,
          kind text not null,
          change jsonb not null
        )`.execute(db);
      await sql`create index event_of_vocabularies on event (seq) where kind = 'vocabulariesDeclared'`.execute(
        db,
      );
      await sql`
        create table series (
          id int4 generated always as identity primary key,
          instrument text collate "C" not null,
          calib_type text collate "C" not null,
          flavor text collate "C" not null,
          axis text collate "C" not null check (axis in ('time', 'run')),
          unique (instrument, calib_type, flavor, axis)
        )`.execute(db);
      await sql`
        create table calibration (
          ser_no int8 not null check (ser_no > 0),
          since int8 not null,
          until int8 not null,
          series_id int4 not null references series (id),
          vstart int8 not null,
          vend int8 not null,
          completion text collate "C" not null,
          proc_level text collate "C" not null
            check (proc_level in ('production', 'development', 'test', 'superseded')),
          prod_start int8,
          prod_end int8,
          locale text collate "C" not null,
          enter_time int8 not null,
          creator text collate "C" not null,
          uid text collate "C" not null,
          input_desc text collate "C" not null,
          notes text collate "C" not null,
          data_ident text collate "C" not null,
          data_fmt text collate "C" not null,
          fmt_version text collate "C" not null,
          payload_sha256 text collate "C",
          payload_size int8,
          deprecated text collate "C",
          exclusive boolean not null,
          primary key (ser_no, since),
          check (since < until),
          check (vstart < vend),
          check ((payload_sha256 is null) = (payload_size is null)),
          constraint ${sql.id(overlapConstraint)} exclude using gist
            (series_id with =, int8range(vstart, vend) with &&)
            where (exclusive and until = ${foreverSql} and proc_level = 'production'
              and completion <> 'abort' and deprecated is null)
        )`.execute(db);
      for (const index of [
        sql`create index calibration_now on calibration
          using gist (series_id, int8range(vstart, vend)) where until = ${foreverSql}`,
        sql`create index calibration_past on calibration
          using gist (series_id, int8range(since, until)) where until < ${foreverSql}`,
        sql`create index calibration_by_begin on calibration
          (series_id, proc_level, vstart) where until = ${foreverSql}`,
        sql`create index calibration_by_end on calibration
          (series_id, proc_level, vend) where until = ${foreverSql}`,
        sql`create index calibration_by_payload on calibration
          (payload_sha256) where until = ${foreverSql}`,
      ]) {
        await index.execute(db);
      }
      await sql`
        create table tag (
          name text collate "C" not null,
          since int8 not null,
          until int8 not null,
          instrument text collate "C" not null,
          description text collate "C" not null,
          state text not null
            check (state in ('OPEN', 'TESTING', 'VALIDATED', 'PUBLISHED', 'RUNNING', 'INVALID')),
          root text not null,
          rule jsonb,
          origin text,
          created int8 not null,
          changed int8 not null,
          primary key (name, since),
          check (since < until)
        )`.execute(db);
      await sql`create unique index tag_now on tag (name) where until = ${foreverSql}`.execute(db);
      await sql`create unique index calibration_is_one_thing_now on calibration (ser_no) where until = ${foreverSql}`.execute(
        db,
      );
    },
  },
};

/** For Kysely's Migrator. */
export const migrationProvider: MigrationProvider = {
  getMigrations: () => Promise.resolve(migrations),
};
