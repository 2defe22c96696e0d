import { join } from 'node:path';
import { TokenFile } from '@lantern/server';
import { expect, test } from 'vitest';
import { runLantern } from '../src/run.ts';
import { tokenCreateCommand } from '../src/server/token-create.ts';
import { tokenListCommand } from '../src/server/token-list.ts';
import { parseExpiry } from '../src/server/token-options.ts';
import { tokenRevokeCommand } from '../src/server/token-revoke.ts';
import { fakeTerminal } from './fake-terminal.ts';
import { temporaryFolder } from './temporary-folder.ts';

const commands = [tokenCreateCommand, tokenListCommand, tokenRevokeCommand];

async function lantern(home: string, ...words: string[]) {
  const terminal = fakeTerminal({ home });
  const code = await runLantern({ commands, version: '0' }, words, terminal);
  return { code, ...terminal.written };
}

test('[TOK1] made, listed, revoked', async () => {
  const home = await temporaryFolder();
  const made = await lantern(
    home,
    'token',
    'create',
    'alice',
    '--role',
    'writer:CAL_Ped,publisher',
  );
  expect(made.code).toBe(0);
  const token = made.out.trim();
  const file = new TokenFile(join(home, 'server', 'tokens.json'));
  expect(await file.identify(token)).toMatchObject({
    who: 'alice',
    roles: ['writer:CAL_Ped', 'publisher'],
  });
  const listed = await lantern(home, 'token', 'list');
  expect(listed.out).toMatch(/alice {2}writer:CAL_Ped,publisher .* until \d{4}-/);
  expect(listed.out).not.toContain(token);
  const json = await lantern(home, 'token', 'list', '--json');
  expect(json.out).not.toMatch(/hash|lantern_/);
  expect((await lantern(home, 'token', 'revoke', 'alice')).out).toMatch(
    /^revoked \w{8} of alice\n/,
  );
  expect((await lantern(home, 'token', 'list')).out).toContain('revoked');
  expect((await lantern(home, 'token', 'revoke', 'alice')).out).toContain('before');
});

test('[TOK1] wrong usage', async () => {
  const home = await temporaryFolder();
  const role = await lantern(home, 'token', 'create', 'alice', '--role', 'publsher');
  expect(role).toMatchObject({ code: 2, err: expect.stringContaining('did you mean publisher?') });
  const past = await lantern(home, 'token', 'create', 'alice', '--expires', '2001-01-01');
  expect(past).toMatchObject({ code: 2, err: expect.stringContaining('2001-01-01') });
  expect((await lantern(home, 'token', 'revoke', 'nobody')).code).toBe(1);
});

test.each([
  ['12h', 12 * 3600e3],
  ['90d', 90 * 86_400e3],
  ['2w', 14 * 86_400e3],
])('[TOK1] --expires %s', (text, span) => {
  expect(parseExpiry(text, new Date(1e12))?.getTime()).toBe(1e12 + span);
});
