import { afterAll, expect, test } from 'vitest';
import { Conditions, MemoryPayloadStore } from '../src/index.ts';
import { SqlMetadataStore } from '../src/node/sql/sql-metadata-store.ts';
import { asOfContract } from './as-of-contract.ts';
import { metadataStoreContract } from './metadata-store-contract.ts';
import { bytesOf } from './payload-store-contract.ts';
import { PgliteDatabases } from './pglite-databases.ts';

const databases = new PgliteDatabases();

afterAll(() => databases.closeAll());

metadataStoreContract(
  'PGlite',
  async (clock) => new SqlMetadataStore(await databases.open(), clock),
);

asOfContract('PGlite', async (clock) => new SqlMetadataStore(await databases.open(), clock), 2);

test('[LOG10] two requests at the same interval at the same moment: one wins, one is told', async () => {
  const store = new SqlMetadataStore(await databases.open());
  const conditions = new Conditions(store, new MemoryPayloadStore());
  await conditions.declare({ rules: { '*': { overlap: 'refuse' } } }, { by: 'tester' });
  const draft = {
    instrument: 'LAT',
    calibType: 'CAL_Ped',
    flavor: 'vanilla',
    procLevel: 'production',
    dataFmt: 'CSV',
    fmtVersion: '1',
  } as const;
  for (let i = 0n; i < 10n; i++) {
    const interval = { vstart: i * 10n, vend: i * 10n + 10n };
    const requests = ['a', 'b'].map((by) =>
      conditions.register(
        { draft: { ...draft, ...interval }, bytes: bytesOf(`${by} ${i}`) },
        { by },
      ),
    );
    // Questions go on meanwhile, and see nothing half done.
    const [seen, ...answers] = await Promise.allSettled([store.rows({ tests: [] }), ...requests]);
    expect(seen).toMatchObject({ status: 'fulfilled' });
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(answers.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { kind: 'conflict' },
    });
  }
  expect(await store.rows({ tests: [] })).toHaveLength(10);
  await conditions.dispose();
});
