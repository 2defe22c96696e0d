import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Conditions, type ConditionsReader, HttpConditions } from '@lantern/conditions';
import { DiskAnswerCache } from '@lantern/conditions/node';
import { describeConditionsReader } from '../../conditions/test/conditions-reader-contract.ts';
import { defaultSettings } from '../src/http/settings.ts';
import { startServer } from '../src/start-server.ts';

/** A reader that asks a server of these conditions, and ends it with itself. */
async function overHttp(conditions: Conditions, onDisk: boolean): Promise<ConditionsReader> {
  const home = await mkdtemp(join(tmpdir(), 'lantern-reader-'));
  const server = await startServer({
    ...{ conditions, home, settings: defaultSettings, version: '0' },
    report: (error) => {
      throw error;
    },
  });
  const cache = onDisk ? new DiskAnswerCache(join(home, 'cache')) : undefined;
  const reader = new HttpConditions({ servers: [server.url], rounds: 1, cache });
  reader.dispose = async () => {
    await server.close();
    await rm(home, { recursive: true, force: true });
  };
  return reader;
}

describeConditionsReader({ name: 'over HTTP', open: (store) => overHttp(store, false) });
describeConditionsReader({
  name: 'over HTTP, with a cache on disk',
  open: (store) => overHttp(store, true),
});
