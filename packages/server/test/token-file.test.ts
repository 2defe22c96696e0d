import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hashOfToken, isOwnToken, makeToken } from '../src/identity/token.ts';
import { TokenFile } from '../src/identity/token-file.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lantern-tokens-'));
  path = join(folder, 'server', 'tokens.json');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('tokens', () => {
  test('[ID1] a token has 256 random bits and is never stored', async () => {
    const { token, record } = await new TokenFile(path).create('alice', ['writer:CAL_Ped']);
    expect(isOwnToken(token)).toBe(true);
    expect(Buffer.from(token.slice('lantern_'.length), 'base64url').length).toBe(32);
    expect(new Set(Array.from({ length: 1000 }, makeToken)).size).toBe(1000);
    const text = await readFile(path, 'utf8');
    expect(text).not.toContain(token);
    expect(text).toContain(hashOfToken(token));
    expect(record.id).toBe(hashOfToken(token).slice(0, 8));
    if (process.platform !== 'win32') expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  test('[ID2] unknown, expired and revoked tokens are nobody', async () => {
    const file = new TokenFile(path);
    const good = await file.create('alice', ['reader']);
    const past = await file.create('bob', ['admin'], new Date(Date.now() - 1000));
    const gone = await file.create('carol', ['admin']);
    await file.revoke(gone.record.id);
    const reader = new TokenFile(path);
    expect(await reader.identify(good.token)).toEqual({
      who: 'alice',
      by: 'token',
      roles: ['reader'],
    });
    expect(await reader.identify(past.token)).toBeUndefined();
    expect(await reader.identify(gone.token)).toBeUndefined();
    expect(await reader.identify(makeToken())).toBeUndefined();
  });

  test('[ID2] a revocation by another process holds within a second', async () => {
    const server = new TokenFile(path);
    const { token } = await server.create('alice', ['reader']);
    expect(await server.identify(token)).toBeDefined();
    await new TokenFile(path).revoke('alice');
    await expect.poll(() => server.identify(token), { timeout: 10_000 }).toBeUndefined();
  });

  test('[ID2] revoking what is not there names the nearest', async () => {
    const file = new TokenFile(path);
    await file.create('alice', ['reader']);
    await expect(file.revoke('alise')).rejects.toThrow("did you mean 'alice'?");
  });

  test('[ID7] twenty at once are all there', async () => {
    const names = Array.from({ length: 20 }, (_, i) => `user${i}`);
    await Promise.all(names.map((name) => new TokenFile(path).create(name, ['reader'])));
    const listed = (await new TokenFile(path).list()).map(({ name }) => name);
    expect(listed.toSorted()).toEqual(names.toSorted());
  });

  test('[ID1] a damaged file lets nobody in and says which it is', async () => {
    await new TokenFile(path).create('alice', ['reader']);
    await writeFile(path, '{"version":1,"tokens":[{"id":');
    await expect(new TokenFile(path).identify(makeToken())).rejects.toThrow(path);
  });

  test('[ID1] names that would confuse a log are refused', async () => {
    for (const name of ['', 'a b', 'a\nb', 'x'.repeat(81)])
      await expect(new TokenFile(path).create(name, ['reader'])).rejects.toThrow('name');
  });
});
