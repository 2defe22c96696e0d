import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConditionsError } from '@lantern/conditions';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { AuditFile, type AuditRecord } from '../src/audit/audit-log.ts';
import { bodyChunks, jsonBody } from '../src/http/body.ts';
import { frame } from '../src/http/frame.ts';
import { defaultSettings, type ServerSettings } from '../src/http/settings.ts';
import { demand, type Role } from '../src/identity/identity.ts';
import { TokenFile } from '../src/identity/token-file.ts';

let folder: string;
let tokens: TokenFile;
let audit: AuditFile;
let reported: unknown[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lantern-frame-'));
  tokens = new TokenFile(join(folder, 'tokens.json'));
  audit = new AuditFile(join(folder, 'audit.jsonl'));
  reported = [];
});
afterEach(async () => {
  await audit.close();
  await rm(folder, { recursive: true, force: true });
});

function application(settings: Partial<ServerSettings> = {}) {
  const app = frame({
    settings: { ...defaultSettings, ...settings },
    tokens,
    audit,
    report: (error) => reported.push(error),
  });
  app.get('/read', (c) => {
    demand(c.get('identity'), { to: 'read' });
    return c.json(c.get('identity'));
  });
  app.post('/ped', async (c) => {
    demand(c.get('identity'), { to: 'write', calibType: 'CAL_Ped' });
    return c.json(await jsonBody(c, z.object({ n: z.number() }), 1000));
  });
  app.post('/tag', (c) => {
    demand(c.get('identity'), { to: 'publish' });
    return c.text('done');
  });
  app.post('/bytes', async (c) => {
    let bytes = 0;
    for await (const chunk of bodyChunks(c.req.raw, 1000)) bytes += chunk.byteLength;
    return c.json({ bytes });
  });
  app.get('/fault', () => {
    throw new Error('secret of /home/alice/db at line 7');
  });
  app.get('/conflict', () => {
    throw new ConditionsError('conflict', { what: 'taken', where: 'row 7', hint: 'close it' });
  });
  return app;
}
const token = async (...roles: Role[]) => (await tokens.create('alice', roles)).token;
const bearer = (value: string) => ({ headers: { authorization: `Bearer ${value}` } });
const post = (value: string, body: unknown = { n: 1 }) => ({
  method: 'POST',
  headers: { authorization: `Bearer ${value}`, 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
const records = async (): Promise<AuditRecord[]> =>
  (await readFile(audit.path, 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as AuditRecord);

describe('who may what', () => {
  test('[ID4] without a token: reading where anybody may, changing never', async () => {
    expect((await application().request('/read')).status).toBe(200);
    const closed = await application({ anonymousRead: false }).request('/read');
    expect(closed.status).toBe(401);
    expect(closed.headers.get('www-authenticate')).toContain('Bearer');
    expect((await application().request('/ped', { method: 'POST', body: '{}' })).status).toBe(401);
  });

  test('[ID2] a token that is none is refused even where anybody may read', async () => {
    const app = application();
    expect((await app.request('/read', bearer(`lantern_${'x'.repeat(43)}`))).status).toBe(401);
    expect((await app.request('/read', bearer('nonsense'))).status).toBe(401);
    expect((await app.request('/read', { headers: { authorization: 'Basic eDp5' } })).status).toBe(
      401,
    );
  });

  test.each([
    ['reader', 200, 403, 403],
    ['writer:CAL_Ped', 200, 200, 403],
    ['writer:TKR_HotChan', 200, 403, 403],
    ['writer:*', 200, 200, 403],
    ['publisher', 200, 403, 200],
    ['admin', 200, 200, 200],
  ] as const)('[ID3] %s', async (role, read, write, publish) => {
    const app = application({ anonymousRead: false });
    const t = await token(role);
    expect((await app.request('/read', bearer(t))).status).toBe(read);
    const written = await app.request('/ped', post(t));
    expect(written.status).toBe(write);
    if (write === 403)
      expect((await written.json()) as object).toMatchObject({
        expected: 'the role writer:CAL_Ped',
      });
    expect((await app.request('/tag', post(t))).status).toBe(publish);
  });
});

describe('limits', () => {
  test('[LIM1] beyond its rate a client waits, others do not', async () => {
    const app = application({ reads: { perSecond: 0.001, burst: 3 } });
    const mine = bearer(await token('reader'));
    for (let i = 0; i < 3; i++) expect((await app.request('/read', mine)).status).toBe(200);
    const refused = await app.request('/read', mine);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(1);
    expect((await app.request('/read')).status).toBe(200);
  });

  test('[LIM1] whoever tries tokens is stopped', async () => {
    const app = application({ failures: { perSecond: 0.001, burst: 2 } });
    const statuses = [];
    for (let i = 0; i < 4; i++)
      statuses.push((await app.request('/read', bearer('nonsense'))).status);
    expect(statuses).toEqual([401, 401, 429, 429]);
  });

  test('[LIM2] too large, with and without a length', async () => {
    const app = application();
    const t = await token('admin');
    expect((await app.request('/bytes', post(t, 'x'.repeat(900)))).status).toBe(200);
    expect((await app.request('/bytes', post(t, 'x'.repeat(2000)))).status).toBe(413);
    const endless = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(100)),
    });
    const streamed = await app.request('/bytes', {
      ...post(t),
      body: endless,
      duplex: 'half',
    } as RequestInit);
    expect(streamed.status).toBe(413);
  });

  test.each([
    [[], '8.8.8.8', '10.0.0.1'],
    [['10.0.0.1'], '8.8.8.8', '8.8.8.8'],
    [['10.0.0.1'], '1.1.1.1, 8.8.8.8', '8.8.8.8'],
    [['10.0.0.1', '8.8.8.8'], '1.1.1.1, 8.8.8.8', '1.1.1.1'],
    [['10.0.0.1'], '', '10.0.0.1'],
  ])('[LIM3] proxies %j, X-Forwarded-For %s: %s', async (trustedProxies, forwarded, address) => {
    const app = application({ trustedProxies });
    app.get('/address', (c) => c.text(c.get('address')));
    const headers = { 'x-forwarded-for': forwarded };
    const incoming = { socket: { remoteAddress: '::ffff:10.0.0.1' } };
    const answer = await app.request('/address', { headers }, { incoming });
    expect(await answer.text()).toBe(address);
  });
});

describe('audit', () => {
  test('[AUD1] done, refused by role, refused by schema, failed', async () => {
    const app = application();
    const t = await token('writer:CAL_Ped');
    await app.request('/ped', post(t));
    await app.request('/tag', post(t));
    await app.request('/ped', post(t, { n: 'one' }));
    await app.request('/read');
    const kept = await records();
    expect(kept.map(({ outcome, status }) => [outcome, status])).toEqual([
      ['asked', undefined],
      ['done', 200],
      ['asked', undefined],
      ['refused', 403],
      ['asked', undefined],
      ['refused', 400],
    ]);
    expect(kept[1]).toMatchObject({ who: 'alice', by: 'token', from: 'local', what: 'POST /ped' });
    expect(kept[1]?.request).toBe(kept[0]?.request);
    expect(kept[3]?.detail).toContain('publisher');
  });

  test('[AUD1] records of a hundred at once are whole lines', async () => {
    const app = application();
    const t = await token('writer:*');
    await Promise.all(Array.from({ length: 100 }, () => app.request('/ped', post(t))));
    expect((await records()).length).toBe(200);
  });

  test('[AUD2] without an audit nothing is changed', async () => {
    await mkdir(audit.path);
    const app = application();
    let changed = false;
    app.post('/change', (c) => {
      changed = true;
      return c.text('done');
    });
    const answer = await app.request('/change', post(await token('admin')));
    expect(answer.status).toBe(503);
    expect(changed).toBe(false);
  });
});

describe('errors', () => {
  test('[ERR1] of a fault a client learns a number, the operator the rest', async () => {
    const answer = await application().request('/fault');
    const text = await answer.text();
    expect(answer.status).toBe(500);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(text).not.toMatch(/secret|alice|line 7|at /);
    expect(JSON.parse(text)).toMatchObject({ kind: 'internal', incident: expect.any(String) });
    expect(String(reported[0])).toContain('secret');
  });

  test('[ERR1] an error of conditions keeps its parts', async () => {
    const answer = await application().request('/conflict');
    expect(answer.status).toBe(409);
    expect(await answer.json()).toMatchObject({
      type: 'urn:lantern:problem:conflict',
      detail: 'row 7: taken (close it)',
      what: 'taken',
      where: 'row 7',
      hint: 'close it',
    });
  });

  test('[ERR1] no such path; bodies that are no JSON', async () => {
    const app = application();
    expect((await app.request('/nowhere')).status).toBe(404);
    const t = await token('admin');
    for (const body of ['', '{', '{"n":1', '"x"', '{"n":[]}']) {
      const answer = await app.request('/ped', { ...post(t), body });
      expect([body, answer.status]).toEqual([body, 400]);
      expect(await answer.json()).toMatchObject({ kind: 'malformed' });
    }
  });
});
