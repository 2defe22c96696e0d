import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { Conditions } from '../src/conditions.ts';
import { ConditionsError } from '../src/errors.ts';
import { canonicalJson, type Json } from '../src/json/canonical-json.ts';
import { openSnapshotFile, saveSnapshotFile } from '../src/node/snapshot-file.ts';
import { sha256Of } from '../src/payload/sha256.ts';
import { blobSource, memorySource } from '../src/snapshot/byte-source.ts';
import { httpSource } from '../src/snapshot/http-source.ts';
import { openSnapshot } from '../src/snapshot/open-snapshot.ts';
import { lastLine, type SnapshotHeader } from '../src/snapshot/snapshot-header.ts';
import type { SnapshotRequest } from '../src/snapshot/snapshot-plan.ts';
import { writeSnapshot } from '../src/snapshot/write-snapshot.ts';
import { answerText, describeConditionsReader, questions } from './conditions-reader-contract.ts';
import { day, sampleStore } from './sample-store.ts';

const folder = mkdtempSync(join(tmpdir(), 'lantern-snapshot-'));
afterAll(() => rmSync(folder, { recursive: true }));

describeConditionsReader({
  name: 'snapshot file on a disk',
  async open(store) {
    const path = join(folder, 'contract.snapshot');
    await saveSnapshotFile(path, store);
    const { metadata, payloads } = await openSnapshotFile(path);
    return new Conditions(metadata, payloads);
  },
});

describeConditionsReader({
  name: 'snapshot file as a blob of a browser',
  async open(store) {
    const blob = new Blob([await snapshotBytes(store)]);
    const { metadata, payloads } = await openSnapshot(blobSource(blob, 'blob'));
    return new Conditions(metadata, payloads);
  },
});

describe('a snapshot file', () => {
  test('[SNP2] says in text what it is, and where its header is', async () => {
    const bytes = await snapshotBytes(await sampleStore(), { tags: ['base'] });
    const text = new TextDecoder('latin1').decode(bytes);
    expect(text.split('\n')[0]).toMatch(
      /^lantern conditions snapshot 1: its header is the JSON above/,
    );
    const [, offset, length, sha256] = /^header (\d+) (\d+) (\S+)/.exec(
      text.trimEnd().split('\n').at(-1)!,
    )!;
    const header = bytes.slice(Number(offset), Number(offset) + Number(length));
    expect(await sha256Of(header)).toBe(sha256);
    expect(JSON.parse(new TextDecoder().decode(header))).toMatchObject({
      format: 'lantern conditions snapshot',
      scope: { tags: ['base'], range: null, payloads: true },
      series: [
        { calibType: 'CAL_Ped', rows: 17 },
        { calibType: 'Trigger', axis: 'run', rows: 4 },
      ],
    });
  });

  test('[SNP3] of a range answers inside it as the store does, and elsewhere not at all', async () => {
    const store = await sampleStore();
    for (const range of [
      { axis: 'time', begin: day(5.6), end: day(5.8) },
      { axis: 'time', begin: day(3) + 1n, end: day(9.6) },
      { axis: 'time', begin: day(11.5), end: day(12.05) },
      { axis: 'run', begin: 5n * 2n ** 32n, end: 9n * 2n ** 32n },
    ] as const) {
      for (const tags of [undefined, ['fix', 'base', 'grows']]) {
        const reader = await readerOf(await snapshotBytes(store, { range, ...(tags && { tags }) }));
        let answers = 0;
        for (const [title, ask] of questions(undefined).filter(([its]) =>
          /^(find|resolve) .*at /.test(its),
        )) {
          const [given, expected] = [await answerText(ask, reader), await answerText(ask, store)];
          const isRefused = /^absent: .*(outside of the range|does not hold)/.test(given);
          const position = BigInt(/at (-?\d+)$/.exec(title)![1]!);
          const isInside = position >= range.begin && position < range.end;
          const isOnAxis = title.includes('run') === (range.axis === 'run');
          if (isInside && isOnAxis && !tags) expect(isRefused).toBe(false);
          if (!isRefused) {
            // What it suggests in place of a wrong name are names that it holds.
            if (!title.includes('not there'))
              expect(`${title}: ${given}`).toBe(`${title}: ${expected}`);
            if (isInside) answers++;
          }
        }
        expect(answers).toBeGreaterThan(0);
      }
    }
  });

  test('[SNP3] of tags has their series and their payloads, or none where that is asked', async () => {
    const store = await sampleStore();
    const bytes = await snapshotBytes(store, { tags: ['fix'], payloads: false });
    const reader = await readerOf(bytes);
    expect((await reader.tags()).map(({ name }) => name)).toEqual(['fix']);
    const found = await reader.findInTags({
      tags: ['fix'],
      calibType: 'CAL_Ped',
      position: day(4),
    });
    expect(found.calibration.serNo).toBe(4);
    await expect(reader.payload(found.calibration.payload!.sha256)).rejects.toThrow(
      /a\.snapshot: no payload .* \(the snapshot was made without payloads\)/,
    );
    await expect(
      reader.find({ instrument: 'LAT', calibType: 'PMT_T0', position: 0n }),
    ).rejects.toThrow(/a\.snapshot, LAT PMT_T0 vanilla: the snapshot does not hold this series/);
    await expect(snapshotBytes(store, { tags: ['fox'] })).rejects.toThrow(
      /no tag 'fox'.*did you mean 'fix'/,
    );
  });

  test('[SNP2] cannot be written to', async () => {
    const { metadata, payloads } = await openSnapshot(
      memorySource(await snapshotBytes(await sampleStore()), 'a'),
    );
    const conditions = new Conditions(metadata, payloads);
    await expect(conditions.deprecate(1, { by: 'me' })).rejects.toMatchObject({
      kind: 'forbidden',
    });
    await expect(payloads.put(new Uint8Array(9))).rejects.toMatchObject({ kind: 'forbidden' });
  });

  test('[SNP4] appears under its name when it is whole, and not at all when it fails', async () => {
    const store = await sampleStore();
    const path = join(folder, 'whole.snapshot');
    const payload = (await store.row(3)).payload!;
    const broken = {
      metadata: store.metadata,
      payloads: Object.assign(Object.create(store.payloads), {
        put: store.payloads.put.bind(store.payloads),
        has: store.payloads.has.bind(store.payloads),
        list: store.payloads.list.bind(store.payloads),
        async get(sha256: string) {
          if (sha256 === payload.sha256)
            throw new ConditionsError('absent', { what: 'it is lost' });
          return store.payloads.get(sha256);
        },
      }),
    };
    await expect(saveSnapshotFile(path, broken)).rejects.toThrow('it is lost');
    expect(readdirSync(folder).filter((name) => name.startsWith('whole'))).toEqual([]);
    await saveSnapshotFile(path, store);
    expect(readdirSync(folder).filter((name) => name.startsWith('whole'))).toEqual([
      'whole.snapshot',
    ]);
    await expect(openSnapshotFile(join(folder, 'none'))).rejects.toMatchObject({ kind: 'absent' });
  });
});

describe('a snapshot file that is not what was written', () => {
  test('[SNP5] cut off anywhere, it is refused when it is opened', async () => {
    const bytes = await snapshotBytes(await sampleStore());
    for (let length = 0; length < bytes.length; length += length < 300 ? 1 : 997) {
      await expect(readerOf(bytes.slice(0, length))).rejects.toMatchObject({ kind: 'corrupt' });
    }
    await expect(readerOf(bytes.slice(0, -1))).rejects.toThrow(/a\.snapshot: no whole snapshot/);
    await expect(readerOf(new TextEncoder().encode('<html>'.repeat(99)))).rejects.toThrow(
      /no snapshot of conditions of version 1: given "<html>/,
    );
  });

  test('[SNP5] changed anywhere, it answers as before, or says that it is corrupt', async () => {
    const store = await sampleStore();
    const bytes = await snapshotBytes(store);
    const some = questions(undefined).filter((_, i) => i % 41 === 0);
    const expected = await Promise.all(some.map(([, ask]) => answerText(ask, store)));
    const serNos = [3, 12, 27];
    const payloads = await Promise.all(
      serNos.map(async (serNo) => (await store.row(serNo)).payload!),
    );
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.nat(bytes.length - 1),
        fc.integer({ min: 1, max: 255 }),
        async (at, change) => {
          const changed = bytes.slice();
          changed[at]! ^= change;
          const reader = await readerOf(changed).catch(expectCorrupt);
          if (!reader) return void refused++;
          for (const [i, [, ask]] of some.entries()) {
            const answer = await answerText(ask, reader);
            if (answer !== expected[i]) expect(answer).toMatch(/^corrupt: a\.snapshot/);
          }
          for (const { sha256 } of payloads) {
            const payload = await reader.payload(sha256).catch(expectCorrupt);
            if (payload) expect(await sha256Of(payload)).toBe(sha256);
          }
        },
      ),
      { numRuns: 60 },
    );
    expect(refused).toBeGreaterThan(0);
  });

  test('[SNP5] hostile, with hashes that are right, it brings down nothing', async () => {
    const bytes = await snapshotBytes(await sampleStore());
    const some = questions(undefined).filter((_, i) => i % 83 === 0);
    const values = fc.oneof(
      fc.constantFrom<Json>(
        null,
        -1,
        0,
        2 ** 53,
        1e308,
        '',
        '9999999999',
        [],
        {},
        true,
        'open',
        '2262-04-12',
      ),
      fc.nat(70_000),
    );
    await fc.assert(
      fc.asyncProperty(fc.nat(10_000), values, async (place, value) => {
        const reader = await readerOf(
          await withHeader(bytes, (header) => changedAt(header, place, value)),
        ).catch(expectRefused);
        if (reader) for (const [, ask] of some) await answerText(ask, reader);
      }),
      { numRuns: 150 },
    );
  });

  test('[SNP5] a few bytes that unpack to many are stopped', async () => {
    const bytes = await snapshotBytes(await sampleStore());
    const bomb = new Blob([new Uint8Array(2 ** 24)])
      .stream()
      .pipeThrough(new CompressionStream('gzip'));
    const packed = new Uint8Array(await new Response(bomb).arrayBuffer());
    const at = bytes.length;
    const sha256 = await sha256Of(packed);
    const directory = new TextEncoder().encode(
      JSON.stringify([[1, 48, at, packed.length, 1000, sha256]]),
    );
    const log = {
      offset: at + packed.length,
      length: directory.length,
      sha256: await sha256Of(directory),
    };
    const parts = new Uint8Array(await new Blob([bytes, packed, directory]).arrayBuffer());
    const reader = await readerOf(await withHeader(parts, (header) => ({ ...header, log }), bytes));
    await expect(reader.row(1)).rejects.toThrow(
      /another length than the file says: given more bytes, expected 1000/,
    );
  });
});

describe('a snapshot file on a server', () => {
  test('[SNP6] is read by ranges, a few pages of it', async () => {
    const store = await sampleStore();
    const bytes = await snapshotBytes(store);
    const ranges: string[] = [];
    const server = createServer((request, response) => {
      const range = request.headers.range ?? '';
      if (request.url === '/no-ranges') return response.end(bytes);
      if (request.url !== '/a.snapshot') return response.writeHead(404).end();
      ranges.push(range);
      const [, from, to] = /bytes=(\d+)-(\d+)/.exec(range)!;
      const part = bytes.subarray(Number(from), Number(to) + 1);
      response.writeHead(206, {
        etag: '"one"',
        'content-range': `bytes ${from}-${Number(from) + part.length - 1}/${bytes.length}`,
      });
      return response.end(part);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    try {
      const { metadata, payloads } = await openSnapshot(
        await httpSource(`${url}/a.snapshot`, { pageBytes: 512 }),
      );
      const reader = new Conditions(metadata, payloads);
      const question = { instrument: 'LAT', calibType: 'CAL_Ped', position: day(5.8) };
      expect(await reader.find(question)).toEqual(await store.find(question));
      expect(ranges.length).toBeLessThan(bytes.length / 512);
      await expect(httpSource(`${url}/no-ranges`)).rejects.toThrow(/answers no ranges/);
      await expect(httpSource(`${url}/none`)).rejects.toMatchObject({ kind: 'absent' });
    } finally {
      server.closeAllConnections();
      server.close();
    }
    await expect(httpSource(url)).rejects.toMatchObject({ kind: 'unavailable' });
  });
});

async function readerOf(bytes: Uint8Array<ArrayBuffer>): Promise<Conditions> {
  const { metadata, payloads } = await openSnapshot(memorySource(bytes, 'a.snapshot'));
  return new Conditions(metadata, payloads);
}

async function snapshotBytes(
  store: Conditions,
  request: SnapshotRequest = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  await writeSnapshot(store, request, { write: async (bytes) => void parts.push(bytes.slice()) });
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

/** The file with another header, whose hash and place are right. */
async function withHeader(
  bytes: Uint8Array<ArrayBuffer>,
  change: (header: SnapshotHeader) => unknown,
  old: Uint8Array<ArrayBuffer> = bytes,
): Promise<Uint8Array<ArrayBuffer>> {
  const text = new TextDecoder('latin1').decode(old.slice(-128));
  const [, offset, length] = /header (\d+) (\d+)/.exec(text)!;
  const header = old.slice(Number(offset), Number(offset) + Number(length));
  const changed = new TextEncoder().encode(
    JSON.stringify(change(JSON.parse(new TextDecoder().decode(header)))),
  );
  const section = { offset: bytes.length, length: changed.length, sha256: await sha256Of(changed) };
  return new Uint8Array(await new Blob([bytes, changed, lastLine(section)]).arrayBuffer());
}

/** A copy of JSON in which one of the values, chosen by number, is another. */
function changedAt(json: unknown, place: number, value: Json): unknown {
  let count = 0;
  const visit = (part: unknown): number => {
    const inner = typeof part === 'object' && part !== null ? Object.values(part) : [];
    return inner.reduce((sum: number, each) => sum + visit(each), 1);
  };
  const target = place % visit(json);
  const change = (part: unknown): unknown => {
    if (count++ === target) return value;
    if (Array.isArray(part)) return part.map(change);
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([key, each]) => [key, change(each)]));
  };
  return change(json);
}

function expectCorrupt(error: unknown): undefined {
  expect(error).toMatchObject({ kind: 'corrupt' });
  expect(canonicalJson(String(error))).toContain('a.snapshot');
}

function expectRefused(error: unknown): undefined {
  expect(error).toBeInstanceOf(ConditionsError);
}
