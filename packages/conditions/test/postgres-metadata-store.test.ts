import { afterAll, beforeAll, describe } from 'vitest';
import { openPostgres } from '../src/node/sql/database.ts';
import { SqlMetadataStore } from '../src/node/sql/sql-metadata-store.ts';
import { metadataStoreContract } from './metadata-store-contract.ts';
import { noPostgres, type PostgresCluster, startPostgres } from './postgres-cluster.ts';

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
});
