import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';
import { CompiledQuery } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Conditions, MemoryPayloadStore } from '../src/index.ts';
import { type Database, openPostgres } from '../src/node/sql/database.ts';
import { SqlMetadataStore } from '../src/node/sql/sql-metadata-store.ts';
import { metadataStoreContract, someRow } from './metadata-store-contract.ts';
import { bytesOf } from './payload-store-contract.ts';
import { noPostgres, type PostgresCluster, startPostgres } from './postgres-cluster.ts';
import { typescriptProcess } from './typescript-process.ts';

describe.skipIf(noPostgres)(`PostgreSQL${noPostgres ? `: ${noPostgres}` : ''}`, () => {
  let cluster: PostgresCluster;
  let schemas = 0;

  beforeAll(async () => {
    cluster = await startPostgres();
  });

  afterAll(() => cluster?.stop());

  metadataStoreContract('PostgreSQL', async (clock) => {
    const schema = `test "${++schemas}"`;
    return new SqlMetadataStore(await openPostgres(cluster.url, { schema, connections: 3 }), clock);
  });

  const draft = {
    instrument: 'LAT',
    calibType: 'CAL_Ped',
    flavor: 'vanilla',
    vstart: 0n,
    procLevel: 'production',
    dataFmt: 'CSV',
    fmtVersion: '1',
  } as const;

  function conditionsOn(database: Database): Conditions {
    return new Conditions(new SqlMetadataStore(database), new MemoryPayloadStore());
  }

  test('[LOG10] two processes at the same interval at the same moment: one wins, one is told', async () => {
    const conditions = conditionsOn(await openPostgres(cluster.url));
    await conditions.declare({ rules: { '*': { overlap: 'refuse' } } }, { by: 'tester' });
    const writers = ['a', 'b'].map((name) => {
      const writer = typescriptProcess('./interval-writer.ts', [cluster.url, name], {
        stdio: ['pipe', 'pipe', 'inherit'],
      });
      return { writer, lines: createInterface(writer.stdout!) };
    });
    try {
      await Promise.all(writers.map(nextLine));
      for (let i = 0; i < 20; i++) {
        const answers = writers.map(nextLine);
        for (const { writer } of writers) writer.stdin!.write(`${i * 10}\n`);
        const [winner, loser] = (await Promise.all(answers)).sort().reverse();
        expect(winner).toBe(`won ${i + 1}`);
        expect(loser).toMatch(`told conflict LAT CAL_Ped vanilla: it overlaps`);
        expect(loser).toContain(`calibration ${i + 1}`);
      }
      const names = (await conditions.rows({ tests: [] })).map(({ notes }) => notes);
      expect(names).toHaveLength(20);
    } finally {
      for (const { writer } of writers) writer.stdin!.end();
      await Promise.all(writers.map(({ writer }) => once(writer, 'close')));
      await conditions.dispose();
    }
  });

  test('[LOG10] rows that come past the store are refused by the database, and the store says so', async () => {
    const database = await openPostgres(cluster.url, { schema: 'past' });
    const conditions = conditionsOn(database);
    try {
      const { calibration } = await conditions.register(
        { draft, bytes: bytesOf('x') },
        { by: 'tester' },
      );
      const insert = CompiledQuery.raw(
        `insert into calibration select (r).* from (select jsonb_populate_record(c, '{"ser_no": 2}') as r from calibration c) as t`,
      );
      await expect(database.kysely.executeQuery(insert)).rejects.toMatchObject({
        code: '23P01',
        constraint: 'production_rows_do_not_overlap',
      });
      // A writer that does not look: the guard of the database is the last one.
      const careless = conditions.metadata.commit('careless', async (_, next) => {
        const row = someRow(next.serNo, { ...draft, vstart: 5n, enterTime: next.at });
        return { changes: [{ kind: 'registered', calibration: row }], result: undefined };
      });
      await expect(careless).rejects.toMatchObject({ kind: 'conflict' });
      expect(await conditions.rows({ tests: [] })).toEqual([calibration]);
      expect((await conditions.metadata.head()).seq).toBe(1);
    } finally {
      await conditions.dispose();
    }
  });

  test('[LOG7] a follower hears of another process, and goes on when the server was started again', async () => {
    const [writer, follower] = [
      conditionsOn(await openPostgres(cluster.url, { schema: 'watched' })),
      conditionsOn(await openPostgres(cluster.url, { schema: 'watched' })),
    ];
    try {
      let calls = 0;
      await follower.metadata.watch(() => {
        calls++;
      });
      const elsewhere = conditionsOn(await openPostgres(cluster.url, { schema: 'other' }));
      await elsewhere.register({ draft, bytes: bytesOf('x') }, { by: 'tester' });
      await elsewhere.dispose();
      expect(calls).toBe(0);
      await writer.register({ draft, bytes: bytesOf('x') }, { by: 'tester' });
      await expect.poll(() => calls).toBe(1);
      await cluster.restart();
      await expect.poll(() => calls, { timeout: 60_000 }).toBe(2);
      await writer.register({ draft: { ...draft, vstart: 5n }, bytes: bytesOf('y') }, { by: 'me' });
      await expect.poll(() => calls).toBe(3);
      expect((await follower.row(1)).vend).toBe(5n);
    } finally {
      await writer.dispose();
      await follower.dispose();
    }
  });
});

async function nextLine({
  lines,
}: {
  readonly writer: ChildProcess;
  readonly lines: Interface;
}): Promise<string> {
  const [line] = (await once(lines, 'line')) as [string];
  return line;
}
