import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import type { PGlite } from '@electric-sql/pglite';
import { CompiledQuery, Kysely, Migrator, PostgresDialect } from 'kysely';
import { ConditionsError } from '../../errors.ts';
import { conditionsErrorOf } from './database-error.ts';
import { EmbeddedPostgres } from './embedded-postgres.ts';
import { migrationProvider } from './migrations.ts';
import { pgliteDialect } from './pglite-dialect.ts';
import { PostgresListener } from './postgres-listener.ts';
import type { ConditionsTables } from './tables.ts';

/** `int8`: https://github.com/postgres/postgres/blob/master/src/include/catalog/pg_type.dat */
const int8 = 20;

/** Stops what was begun. */
export type Stop = () => Promise<void>;

/** A database with the tables of conditions. */
export interface Database {
  readonly kysely: Kysely<ConditionsTables>;
  /** For errors: a folder, or host and database without the password. */
  readonly name: string;
  /** Calls with what is sent to a channel, and with undefined where some may have been missed. */
  listen(channel: string, listener: (text: string | undefined) => void): Promise<Stop>;
  close(): Promise<void>;
}

/** The schema of the tables where none is asked for. */
const defaultSchema = 'conditions';

/**
 * PGlite: PostgreSQL in WebAssembly, in this process, in a folder that this process alone has open; without one, in memory.
 *
 * @throws ConditionsError `unavailable`
 */
export async function openPglite(folder?: string): Promise<Database> {
  const name = folder ?? 'memory';
  return opening(name, async () => {
    const [{ PGlite }, { btree_gist }, { DurableFiles, durableParameters }] = await Promise.all([
      import('@electric-sql/pglite'),
      import('@electric-sql/pglite/contrib/btree_gist'),
      import('./durable-files.ts'),
    ]);
    const start = async (dataFolder: string | undefined): Promise<PGlite> => {
      const files = dataFolder === undefined ? undefined : new DurableFiles(dataFolder);
      const pglite = new PGlite({
        extensions: { btree_gist },
        parsers: { [int8]: BigInt },
        ...(files && {
          fs: files,
          onStderr: files.onStderr,
          startParams: [...PGlite.defaultStartParams, ...durableParameters],
        }),
      });
      await pglite.waitReady;
      await pglite.query(pathSql, [searchPath(defaultSchema)]);
      return pglite;
    };
    if (folder !== undefined && !existsSync(folder)) {
      // Made under another name, so that a process that dies while it does so leaves no half of a database.
      const unfinished = `${folder}.unfinished`;
      await rm(unfinished, { recursive: true, force: true });
      await mkdir(unfinished, { recursive: true });
      await (await start(unfinished)).close();
      await rename(unfinished, folder);
    }
    const postgres = new EmbeddedPostgres(() => start(folder));
    const kysely = new Kysely<ConditionsTables>({ dialect: pgliteDialect(postgres) });
    try {
      await migrate(kysely, defaultSchema);
    } catch (error) {
      await kysely.destroy();
      throw error;
    }
    return {
      kysely,
      name,
      listen: (channel, listener) => postgres.listen(channel, listener),
      close: () => kysely.destroy(),
    };
  });
}

/** How a PostgreSQL server is used. */
export interface PostgresOptions {
  /** Default `conditions`. */
  readonly schema?: string | undefined;
  /** Connections at once; default 10. */
  readonly connections?: number | undefined;
}

/**
 * A PostgreSQL server, 15 or later.
 *
 * @param url `postgres://name:password@host:5432/database`; more in the documentation of node-postgres
 * @throws ConditionsError `unavailable` where it does not answer or does not let us in; `invalid` for a URL that is none
 */
export async function openPostgres(url: string, options: PostgresOptions = {}): Promise<Database> {
  const { schema = defaultSchema, connections = 10 } = options;
  const name = withoutPassword(url);
  return opening(name, async () => {
    const { Pool, types } = await import('pg');
    const settings = {
      connectionString: url,
      application_name: 'lantern conditions',
      connectionTimeoutMillis: 10_000,
      keepAlive: true,
      types: {
        getTypeParser: (oid: number, format?: 'text' | 'binary') =>
          oid === int8 ? BigInt : types.getTypeParser(oid, format),
      } as typeof types,
    };
    const pool = new Pool({ ...settings, max: connections });
    // A connection that breaks while nobody uses it is replaced; without a listener the process would end.
    pool.on('error', () => undefined);
    const kysely = new Kysely<ConditionsTables>({
      dialect: new PostgresDialect({
        pool,
        onCreateConnection: async (connection) => {
          await connection.executeQuery(CompiledQuery.raw(sessionSql, [searchPath(schema)]));
        },
      }),
    });
    try {
      await migrate(kysely, schema);
    } catch (error) {
      await kysely.destroy();
      throw error;
    }
    return {
      kysely,
      name,
      listen: (channel, listener) => PostgresListener.start(settings, channel, listener),
      close: () => kysely.destroy(),
    };
  });
}

const pathSql = `select set_config('search_path', $1, false)`;

/** A writer that waits a minute for another, or leaves a transaction open for five, has lost it. */
const sessionSql = `${pathSql}, set_config('lock_timeout', '60s', false),
  set_config('idle_in_transaction_session_timeout', '300s', false)`;

function searchPath(schema: string): string {
  return `"${schema.replaceAll('"', '""')}", public`;
}

async function migrate(db: Kysely<ConditionsTables>, schema: string): Promise<void> {
  const migrator = new Migrator({ db, provider: migrationProvider, migrationTableSchema: schema });
  const { error } = await migrator.migrateToLatest();
  if (error instanceof Error && /corrupted migrations/.test(error.message)) {
    throw new ConditionsError('unavailable', {
      what: 'its tables were made by a newer Lantern',
      expected: 'a Lantern at least as new',
      cause: error,
    });
  }
  if (error) throw error;
}

async function opening(name: string, open: () => Promise<Database>): Promise<Database> {
  try {
    return await open();
  } catch (error) {
    throw conditionsErrorOf(error, `conditions database ${name}`);
  }
}

function withoutPassword(url: string): string {
  if (!URL.canParse(url) || !/^postgres(ql)?:$/.test(new URL(url).protocol)) {
    throw new ConditionsError('invalid', {
      what: 'not the URL of a PostgreSQL database',
      expected: 'postgres://name:password@host:5432/database',
    });
  }
  const { host, pathname } = new URL(url);
  return `postgres://${host}${pathname}`;
}
