import { HttpConditions, parseMoment } from '@lantern/conditions';
import { expect, test } from 'vitest';
import { runLantern } from '../src/run.ts';
import { serveCommand } from '../src/server/serve.ts';
import { tokenCreateCommand } from '../src/server/token-create.ts';
import { fakeTerminal } from './fake-terminal.ts';
import { temporaryFolder } from './temporary-folder.ts';

const lantern = { commands: [serveCommand, tokenCreateCommand], version: '0' };

test('[SRV1] serves what is under the home, to those with a token for writing, and ends', async () => {
  const home = await temporaryFolder();
  const controller = new AbortController();
  const terminal = fakeTerminal({ home, signal: controller.signal });
  const running = runLantern(lantern, ['serve', '--port', '0'], terminal);
  await expect
    .poll(() => terminal.written.err, { timeout: 60_000 })
    .toMatch(/at http:\/\/127\.0\.0\.1:\d+;/);
  const [url = ''] = /http:\/\/[\d.:]+/.exec(terminal.written.err) ?? [];
  const made = fakeTerminal({ home });
  await runLantern(lantern, ['token', 'create', 'alice', '--role', 'writer:*'], made);
  const token = made.written.out.trim();
  const client = new HttpConditions({ servers: [url], token });
  const draft = {
    ...{
      instrument: 'tank',
      calibType: 'gain',
      flavor: 'vanilla',
      dataFmt: 'CSV',
      fmtVersion: '1',
    },
    ...{ vstart: parseMoment('2026-01-01') },
  };
  await client.register({ draft, bytes: new TextEncoder().encode('1,2\n') }, { by: 'me' });
  const question = { instrument: 'tank', calibType: 'gain', position: parseMoment('2026-02-01') };
  expect((await client.find(question)).calibration.serNo).toBe(1);
  controller.abort();
  expect(await running).toBe(0);
  await expect(fetch(url)).rejects.toThrow();
});

test.each(['x', '-1', '65536', '1.5'])('[SRV1] --port %s is wrong usage', async (port) => {
  const terminal = fakeTerminal({ home: await temporaryFolder() });
  expect(await runLantern(lantern, ['serve', '--port', port], terminal)).toBe(2);
});
