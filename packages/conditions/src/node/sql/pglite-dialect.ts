import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely';
import { type EmbeddedPostgres, isFatal, type Run } from './embedded-postgres.ts';

/**
 * Kysely on PGlite. PGlite has one session: whoever holds the connection has it alone, so that no question is answered from
 * inside another's transaction. (The dialect of Kysely 0.29 shares it; and 0.29 needs Node 22.)
 */
export function pgliteDialect(postgres: EmbeddedPostgres): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new PgliteDriver(postgres),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
}

class PgliteDriver implements Driver {
  readonly #postgres: EmbeddedPostgres;
  readonly #waiting: (() => void)[] = [];
  #isTaken = false;

  constructor(postgres: EmbeddedPostgres) {
    this.#postgres = postgres;
  }

  async init(): Promise<void> {
    await this.#postgres.run();
  }

  async acquireConnection(): Promise<PgliteConnection> {
    if (this.#isTaken) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#isTaken = true;
    try {
      return new PgliteConnection(await this.#postgres.run());
    } catch (error) {
      this.#passOn();
      throw error;
    }
  }

  async releaseConnection(): Promise<void> {
    this.#passOn();
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin'));
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'));
  }

  async rollbackTransaction(connection: PgliteConnection): Promise<void> {
    // What has panicked has rolled back, and the error that made it panic is the one to tell.
    if (connection.isBroken) return;
    await connection.executeQuery(CompiledQuery.raw('rollback'));
  }

  async destroy(): Promise<void> {
    await this.#postgres.close();
  }

  #passOn(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#isTaken = false;
  }
}

class PgliteConnection implements DatabaseConnection {
  readonly #run: Run;

  constructor(run: Run) {
    this.#run = run;
  }

  get isBroken(): boolean {
    return this.#run.failure !== undefined;
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    if (this.isBroken) throw this.#run.failure;
    try {
      const { rows, affectedRows } = await this.#run.pglite.query<R>(sql, [...parameters]);
      return {
        rows,
        ...(affectedRows !== undefined && { numAffectedRows: BigInt(affectedRows) }),
      };
    } catch (error) {
      if (isFatal(error)) this.#run.failure = error;
      throw error;
    }
  }

  // biome-ignore lint/correctness/useYield: PGlite has no cursors
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('PGlite has no cursors');
  }
}
