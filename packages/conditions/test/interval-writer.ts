/**
 * A process that registers what it is told to: `node interval-writer.ts URL NAME`; each line of its input is a vstart, each
 * line of its output what became of it.
 */
import { createInterface } from 'node:readline';
import { Conditions, ConditionsError, MemoryPayloadStore } from '../src/index.ts';
import { openPostgres } from '../src/node/sql/database.ts';
import { SqlMetadataStore } from '../src/node/sql/sql-metadata-store.ts';

const [url = '', name = ''] = process.argv.slice(2);
const store = new SqlMetadataStore(await openPostgres(url, { connections: 2 }));
const conditions = new Conditions(store, new MemoryPayloadStore());
process.stdout.write('ready\n');
for await (const line of createInterface(process.stdin)) {
  const draft = {
    instrument: 'LAT',
    calibType: 'CAL_Ped',
    flavor: 'vanilla',
    vstart: BigInt(line),
    vend: BigInt(line) + 10n,
    procLevel: 'production' as const,
    dataFmt: 'CSV',
    fmtVersion: '1',
    notes: name,
  };
  const became = await conditions
    .register({ draft, bytes: new TextEncoder().encode(`${line} ${name}`) }, { by: name })
    .then(
      ({ calibration }) => `won ${calibration.serNo}`,
      (error: unknown) =>
        error instanceof ConditionsError
          ? `told ${error.kind} ${error.message}`
          : `broken ${error}`,
    );
  process.stdout.write(`${became}\n`);
}
await conditions.dispose();
