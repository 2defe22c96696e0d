import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ConditionsError, HttpConditions, parseMoment } from '@lantern/conditions';
import { describe, expect, onTestFinished, test } from 'vitest';
import { bytesOf, type SomeServer, someDraft, someServer } from './some-server.ts';

const me = { by: 'tester' };
const question = { instrument: 'LAT', calibType: 'CAL_Ped', position: parseMoment('2004-01-01') };
/** Fast: what a test waits for is not the pause. */
const quick = { pause: 1, timeout: 5000 };

/** A server that answers as it is told to. */
async function faulty(listener: RequestListener): Promise<{ url: string; asked: () => number }> {
  let asked = 0;
  const server = createServer((request, response) => {
    asked++;
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(() => resolve()));
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: () => asked,
  };
}

/** A port on which nobody listens. */
async function refused(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

async function good(): Promise<SomeServer & { sha256: string }> {
  const server = await someServer();
  const { calibration } = await server.conditions.register(
    { draft: someDraft(), bytes: bytesOf('pedestals') },
    me,
  );
  return { ...server, sha256: calibration.payload?.sha256 ?? '' };
}
const text =
  (status: number, body: string, headers: Record<string, string> = {}): RequestListener =>
  (_, response) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
const failure = (promise: Promise<unknown>): Promise<ConditionsError> =>
  promise.then(
    () => Promise.reject(new Error('it succeeded')),
    (error) => error,
  );

describe('answers that are none: the next server is asked, and alone it is an error', () => {
  const answers: readonly (readonly [string, RequestListener])[] = [
    ['an empty list', text(200, '[]')],
    ['nothing', text(200, '')],
    ['a page of HTML', text(200, '<html><body>Login</body></html>')],
    ['other JSON', text(200, '{"payloads": {"CAL_Ped": 7}}')],
    ['truncated JSON', text(200, '{"calibration":{"serNo":1,"instrument":"LA')],
    ['a time that is none', (_, response) => response.end(withTime('2004-13-01T00:00:00Z'))],
    ['an answer for other times', (_, response) => response.end(withTime('2004-06-01T00:00:00Z'))],
    ['no UTF-8', (_, response) => response.end(Buffer.from([0x22, 0xff, 0xfe, 0x22]))],
  ];
  test.each(answers)('[CLT1] %s', async (_, listener) => {
    const bad = await faulty(listener);
    const alone = new HttpConditions({ servers: [bad.url], rounds: 2, ...quick });
    const error = await failure(alone.find(question));
    expect(error).toMatchObject({ kind: 'corrupt' });
    expect(error.message).toContain(bad.url);
    const both = new HttpConditions({ servers: [bad.url, (await good()).url], ...quick });
    expect((await both.find(question)).calibration.serNo).toBe(1);
  });

  test('[CLT1] a condition that is there three times', async () => {
    const open = { begin: null, end: null };
    const condition = {
      calibType: 'T',
      flavor: 'f',
      tag: 'a',
      serNo: 1,
      payload: '',
      validity: open,
    };
    const lines = [condition, condition, condition];
    const answer = { axis: 'time', validity: open, asOf: '2004-01-01T00:00:00Z', immutable: false };
    const bad = await faulty(text(200, JSON.stringify({ ...answer, lines, missing: [] })));
    const client = new HttpConditions({ servers: [bad.url], rounds: 1, ...quick });
    const error = await failure(client.resolve({ tags: ['a'], position: 0n, asOf: 1n }));
    expect(error).toMatchObject({ kind: 'corrupt' });
    expect(error.message).toContain('twice');
  });
});

describe('servers that fail', () => {
  test('[CLT2] busy twice, then well; Retry-After is heeded', async () => {
    const { url } = await good();
    let n = 0;
    const start = performance.now();
    const busy = await faulty((request, response) => {
      n++;
      if (n === 1) text(503, 'busy', { 'retry-after': '1' })(request, response);
      else if (n === 2) text(429, '{}')(request, response);
      else response.writeHead(307, { location: url + request.url }).end();
    });
    const client = new HttpConditions({ servers: [busy.url], ...quick });
    expect((await client.find(question)).calibration.serNo).toBe(1);
    expect(busy.asked()).toBe(3);
    expect(performance.now() - start).toBeGreaterThan(990);
  });

  test('[CLT2] always busy: an error that says so, after the rounds', async () => {
    const busy = await faulty(text(503, '<html>'));
    const error = await failure(
      new HttpConditions({ servers: [busy.url], rounds: 3, ...quick }).find(question),
    );
    expect(error).toMatchObject({ kind: 'unavailable' });
    expect(error.message).toContain('HTTP status 503');
    expect(busy.asked()).toBe(3);
  });

  test('[CLT3] unknown host, refused port, one that breaks off, one that is silent, then a good one', async () => {
    const breaks = await faulty((_, response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('{"calibration":', () => response.destroy());
    });
    const silent = await faulty(() => undefined);
    const { url, requests } = await good();
    const servers = ['http://no-such-host.invalid', await refused(), breaks.url, silent.url, url];
    const client = new HttpConditions({ servers, pause: 1, timeout: 500 });
    expect((await client.find(question)).calibration.serNo).toBe(1);
    await client.row(1);
    expect([breaks.asked(), silent.asked(), requests.length]).toEqual([1, 1, 2]);
  });

  test('[CLT3] where none answers, the error tells what each did', async () => {
    const silent = await faulty(() => undefined);
    const servers = ['http://no-such-host.invalid', await refused(), silent.url];
    const client = new HttpConditions({ servers, rounds: 1, pause: 1, timeout: 300 });
    const { kind, message } = await failure(client.find(question));
    expect(kind).toBe('unavailable');
    for (const part of ['no host', 'nobody listens', 'in time', ...servers])
      expect(message).toContain(part);
  });

  test('[CLT4] a redirect (308) is followed, also of what changes something', async () => {
    const server = await good();
    const moved = await faulty((request, response) => {
      request.resume();
      response.writeHead(308, { location: server.url + request.url }).end();
    });
    const client = new HttpConditions({ servers: [moved.url], ...quick });
    expect((await client.find(question)).calibration.serNo).toBe(1);
    // The token is for the first server: what another does with it is not known.
    const writer = new HttpConditions({
      servers: [moved.url],
      token: await server.token('admin'),
      ...quick,
    });
    const error = await failure(writer.promote(1, 'test', me));
    expect(error).toMatchObject({ kind: 'forbidden' });
  });

  test('[CLT5] a refusal for good is not asked elsewhere', async () => {
    const first = await good();
    const second = await good();
    const client = new HttpConditions({ servers: [first.url, second.url], ...quick });
    await failure(client.row(99));
    await failure(client.find({ ...question, calibType: 'nope' }));
    expect(second.requests).toEqual([]);
  });
});

describe('payloads', () => {
  test('[CLT6] one whose hash is wrong, or that is missing: the next server has it', async () => {
    const { url, sha256 } = await good();
    const bad = await faulty(text(200, 'other bytes'));
    const behind = await someServer();
    const client = new HttpConditions({ servers: [bad.url, behind.url, url], ...quick });
    expect(new TextDecoder().decode(await client.payload(sha256))).toBe('pedestals');
  });

  test('[CLT6] nowhere right: corrupt; nowhere at all: absent', async () => {
    const { sha256 } = await good();
    const bad = await faulty(text(200, 'other bytes'));
    const client = new HttpConditions({ servers: [bad.url], rounds: 2, ...quick });
    expect(await failure(client.payload(sha256))).toMatchObject({ kind: 'corrupt' });
    const servers = [(await someServer()).url, (await someServer()).url];
    expect(await failure(new HttpConditions({ servers, ...quick }).payload(sha256))).toMatchObject({
      kind: 'absent',
    });
  });

  test('[CLT6] a proxy that holds damage is asked past it', async () => {
    const { url, sha256 } = await good();
    const proxy = await faulty((request, response) => {
      if (request.headers['cache-control'] === 'no-cache')
        response.writeHead(307, { location: url + request.url }).end();
      else response.end('damaged in the cache');
    });
    const client = new HttpConditions({ servers: [proxy.url], ...quick });
    expect((await client.payload(sha256)).length).toBe(9);
  });
});

describe('changes', () => {
  test('[CLT7] a server that dies in mid-answer to a change is not asked again, nor another', async () => {
    const dies = await faulty((request, response) => {
      request.resume().on('end', () => {
        response.writeHead(201, { 'content-length': '1000' });
        response.write('[{"calibration":', () => response.destroy());
      });
    });
    const other = await someServer();
    const client = new HttpConditions({
      servers: [dies.url, other.url],
      token: await other.token('admin'),
      ...quick,
    });
    const error = await failure(client.registerMany([{ draft: someDraft() }], me));
    expect(error.message).toContain('it may have been done');
    expect([dies.asked(), other.requests.length]).toEqual([1, 0]);
  });

  test('[CLT7] nobody listens, or it is busy: certain that nothing was done, so the next is asked', async () => {
    const busy = await faulty((request, response) => {
      request.resume();
      response.writeHead(503).end();
    });
    const server = await someServer();
    const client = new HttpConditions({
      servers: [await refused(), busy.url, server.url],
      token: await server.token('admin'),
      ...quick,
    });
    await client.registerMany([{ draft: someDraft() }], me);
    expect((await server.conditions.metadata.head()).seq).toBe(1);
  });
});

test.each([[[]], [['localhost:8440']], [['ftp://host']]])('[CLT8] servers %j', (servers) => {
  expect(() => new HttpConditions({ servers })).toThrow(/server/);
});

function withTime(begin: string): string {
  const names = ['completion', 'locale', 'creator', 'uid', 'inputDesc', 'notes', 'dataIdent'];
  return JSON.stringify({
    calibration: {
      ...Object.fromEntries(names.map((name) => [name, ''])),
      ...{ serNo: 9, instrument: 'LAT', calibType: 'CAL_Ped', flavor: 'vanilla', axis: 'time' },
      ...{ vstart: begin, vend: null, procLevel: 'test', prodStart: null, prodEnd: null },
      ...{ enterTime: '2004-01-01T00:00:00Z', dataFmt: 'XML', fmtVersion: '1' },
      ...{ payload: null, deprecated: null },
    },
    validity: { begin, end: null },
    asOf: '2004-01-01T00:00:00Z',
  });
}
