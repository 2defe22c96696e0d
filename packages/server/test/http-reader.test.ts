import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Conditions, HttpConditions } from '@lantern/conditions';
import { describeConditionsReader } from '../../conditions/test/conditions-reader-contract.ts';
import { defaultSettings } from '../src/http/settings.ts';
import { startServer } from '../src/start-server.ts';

// The suite is that of @lantern/conditions: a server and its client answer as the store does.
describeConditionsReader({
  name: 'a server and its client',
  async open(store: Conditions) {
    const home = await mkdtemp(join(tmpdir(), 'lantern-reader-'));
    const settings = { ...defaultSettings };
    const report = (error: unknown) => {
      throw error;
    };
    const parts = { conditions: store, home, settings, version: '0', report };
    const server = await startServer(parts);
    const client = new HttpConditions({ servers: [server.url] });
    const dispose = client.dispose.bind(client);
    client.dispose = async () => {
      await dispose();
      await server.close();
      await rm(home, { recursive: true, force: true });
    };
    return client;
  },
});
