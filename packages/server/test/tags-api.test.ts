import {
  always,
  type Conditions,
  type ConditionsError,
  canonicalJson,
  foundToJson,
  HttpConditions,
  type Json,
  type Position,
  parseMoment,
  resolvedToJson,
  tagLineToJson,
  tagToJson,
} from '@lantern/conditions';
import { describe, expect, test } from 'vitest';
import { bytesOf, memoryConditions, someDraft, someServer } from './some-server.ts';

const me = { by: 'tester' };
const day = (n: number): Position => parseMoment('2003-01-01') + BigInt(n) * 86_400_000_000_000n;
const json = (value: unknown) => canonicalJson(value as Json);

/** Three types, an interval for each ten days; the tag `A` has them all, but for a gap. */
export async function taggedConditions(types = 3, days = 10): Promise<Conditions> {
  const conditions = memoryConditions();
  const entries = [];
  for (let type = 0; type < types; type++)
    for (let n = 0; n < days; n++) {
      const draft = someDraft({
        calibType: `T${type}`,
        vstart: day(10 * n + type),
        vend: day(10 * n + type + 10),
      });
      const bytes = bytesOf(`T${type} ${n}`);
      const { calibration } = await conditions.register({ draft, bytes }, me);
      if (type !== 1 || n !== 5) entries.push({ serNo: calibration.serNo });
    }
  await conditions.createTag({ name: 'A', instrument: 'LAT' }, me);
  await conditions.putInTag('A', entries, me);
  return conditions;
}

const publish = (conditions: Conditions, tag = 'A') =>
  conditions.moveTag(tag, ['TESTING', 'VALIDATED', 'PUBLISHED'], me);

async function served(conditions: Conditions) {
  const server = await someServer({}, conditions);
  const token = await server.token('admin');
  return { ...server, client: new HttpConditions({ servers: [server.url], token, pause: 1 }) };
}

describe('tags over HTTP', () => {
  test('[API5] made, filled, moved, cloned, taken from, by a client', async () => {
    const { client, conditions } = await served(await taggedConditions());
    await client.createTag({ name: 'B', clone: 'A', description: 'a clone' }, me);
    await client.removeFromTag('B', [{ calibType: 'T2', begin: day(30) }], me);
    expect((await client.lines('B')).map(({ entries }) => entries.length)).toEqual([10, 9, 3]);
    const [row] = await client.rows({ tests: [{ field: 'calibType', test: '=', value: 'T1' }] });
    await client.putInTag(
      'B',
      [{ serNo: row?.serNo ?? 0, begin: day(3), end: day(5) }],
      me,
      'replace',
    );
    expect((await client.moveTag('B', ['TESTING', 'VALIDATED'], me)).state).toBe('VALIDATED');
    expect(json((await client.tags()).map(tagToJson))).toBe(
      json((await conditions.tags()).map(tagToJson)),
    );
    const range = { begin: day(25), end: day(35) };
    expect(json((await client.lines('B', range)).map(tagLineToJson))).toBe(
      json((await conditions.lines('B', range)).map(tagLineToJson)),
    );
    await client.createTag({ name: 'R', instrument: 'LAT', rule: { levels: ['production'] } }, me);
    expect((await client.tag('R')).rule?.levels).toEqual(['production']);
  });

  test('[API5] answers are the same at every edge, in gaps, in stacks, published or not', async () => {
    const conditions = await taggedConditions();
    const { client } = await served(conditions);
    const check = async () => {
      for (const position of [day(-1), day(0), day(10) - 1n, day(10), day(55), day(111), always])
        for (const tags of [['A'], ['B', 'A']]) {
          const question = { tags, position };
          expect(json(resolvedToJson(await client.resolve(question), 'time'))).toBe(
            json(resolvedToJson(await conditions.resolve(question), 'time')),
          );
          for (const calibType of ['T0', 'T1', 'nope']) {
            const one = { ...question, calibType };
            const told = (reader: { findInTags: Conditions['findInTags'] }) =>
              reader.findInTags(one).then(
                (found) => json(foundToJson(found)),
                (error: ConditionsError) => `${error.kind} ${error.message}`,
              );
            expect(await told(client)).toBe(await told(conditions));
          }
        }
    };
    await conditions.createTag({ name: 'B', clone: 'A' }, me);
    await conditions.removeFromTag('B', [{ calibType: 'T0', begin: day(20) }], me);
    await check();
    await publish(conditions);
    await publish(conditions, 'B');
    await check();
  });

  test('[API7] differences, coverage and explanations are those of the store', async () => {
    const { client, conditions } = await served(await taggedConditions());
    await conditions.createTag({ name: 'B', clone: 'A' }, me);
    await conditions.removeFromTag('B', [{ calibType: 'T0', begin: day(20), end: day(35) }], me);
    const { changed: asOf } = await conditions.tag('B');
    const [before, after] = [{ tags: ['A'] }, { tags: ['B'], asOf }];
    const range = { begin: day(25), end: day(40) };
    for (const question of [
      { before, after },
      { before, after, range, calibTypes: ['T0'], constants: 3 },
      { before: { instrument: 'LAT', levels: ['production'] as const }, after },
    ]) {
      const found = await client.diff(question);
      expect(found).toEqual(await conditions.diff(question));
      expect(found.lines.length).toBeGreaterThan(0);
    }
    const coverage = { source: after, range };
    expect(await client.coverage(coverage)).toEqual(await conditions.coverage(coverage));
    const needed = { ...coverage, needed: [{ calibType: 'T2' }] };
    expect((await client.requireCoverage(needed)).complete).toBe(true);
    const gap = { ...coverage, needed: [{ calibType: 'T0' }] };
    const told = (of: Pick<Conditions, 'requireCoverage'>, question = gap) =>
      of.requireCoverage(question).catch(({ kind, message }: ConditionsError) => [kind, message]);
    expect(await told(client)).toEqual(await told(conditions));
    expect(await told(client)).toEqual(['absent', expect.stringContaining('T0')]);
    expect(await told(client, { ...coverage, needed: [] })).toEqual([
      'invalid',
      expect.any(String),
    ]);
    for (const source of [after, { tags: ['B', 'A'] }, { instrument: 'LAT' }]) {
      const question = { source, calibType: 'T0', position: day(25) };
      expect(await client.explain(question)).toEqual(await conditions.explain(question));
    }
  });

  test('[API5] the update of a running tag is planned and made', async () => {
    const { client, conditions } = await served(await taggedConditions());
    await conditions.createTag({ name: 'online', clone: 'A' }, me);
    await conditions.moveTag('online', ['TESTING', 'VALIDATED', 'RUNNING'], me);
    const draft = someDraft({ calibType: 'T0', vstart: day(120) });
    const next = await client.register({ draft, bytes: bytesOf('next') }, me);
    await client.createTag({ name: 'staging', instrument: 'LAT' }, me);
    await client.putInTag('staging', [{ serNo: next.calibration.serNo }], me);
    await client.moveTag('staging', ['TESTING', 'VALIDATED'], me);
    const question = { running: 'online', staging: 'staging', from: day(120) };
    const plan = await conditions.planTagUpdate(question);
    expect(await client.planTagUpdate(question)).toEqual(plan);
    expect(plan.problems).toEqual([]);
    await client.updateTag(question, me);
    const found = await client.findInTags({
      tags: ['online'],
      calibType: 'T0',
      position: day(130),
    });
    expect(found.calibration.serNo).toBe(next.calibration.serNo);
  });
});

describe('a tag that is fixed', () => {
  test('[TAGX1] published: no route changes it', async () => {
    const conditions = await taggedConditions();
    await publish(conditions);
    const { client, url, token } = await served(conditions);
    const before = json(tagToJson(await conditions.tag('A')));
    const row = await client.register(
      { draft: someDraft({ calibType: 'T0', vstart: day(200) }), bytes: bytesOf('x') },
      me,
    );
    const { serNo } = row.calibration;
    await client.createTag({ name: 'S', instrument: 'LAT' }, me);
    await client.putInTag('S', [{ serNo }], me);
    await client.moveTag('S', ['TESTING', 'VALIDATED'], me);
    const update = { running: 'A', staging: 'S', from: day(200) };
    for (const change of [
      () => client.putInTag('A', [{ serNo }], me),
      () => client.putInTag('A', [{ serNo }], me, 'append'),
      () => client.putInTag('A', [{ serNo }], me, 'replace'),
      () => client.removeFromTag('A', [{ calibType: 'T0' }], me),
      () => client.moveTag('A', ['OPEN'], me),
      () => client.moveTag('A', ['RUNNING'], me),
      () => client.createTag({ name: 'A', instrument: 'LAT' }, me),
      () => client.createTag({ name: 'A', clone: 'S' }, me),
      () => client.updateTag(update, me),
    ])
      await expect(change()).rejects.toMatchObject({ kind: 'conflict' });
    for (const method of ['PUT', 'DELETE', 'PATCH']) {
      const answer = await fetch(`${url}/api/conditions/tags/A`, {
        method,
        headers: { authorization: `Bearer ${await token('admin')}` },
      });
      expect(answer.status).toBe(404);
    }
    expect(json(tagToJson(await conditions.tag('A')))).toBe(before);
  });

  test('[TAGX2] INVALID and unknown tags are errors that say so, also where an answer is kept', async () => {
    const conditions = await taggedConditions();
    await publish(conditions);
    const { client, url } = await served(conditions);
    const question = { tags: ['A'], position: day(7) };
    await client.resolve(question);
    await conditions.moveTag('A', ['INVALID'], me);
    const later = new HttpConditions({ servers: [url] });
    await expect(later.resolve(question)).rejects.toMatchObject({ kind: 'conflict' });
    await expect(later.resolve(question)).rejects.toThrow('INVALID');
    await expect(later.resolve({ ...question, tags: ['Aa'] })).rejects.toThrow("did you mean 'A'?");
  });

  test('[ID3] who may work on tags', async () => {
    const conditions = await taggedConditions();
    const { url, token } = await served(conditions);
    const as = async (role: 'writer:T0' | 'publisher' | 'reader') =>
      new HttpConditions({ servers: [url], token: await token(role) });
    const [writer, publisher, reader] = [
      await as('writer:T0'),
      await as('publisher'),
      await as('reader'),
    ];
    const forbidden = { kind: 'forbidden' };
    await expect(writer.createTag({ name: 'W', clone: 'A' }, me)).rejects.toMatchObject(forbidden);
    await publisher.createTag({ name: 'W', clone: 'A' }, me);
    await writer.removeFromTag('W', [{ calibType: 'T0', begin: day(50) }], me);
    await writer.putInTag('W', [{ serNo: 6 }], me);
    for (const change of [
      () => writer.removeFromTag('W', [{ calibType: 'T1' }], me),
      () => writer.putInTag('W', [{ serNo: 16 }], me),
      () => writer.moveTag('W', ['TESTING'], me),
      () => reader.removeFromTag('W', [{ calibType: 'T0' }], me),
      () => reader.putInTag('W', [{ serNo: 7 }], me),
      () => publisher.register({ draft: someDraft(), bytes: bytesOf('p') }, me),
    ])
      await expect(change()).rejects.toMatchObject(forbidden);
    await publisher.moveTag('W', ['TESTING'], me);
  });
});

describe('caches of published tags', () => {
  test('[CCH3] answers are immutable, say where they hold, and name the one URL', async () => {
    const conditions = await taggedConditions();
    await publish(conditions);
    const { url } = await served(conditions);
    const get = (path: string) => fetch(`${url}/api/conditions${path}`);
    const some = await get('/resolve?tags=A&time=2003-01-18T17:00:00Z');
    expect(some.headers.get('cache-control')).toContain('immutable');
    expect(some.headers.get('lantern-validity')).toBe('2003-01-13T00:00:00Z/2003-01-21T00:00:00Z');
    const canonical = some.headers.get('content-location') ?? '';
    expect(canonical).toBe('/api/conditions/resolve?tags=A&time=2003-01-13T00%3A00%3A00Z');
    const text = await some.text();
    expect(await (await fetch(url + canonical)).text()).toBe(text);
    const one = await get('/tags/find?tags=A&calibType=T0&time=2003-01-18');
    expect(one.headers.get('lantern-validity')).toBe('2003-01-11T00:00:00Z/2003-01-21T00:00:00Z');
  });

  test('[CCH3] asked again and again it is the same, until the tag is INVALID', async () => {
    const conditions = await taggedConditions();
    await publish(conditions);
    const { url, client } = await served(conditions);
    const get = (headers: Record<string, string> = {}) =>
      fetch(`${url}/api/conditions/resolve?tags=A&time=2003-01-18`, { headers });
    const told = async (answer: Response) => [
      await answer.text(),
      ...['etag', 'cache-control', 'content-location', 'lantern-validity', 'content-type'].map(
        (name) => answer.headers.get(name),
      ),
    ];
    const first = await told(await get());
    for (let i = 0; i < 3; i++) expect(await told(await get())).toEqual(first);
    expect((await get({ 'if-none-match': String(first[1]) })).status).toBe(304);
    await client.moveTag('A', ['INVALID'], me);
    expect((await get()).status).toBe(409);
  });

  test('[CCH3] what is still open is not immutable', async () => {
    const { url } = await served(await taggedConditions());
    const answer = await fetch(`${url}/api/conditions/resolve?tags=A&time=2003-01-18`);
    expect(answer.headers.get('cache-control')).toBe('public, no-cache');
  });

  test('[CCH4] clients that ask about one cell ask for one URL; each asks once', async () => {
    const conditions = await taggedConditions();
    await publish(conditions);
    const { url, requests } = await served(conditions);
    for (let i = 0; i < 5; i++) {
      const client = new HttpConditions({ servers: [url] });
      for (let n = 0; n < 4; n++)
        await client.resolve({ tags: ['A'], position: day(12) + BigInt(1000 * i + n) });
    }
    const resolved = requests.filter((line) => line.includes('/resolve'));
    expect(resolved.length).toBe(5);
    expect(new Set(resolved).size).toBe(1);
    expect(new Set(requests).size).toBe(4);
  });

  test('[CCH5] with no server left a client answers what it has, and nothing else', async () => {
    const conditions = await taggedConditions();
    await publish(conditions);
    const server = await someServer({}, conditions);
    const client = new HttpConditions({ servers: [server.url], rounds: 1, pause: 1 });
    const found = await client.findInTags({ tags: ['A'], calibType: 'T0', position: day(7) });
    const sha256 = found.calibration.payload?.sha256 ?? '';
    await client.payload(sha256);
    await server.close();
    const again = await client.findInTags({ tags: ['A'], calibType: 'T0', position: day(8) });
    expect(json(foundToJson(again))).toBe(json(foundToJson(found)));
    expect((await client.payload(sha256)).length).toBe(4);
    await expect(
      client.findInTags({ tags: ['A'], calibType: 'T0', position: day(12) }),
    ).rejects.toMatchObject({ kind: 'unavailable' });
  });
});
