import {
  type Conditions,
  canonicalJson,
  foundToJson,
  HttpConditions,
  type Json,
  Mirror,
  parseMoment,
  resolvedToJson,
  tagToJson,
} from '@lantern/conditions';
import { describe, expect, test } from 'vitest';
import { bytesOf, memoryConditions, someDraft, someServer } from './some-server.ts';

const me = { by: 'tester' };
const json = (value: unknown) => canonicalJson(value as Json);
const position = parseMoment('2004-01-01');

async function grow(conditions: Conditions, from: number, to: number): Promise<void> {
  for (let n = from; n < to; n++) {
    const draft = someDraft({
      calibType: `T${n % 3}`,
      vstart: parseMoment('2003-01-01') + BigInt(n),
    });
    const { calibration } = await conditions.register(
      { draft, bytes: bytesOf(`payload ${n}`) },
      me,
    );
    const name = `tag${n}`;
    await conditions.createTag(
      n === 0 ? { name, instrument: 'LAT' } : { name, clone: `tag${n - 1}` },
      me,
    );
    await conditions.putInTag(name, [{ serNo: calibration.serNo }], me, 'replace');
  }
}

async function same(a: Conditions, b: Conditions): Promise<void> {
  expect(await b.metadata.head()).toEqual(await a.metadata.head());
  expect(await b.metadata.events(0, 10_000)).toEqual(await a.metadata.events(0, 10_000));
  expect(json((await b.tags()).map(tagToJson))).toBe(json((await a.tags()).map(tagToJson)));
  for (const { name } of await a.tags()) {
    const question = { tags: [name], position };
    const [one, other] = [await a.resolve(question), await b.resolve(question)];
    expect(json(resolvedToJson(other, 'time'))).toBe(json(resolvedToJson(one, 'time')));
    for (const { payload } of one.lines)
      expect(await b.payload(payload)).toEqual(await a.payload(payload));
  }
}

describe('a second site', () => {
  test('[MIR1] follows the first and serves the same', async () => {
    const first = await someServer();
    await grow(first.conditions, 0, 5);
    const second = memoryConditions();
    const mirror = new Mirror({
      servers: [first.url],
      metadata: second.metadata,
      payloads: second.payloads,
      batch: 4,
      pause: 1,
    });
    let progress = await mirror.step();
    while (progress.seq < progress.of) progress = await mirror.step();
    await same(first.conditions, second);
    await grow(first.conditions, 5, 7);
    while ((await mirror.step()).seq < (await first.conditions.metadata.head()).seq);
    await same(first.conditions, second);
    const served = await someServer({ mirrorOf: first.url }, second);
    const [a, b] = [first, served].map(({ url }) => new HttpConditions({ servers: [url] }));
    const question = { instrument: 'LAT', calibType: 'T1', position };
    expect(json(foundToJson(await b!.find(question)))).toBe(
      json(foundToJson(await a!.find(question))),
    );
  });

  test('[MIR2] ended at any moment it goes on: nothing twice, nothing missing', async () => {
    const first = await someServer();
    await grow(first.conditions, 0, 6);
    const second = memoryConditions();
    // Every third answer breaks off: as if it were killed there, and started again as another one.
    let n = 0;
    const broken: typeof fetch = (input, init) => {
      n++;
      return n % 3 === 0 ? Promise.reject(new TypeError('killed')) : fetch(input, init);
    };
    const { seq } = await first.conditions.metadata.head();
    for (let i = 0; i < 300 && (await second.metadata.head()).seq < seq; i++) {
      const mirror = new Mirror({
        servers: [first.url],
        metadata: second.metadata,
        payloads: second.payloads,
        batch: 3,
        rounds: 1,
        fetch: broken,
      });
      await mirror.step().catch(() => undefined);
    }
    await same(first.conditions, second);
  });

  test('[MIR2] an event is never there before the payloads that it names', async () => {
    const first = await someServer();
    await grow(first.conditions, 0, 3);
    const second = memoryConditions();
    const nothing: typeof fetch = (input, init) =>
      String(input).includes('/payloads/')
        ? Promise.resolve(new Response('damaged'))
        : fetch(input, init);
    const mirror = new Mirror({
      servers: [first.url],
      metadata: second.metadata,
      payloads: second.payloads,
      rounds: 1,
      fetch: nothing,
    });
    await expect(mirror.step()).rejects.toMatchObject({ kind: 'corrupt' });
    expect((await second.metadata.head()).seq).toBe(0);
  });

  test('[MIR3] a mirror refuses changes and says where they are made', async () => {
    const second = await someServer({ mirrorOf: 'https://first.example' });
    const token = await second.token('admin');
    const client = new HttpConditions({ servers: [second.url], token });
    const change = client.register({ draft: someDraft(), bytes: bytesOf('p') }, me);
    await expect(change).rejects.toThrow('https://first.example');
    const source = { instrument: 'LAT' };
    const compared = await client.diff({ before: source, after: source }).catch((error) => error);
    expect(String(compared)).not.toContain('mirror');
  });

  test('[MIR3] another log than the one it has is told', async () => {
    const [one, two] = [await someServer(), await someServer()];
    await grow(one.conditions, 0, 2);
    await grow(two.conditions, 0, 3);
    const second = memoryConditions();
    await new Mirror({
      servers: [one.url],
      metadata: second.metadata,
      payloads: second.payloads,
    }).step();
    const astray = new Mirror({
      servers: [two.url],
      metadata: second.metadata,
      payloads: second.payloads,
      rounds: 1,
    });
    await expect(astray.step()).rejects.toMatchObject({ kind: 'conflict' });
  });
});
