import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  ConditionsError,
  calibrationToJson,
  canonicalJson,
  foundToJson,
  HttpConditions,
  type Json,
  parseMoment,
  runPosition,
  sha256Of,
} from '@lantern/conditions';
import { describe, expect, test } from 'vitest';
import { bytesOf, someDraft, someServer } from './some-server.ts';

const me = { by: 'tester' };
const json = (value: unknown) => canonicalJson(value as Json);
const question = { instrument: 'LAT', calibType: 'CAL_Ped', position: parseMoment('2004-01-01') };

async function writer() {
  const server = await someServer();
  const token = await server.token('writer:*');
  return { server, client: new HttpConditions({ servers: [server.url], token }) };
}

describe('calibrations over HTTP', () => {
  test('[API1] registered by a client, found by it, as where they are', async () => {
    const { server, client } = await writer();
    const { calibration } = await client.register(
      {
        draft: someDraft({ notes: 'müde', vend: parseMoment('2005-01-01') }),
        bytes: bytesOf('ped'),
      },
      me,
    );
    const local = await server.conditions.find(question);
    expect(json(foundToJson(await client.find(question)))).toBe(json(foundToJson(local)));
    expect(json(calibrationToJson(calibration))).toBe(json(calibrationToJson(local.calibration)));
    expect(new TextDecoder().decode(await client.payload(calibration.payload?.sha256 ?? ''))).toBe(
      'ped',
    );
    expect((await server.conditions.metadata.events(0, 10))[0]?.by).toBe('tester');
  });

  test('[API1] runs, asOf, levels, rows by tests of fields', async () => {
    const { server, client } = await writer();
    const { conditions } = server;
    const run = { axis: 'run' as const, vstart: runPosition(7, 3), vend: runPosition(9) };
    await client.register(
      { draft: someDraft({ ...run, calibType: 'TKR' }), bytes: bytesOf('t') },
      me,
    );
    const found = await client.find({
      ...question,
      calibType: 'TKR',
      axis: 'run',
      position: runPosition(8),
      levels: ['test', 'production'],
    });
    expect(found.validity).toEqual({ begin: runPosition(7, 3), end: runPosition(9) });
    const then = found.asOf;
    await client.register({ draft: someDraft(), bytes: bytesOf('p') }, me);
    await expect(client.find({ ...question, asOf: then })).rejects.toThrow(ConditionsError);
    const query = {
      tests: [
        { field: 'calibType', test: 'like', value: 'CAL*' },
        { field: 'vstart', test: '>=', value: parseMoment('2003-01-10') },
        { field: 'serNo', test: '<', value: 7 },
      ],
      sort: 'enterTime',
      descending: true,
      limit: 5,
    } as const;
    const rows = await client.rows(query);
    expect(rows.length).toBe(1);
    expect(json(rows.map(calibrationToJson))).toBe(
      json((await conditions.rows(query)).map(calibrationToJson)),
    );
  });

  test('[API1] closed, superseded, promoted, deprecated; many at once', async () => {
    const { client } = await writer();
    const many = await client.registerMany(
      [1, 2, 3].map((n) => ({
        draft: someDraft({ calibType: `T${n}`, procLevel: 'test' }),
        bytes: bytesOf(`many ${n}`),
      })),
      me,
    );
    const [a = 0, b = 0, c = 0] = many.map(({ calibration }) => calibration.serNo);
    const vend = parseMoment('2003-02-01');
    expect((await client.close(a, vend, { by: '', reason: 'hot' })).vend).toBe(vend);
    expect((await client.promote(b, 'production', me)).procLevel).toBe('production');
    expect((await client.deprecate(c, { by: '', reason: 'wrong file' })).deprecated).toBe(
      'wrong file',
    );
    const next = await client.supersede(
      b,
      { draft: { notes: 'better' }, bytes: bytesOf('new') },
      me,
    );
    expect(next.calibration).toMatchObject({ calibType: 'T2', notes: 'better' });
    expect((await client.row(b)).procLevel).toBe('superseded');
  });

  test('[API2] an error is the same as where the conditions are', async () => {
    const { server, client } = await writer();
    await client.register({ draft: someDraft(), bytes: bytesOf('ped') }, me);
    const missing = { ...question, position: parseMoment('2001-01-01') };
    const local: ConditionsError = await server.conditions.find(missing).catch((error) => error);
    const remote: ConditionsError = await client.find(missing).catch((error) => error);
    expect(remote).toBeInstanceOf(ConditionsError);
    expect([remote.kind, remote.message]).toEqual([local.kind, local.message]);
    await expect(client.row(99)).rejects.toMatchObject({ kind: 'absent' });
    await expect(client.payload('0'.repeat(64))).rejects.toMatchObject({ kind: 'absent' });
  });

  test('[ID3] a writer of one type is refused another, and its row is not changed', async () => {
    const server = await someServer();
    const mine = await server.conditions.register(
      { draft: someDraft({ calibType: 'TKR' }), bytes: bytesOf('t') },
      me,
    );
    const client = new HttpConditions({
      servers: [server.url],
      token: await server.token('writer:CAL_Ped'),
    });
    const { serNo } = mine.calibration;
    const registration = { draft: someDraft({ calibType: 'TKR' }), bytes: bytesOf('u') };
    for (const change of [
      () => client.register(registration, me),
      () => client.registerMany([{ draft: someDraft(), bytes: bytesOf('v') }, registration], me),
      () => client.close(serNo, parseMoment('2004-01-01'), me),
      () => client.promote(serNo, 'test', me),
      () => client.deprecate(serNo, { by: '', reason: 'no' }),
      () => client.supersede(serNo, { draft: { notes: 'x' } }, me),
      () => client.declare({}, me),
    ])
      await expect(change()).rejects.toMatchObject({ kind: 'forbidden' });
    expect((await server.conditions.metadata.head()).seq).toBe(1);
    const audit = await readFile(join(server.folder, 'audit.jsonl'), 'utf8');
    expect(audit.match(/"outcome":"refused"/g)?.length).toBe(7);
  });

  test('[CCH1] a payload and an answer about the past are immutable; all else has an ETag', async () => {
    const { server, client } = await writer();
    const { calibration } = await client.register({ draft: someDraft(), bytes: bytesOf('p') }, me);
    const hash = calibration.payload?.sha256;
    const get = (path: string, headers: Record<string, string> = {}) =>
      fetch(`${server.url}/api/conditions${path}`, { headers });
    const payload = await get(`/payloads/${hash}`);
    expect(payload.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(await sha256Of(new Uint8Array(await payload.arrayBuffer()))).toBe(hash);
    const path = '/find?instrument=LAT&calibType=CAL_Ped&time=2004-01-01';
    const found = await get(path);
    const etag = found.headers.get('etag') ?? '';
    expect(found.headers.get('cache-control')).toBe('public, no-cache');
    expect(found.headers.get('lantern-validity')).toBe('2003-01-10T00:00:00Z/open');
    expect((await get(path, { 'if-none-match': etag })).status).toBe(304);
    expect((await get(path, { 'if-none-match': `"x", W/${etag}` })).status).toBe(304);
    const { asOf } = (await found.json()) as { asOf: string };
    const past = await get(`${path}&asOf=${asOf}`);
    expect(past.headers.get('cache-control')).toContain('immutable');
    await client.register({ draft: someDraft({ calibType: 'TKR' }), bytes: bytesOf('q') }, me);
    expect((await get(path, { 'if-none-match': etag })).status).toBe(200);
  });

  test('[CCH2] what not everybody may read, proxies do not keep', async () => {
    const server = await someServer({ anonymousRead: false });
    const { calibration } = await server.conditions.register(
      { draft: someDraft(), bytes: bytesOf('p') },
      me,
    );
    const url = `${server.url}/api/conditions/payloads/${calibration.payload?.sha256}`;
    expect((await fetch(url)).status).toBe(401);
    const headers = { authorization: `Bearer ${await server.token('reader')}` };
    const answer = await fetch(url, { headers });
    expect(answer.headers.get('cache-control')).toMatch(/^private/);
    expect(answer.headers.get('vary')).toBe('Authorization');
  });

  test('[LIM2] a payload beyond the limit; one that is not what was sent', async () => {
    const server = await someServer({ payloadLimit: 1000 });
    const token = await server.token('writer:CAL_Ped');
    const client = new HttpConditions({ servers: [server.url], token });
    const large = { draft: someDraft(), bytes: new Uint8Array(1001) };
    await expect(client.register(large, me)).rejects.toThrow('too large');
    const answer = await fetch(`${server.url}/api/conditions/payloads?sha256=${'0'.repeat(64)}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: 'abc',
    });
    expect(answer.status).toBe(400);
  });

  test.each([
    ['/find?instrument=LAT', /calibType/],
    ['/find?instrument=LAT&calibType=X', /no position/],
    ['/find?instrument=LAT&calibType=X&time=2003-01-10&run=7', /two positions/],
    ['/find?instrument=LAT&calibType=X&time=soon', /no time/],
    ['/find?instrument=LAT&calibType=X&tyme=2003-01-10', /tyme/],
    ['/find?instrument=LAT&calibType=X&time=2003-01-10&levels=best', /no level/],
    ['/rows?where=calibtype=X', /did you mean calibType/],
    ['/rows?where=notes~*a*b*c*d*e*', /stars/],
    ['/rows/x', /the path/],
    ['/payloads/abc', /the path/],
    ['/log?after=x', /the query/],
  ])('[API3] %s', async (path, message) => {
    const server = await someServer();
    const answer = await fetch(`${server.url}/api/conditions${path}`);
    const problem = (await answer.json()) as { detail: string };
    expect([answer.status, problem.detail]).toEqual([400, expect.stringMatching(message)]);
    expect(server.faults).toEqual([]);
  });

  test('[API4] the OpenAPI document names every path', async () => {
    const server = await someServer();
    const document = (await (await fetch(`${server.url}/api/openapi.json`)).json()) as {
      openapi: string;
      paths: Record<string, object>;
    };
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining([
        '/api/conditions/find',
        '/api/conditions/rows',
        '/api/conditions/rows/{serNo}/supersede',
        '/api/conditions/payloads/{sha256}',
      ]),
    );
    expect(JSON.stringify(document)).toContain('problem+json');
  });
});
