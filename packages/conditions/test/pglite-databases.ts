import { CompiledQuery } from 'kysely';
import { type Database, openPglite } from '../src/node/sql/database.ts';

/**
 * PGlite takes seconds to start, so that tests of a file share them: who is done with one gives it back by `close`, and who
 * opens one gets an empty one.
 */
export class PgliteDatabases {
  readonly #all: Database[] = [];
  readonly #free: Database[] = [];

  async open(): Promise<Database> {
    const database = this.#free.pop() ?? (await this.#start());
    const tables = 'event, series, calibration, tag';
    const empty = CompiledQuery.raw(`truncate ${tables} restart identity`);
    await database.kysely.executeQuery(empty);
    return {
      ...database,
      close: async () => {
        this.#free.push(database);
      },
    };
  }

  async closeAll(): Promise<void> {
    for (const database of this.#all) await database.close();
  }

  async #start(): Promise<Database> {
    const database = await openPglite();
    this.#all.push(database);
    return database;
  }
}
