import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { formatRun, parseMoment } from '@lantern/conditions';
import { describe, expect, test } from 'vitest';
import { HsfBook } from '../src/hsf/hsf-book.ts';
import { bytesOf, type SomeServer, someDraft, someServer } from './some-server.ts';

const me = { by: 'tester' };
const max = '9223372036854775807';

/** Sends what nopayloadclient (src/realwrapper.cpp) sends: the same headers, and success is status 200 with JSON. */
async function clientOf(url: string) {
  const send = async (method: string, path: string, data?: unknown) => {
    const answer = await fetch(`${url}/hsf/${path}`, {
      method,
      ...(data === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(data) }),
    });
    const text = await answer.text();
    const json = JSON.parse(text);
    if (answer.status !== 200) throw new Error(json.detail ?? text);
    return { json, text };
  };
  const get = async (path: string) => (await send('GET', path)).json;
  const names = async (path: string) =>
    (await get(path)).map(({ name }: { name: string }) => name) as string[];
  return {
    send,
    get,
    names,
    /** Its steps for a new global tag, src/nopayloadclient.cpp createGlobalTag. */
    async createGlobalTag(name: string) {
      if (!(await names('gtstatus')).includes('unlocked'))
        await send('POST', 'gtstatus', { name: 'unlocked' });
      await send('POST', 'gt', { name, status: 'unlocked', author: 'root' });
    },
    async setStatus(name: string, status: string) {
      if (!(await names('gtstatus')).includes(status))
        await send('POST', 'gtstatus', { name: status });
      await send('PUT', `gt_change_status/${name}/${status}`);
    },
    /** insertPayload: the type has to be there, its list is made where the tag has none. */
    async insertPayload(tag: string, type: string, file: string, iov: readonly number[]) {
      if (!(await names('globalTags')).includes(tag)) throw new Error(`no global tag ${tag}`);
      if (!(await names('pt')).includes(type)) throw new Error(`no payload type ${type}`);
      if (!(type in (await get(`gtPayloadLists/${tag}`)))) {
        const { json } = await send('POST', 'pl', { payload_type: type });
        await send('PUT', 'pl_attach', { payload_list: json.name, global_tag: tag });
      }
      const list = (await get(`gtPayloadLists/${tag}`))[type];
      const [major_iov, minor_iov, major_iov_end, minor_iov_end] = iov;
      const { json } = await send('POST', 'piov', {
        ...{
          payload_url: file,
          major_iov,
          minor_iov,
          checksum: 'e99a18c428cb38d5f260853678922e03',
        },
        ...(iov.length === 4 ? { major_iov_end, minor_iov_end } : {}),
      });
      await send('PUT', 'piov_attach', { payload_list: list, piov_id: json.id });
    },
    async urls(tag: string, major: number, minor: number): Promise<Record<string, string>> {
      const rows = await get(`payloadiovs/?gtName=${tag}&majorIOV=${major}&minorIOV=${minor}`);
      return Object.fromEntries(rows.map(([type, url]: [string, string]) => [type, url]));
    },
  };
}

async function opened() {
  const server = await someServer({ hsfAnonymousRoles: ['publisher'] });
  return { server, client: await clientOf(server.url) };
}

describe('the requests of nopayloadclient', () => {
  test('[HSF1] those of its tests/test_cli.sh', async () => {
    const { client } = await opened();
    await client.createGlobalTag('cli_gt');
    expect(await client.names('globalTags')).toEqual(['cli_gt']);
    await client.send('POST', 'pt', { name: 'cli_pt' });
    expect(await client.names('pt')).toEqual(['cli_pt']);
    await client.insertPayload('cli_gt', 'cli_pt', 'cli_pt/ab/cd/file.dat', [7, 0, 42, 69]);
    expect(await client.urls('cli_gt', 11, 0)).toEqual({ cli_pt: 'cli_pt/ab/cd/file.dat' });
    await expect(client.send('DELETE', 'deletePayloadType/cli_pt')).rejects.toThrow('used by');
    await client.send('DELETE', 'deletePayloadIOV/cli_gt/cli_pt/7/0/42/69');
    expect(await client.urls('cli_gt', 11, 0)).toEqual({});
    await client.setStatus('cli_gt', 'locked');
    await expect(client.send('DELETE', 'deleteGlobalTag/cli_gt')).rejects.toThrow('locked');
    await client.setStatus('cli_gt', 'unlocked');
    await client.send('DELETE', 'deleteGlobalTag/cli_gt');
    await client.createGlobalTag('cli_gt');
    expect(await client.urls('cli_gt', 11, 0)).toEqual({});
  });

  test('[HSF1] those of its tests/test_nopayloadclient.cpp', async () => {
    const { client } = await opened();
    const [start, end] = [
      [120, 5],
      [9000, 17],
    ];
    await client.createGlobalTag('my_gt');
    await client.send('POST', 'pt', { name: 'my_pt' });
    await client.insertPayload('my_gt', 'my_pt', 'a.dat', [...start, ...end]);
    await client.send('POST', 'cloneGlobalTag/my_gt/cloned_gt', null);
    expect(await client.urls('cloned_gt', 700, 3)).toEqual(await client.urls('my_gt', 700, 3));
    await client.send('DELETE', 'deleteGlobalTag/cloned_gt');
    await client.insertPayload('my_gt', 'my_pt', 'a.dat', [700, 3, ...end]);
    await client.setStatus('my_gt', 'locked');
    await expect(client.insertPayload('my_gt', 'my_pt', 'b.dat', [700, 3])).rejects.toThrow();
    await client.insertPayload('my_gt', 'my_pt', 'c.dat', end);
    expect(await client.urls('my_gt', 9000, 17)).toEqual({ my_pt: 'c.dat' });
    await expect(client.send('DELETE', 'deleteGlobalTag/my_gt')).rejects.toThrow('locked');
    await client.setStatus('my_gt', 'unlocked');
    await client.insertPayload('my_gt', 'my_pt', 'd.dat', [700, 3]);
    expect(await client.urls('my_gt', 9001, 0)).toEqual({ my_pt: 'd.dat' });
    await client.send('POST', 'pt', { name: 'pt_to_delete' });
    const before = await client.urls('my_gt', 700, 3);
    await client.insertPayload('my_gt', 'pt_to_delete', 'e.dat', [...start, ...end]);
    expect(await client.urls('my_gt', 700, 3)).not.toEqual(before);
    await client.send('DELETE', 'deletePayloadIOV/my_gt/pt_to_delete/120/5');
    expect(await client.urls('my_gt', 700, 3)).toEqual(before);
    await client.send('DELETE', 'deleteGlobalTag/my_gt');
    await expect(client.urls('my_gt', 700, 3)).rejects.toThrow();
  });

  test('[HSF2] answers have the form of docs/source/api.rst, open ends are the largest integer', async () => {
    const { client } = await opened();
    await client.createGlobalTag('gt');
    await client.send('POST', 'pt', { name: 'Beam' });
    await client.insertPayload('gt', 'Beam', 'D0DXMagnets.dat', [0, 999_999]);
    const at = 'payloadiovs/?gtName=gt&majorIOV=0&minorIOV=999999';
    const { text } = await client.send('GET', at);
    expect(text).toBe(
      `[["Beam","D0DXMagnets.dat","e99a18c428cb38d5f260853678922e03",null,0,999999,${max},${max},null]]`,
    );
    const [object] = await client.get(`${at}&shape=dict`);
    expect(object).toMatchObject({ payload_type_name: 'Beam', payload_url: 'D0DXMagnets.dat' });
    const piov = { payload_url: 'x', checksum: 'y', size: 1, major_iov: 0, minor_iov: 1000 };
    const made = await client.send('POST', 'piov', {
      ...piov,
      major_iov_end: 0,
      minor_iov_end: 2000,
    });
    expect(made.json).toMatchObject({ ...piov, payload_list: null, minor_iov_end: 2000 });
    expect(await client.get('globalTags')).toMatchObject([
      { name: 'gt', status: 'unlocked', payload_lists_count: 1, payload_iov_count: 1 },
    ]);
    expect(await client.get('globalTag/gt')).toMatchObject({
      payload_lists: [{ payload_type: 'Beam', name: expect.stringMatching(/^Beam_\d+$/) }],
    });
  });

  test('[HSF3] the seed data of populate_db.py, by its readable paths', async () => {
    const { client } = await opened();
    for (const name of ['unlocked', 'locked', 'frozen'])
      await client.send('POST', 'global-tags/statuses', { name });
    for (const name of ['Alignment', 'FieldMap', 'Calibration'])
      await client.send('POST', 'payload-types', { name });
    for (const [name, status, ...types] of [
      ['Production_2024', 'unlocked', 'Alignment', 'FieldMap', 'Calibration'],
      ['MC_Campaign_v1', 'locked', 'FieldMap'],
      ['Alignment_Run001', 'frozen', 'Alignment'],
    ]) {
      await client.send('POST', 'gt', { name, status: 'unlocked', author: 'admin' });
      for (const payload_type of types) {
        const { json } = await client.send('POST', 'payload-lists', { payload_type });
        await client.send('PUT', 'payload-lists/attach', {
          global_tag: name,
          payload_list: json.name,
        });
      }
      if (status !== 'unlocked')
        await client.send('PUT', `global-tags/${name}/change-status/${status}`, {});
    }
    const lists = await client.get('global-tags/Production_2024/payload-lists');
    for (const [payload_url, type, major_iov, major_iov_end] of [
      ['alignment_v1.root', 'Alignment', 0, 100],
      ['alignment_v2.root', 'Alignment', 100, 200],
      ['fieldmap_3d.root', 'FieldMap', 0, 9999],
    ] as const) {
      const ends = { minor_iov: 0, major_iov_end, minor_iov_end: 0 };
      const iov = { payload_url, checksum: 'a1b2c3d4e5f6', major_iov, ...ends };
      const { json } = await client.send('POST', 'payload-iovs', iov);
      const attach = { payload_list: lists[type], piov_id: json.id };
      await client.send('PUT', 'payload-iovs/attach', attach);
    }
    const at = (major: number) =>
      client.get(`payload-iovs/query/?gtName=Production_2024&majorIOV=${major}&minorIOV=0`);
    expect((await at(0)).length).toBe(2);
    expect((await at(99))[0][1]).toBe('alignment_v1.root');
    expect((await at(100))[0][1]).toBe('alignment_v2.root');
    // Its own query tests only where intervals begin: here what has ended is not the answer.
    expect((await at(200)).map(([type]: [string]) => type)).toEqual(['FieldMap']);
    const summary = (await client.get('global-tags')).map(
      ({ name, status, payload_iov_count }: Record<string, unknown>) => [
        name,
        status,
        payload_iov_count,
      ],
    );
    expect(summary).toEqual([
      ['Production_2024', 'unlocked', 3],
      ['MC_Campaign_v1', 'locked', 0],
      ['Alignment_Run001', 'frozen', 0],
    ]);
  });
});

describe('what the reference service lets through', () => {
  async function frozen(): Promise<{
    server: SomeServer;
    client: Awaited<ReturnType<typeof clientOf>>;
  }> {
    const { server, client } = await opened();
    await client.createGlobalTag('gt');
    await client.send('POST', 'pt', { name: 'Beam' });
    await client.insertPayload('gt', 'Beam', 'a.dat', [1, 0, 10, 0]);
    await client.setStatus('gt', 'frozen');
    return { server, client };
  }

  test('[HSF4] a frozen global tag is changed by no route, the bulk one neither', async () => {
    const { server, client } = await frozen();
    const list = (await client.get('gtPayloadLists/gt')).Beam;
    const { json: other } = await client.send('POST', 'pl', { payload_type: 'Beam' });
    const iov = { payload_url: 'b.dat', checksum: '', major_iov: 20, minor_iov: 0 };
    const { json: piov } = await client.send('POST', 'piov', iov);
    await client.send('POST', 'gtstatus', { name: 'locked' });
    const before = (await server.conditions.tag('gt')).root;
    for (const [method, path, data] of [
      ['PUT', 'piov_attach', { payload_list: list, piov_id: piov.id }],
      ['POST', 'bulk_piov', [{ ...iov, payload_list: list }]],
      ['PUT', 'pl_attach', { global_tag: 'gt', payload_list: other.name }],
      ['DELETE', 'deletePayloadIOV/gt/Beam/1/0'],
      ['DELETE', 'deletePayloadIOV/gt/Beam/1/0/10/0'],
      ['DELETE', `deletePayloadList/${list}`],
      ['DELETE', 'deleteGlobalTag/gt'],
      ['PUT', 'gt_change_status/gt/unlocked'],
      ['PUT', 'gt_change_status/gt/locked'],
      ['POST', 'gt', { name: 'gt', status: 'unlocked' }],
      ['POST', 'cloneGlobalTag/gt/gt'],
    ] as const)
      await expect(client.send(method, path, data)).rejects.toThrow();
    expect((await server.conditions.tag('gt')).root).toBe(before);
    expect((await server.conditions.tag('gt')).state).toBe('PUBLISHED');
    expect(await client.urls('gt', 5, 0)).toEqual({ Beam: 'a.dat' });
  });

  test('[HSF4] nothing is taken out of a locked one; unlocking it leaves what was', async () => {
    const { server, client } = await opened();
    await client.createGlobalTag('gt');
    await client.send('POST', 'pt', { name: 'Beam' });
    await client.insertPayload('gt', 'Beam', 'a.dat', [1, 0, 10, 0]);
    await client.setStatus('gt', 'locked');
    await expect(client.send('DELETE', 'deletePayloadIOV/gt/Beam/1/0')).rejects.toThrow();
    await client.setStatus('gt', 'unlocked');
    await client.send('DELETE', 'deletePayloadIOV/gt/Beam/1/0');
    expect(await client.urls('gt', 5, 0)).toEqual({});
    expect((await server.conditions.tag('gt')).state).toBe('RUNNING');
    expect((await server.conditions.lines('gt')).length).toBe(1);
  });

  test('[HSF4] words, names and numbers that are none are errors with a detail, not faults', async () => {
    const { server, client } = await opened();
    await client.createGlobalTag('gt');
    await client.send('POST', 'pt', { name: 'Beam' });
    for (const [method, path, data] of [
      ['POST', 'gt', { name: 'x', status: 'nope' }],
      ['POST', 'gt', { status: 'unlocked' }],
      ['POST', 'pt', { name: 'Beam' }],
      ['POST', 'pl', { payload_type: 'Beem' }],
      [
        'POST',
        'piov',
        { payload_url: 'a', major_iov: 5, minor_iov: 0, major_iov_end: 4, minor_iov_end: 0 },
      ],
      ['POST', 'piov', { payload_url: 'a', major_iov: 2 ** 40, minor_iov: 0 }],
      ['PUT', 'piov_attach', { payload_list: 'nope', piov_id: 1 }],
      ['PUT', 'gt_change_status/nope/unlocked', undefined],
      ['GET', 'payloadiovs/?gtName=nope&majorIOV=1&minorIOV=1', undefined],
      ['GET', 'payloadiovs/?gtName=gt&majorIOV=x', undefined],
      ['GET', 'timeout', undefined],
    ] as const)
      await expect(client.send(method, path, data)).rejects.not.toThrow(/incident/);
    expect(server.faults).toEqual([]);
  });

  test('[HSF5] without the role nothing is changed, with no token either', async () => {
    const server = await someServer();
    const client = await clientOf(server.url);
    await expect(client.createGlobalTag('gt')).rejects.toThrow('bearer token');
    expect(await client.get('globalTags')).toEqual([]);
    expect((await server.conditions.metadata.head()).seq).toBe(0);
  });

  test('[HSF6] tags of Lantern by runs are read by name; the rows are Lantern rows', async () => {
    const { server, client } = await opened();
    const { conditions } = server;
    const draft = someDraft({ axis: 'run', vstart: 7n << 32n, dataIdent: 'peds.xml' });
    const { calibration } = await conditions.register({ draft, bytes: bytesOf('p') }, me);
    await conditions.createTag({ name: 'native', instrument: 'LAT' }, me);
    await conditions.putInTag('native', [{ serNo: calibration.serNo }], me);
    expect(await client.urls('native', 8, 0)).toEqual({ CAL_Ped: 'peds.xml' });
    await client.createGlobalTag('gt');
    await client.send('POST', 'pt', { name: 'Beam' });
    await client.insertPayload('gt', 'Beam', 'a.dat', [3, 4, 10, 0]);
    const rows = await conditions.rows({
      tests: [{ field: 'instrument', test: '=', value: 'HSF' }],
    });
    expect(rows.map(({ dataIdent, vstart }) => [dataIdent, formatRun(vstart)])).toEqual([
      ['a.dat', '3.4'],
    ]);
    expect(calibration.enterTime).toBeGreaterThan(parseMoment('2020-01-01'));
  });
});

test('[HSF7] the journal is read again, and a last line that a crash has cut is forgotten', async () => {
  const { server, client } = await opened();
  await client.createGlobalTag('gt');
  await client.send('POST', 'pt', { name: 'Beam' });
  await client.insertPayload('gt', 'Beam', 'a.dat', [3, 4, 10, 0]);
  const path = join(server.folder, 'hsf.jsonl');
  await appendFile(path, '{"kind":"type","id":99,"na');
  const book = await HsfBook.open(path);
  expect([...book.types.keys()]).toEqual(['Beam']);
  await book.write({ kind: 'type', id: book.nextId, name: 'Magnet', description: '' });
  await book.close();
  const again = await HsfBook.open(path);
  expect([...again.types.keys()]).toEqual(['Beam', 'Magnet']);
  expect([...(again.lists.get('Beam_4') ?? again.lists.values().next().value)!.iovs].length).toBe(
    1,
  );
  await again.close();
});
