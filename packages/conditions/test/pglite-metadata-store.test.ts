import { afterAll } from 'vitest';
import { SqlMetadataStore } from '../src/node/sql/sql-metadata-store.ts';
import { asOfContract } from './as-of-contract.ts';
import { metadataStoreContract } from './metadata-store-contract.ts';
import { PgliteDatabases } from './pglite-databases.ts';

const databases = new PgliteDatabases();

afterAll(() => databases.closeAll());

metadataStoreContract(
  'PGlite',
  async (clock) => new SqlMetadataStore(await databases.open(), clock),
);

asOfContract('PGlite', async (clock) => new SqlMetadataStore(await databases.open(), clock), 2);
