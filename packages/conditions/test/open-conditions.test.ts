import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseMoment } from '../src/index.ts';
import { HomeLock } from '../src/node/home/home-lock.ts';
import { openConditions, openPayloads } from '../src/node/home/open-conditions.ts';
import { bytesOf } from './payload-store-contract.ts';

let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'home-'));
});

afterEach(() => rm(home, { recursive: true }));

test('[HOM1] a home is made where there is none, and has what was put there when it is opened again', async () => {
  const first = await openConditions(home);
  const draft = {
    instrument: 'LAT',
    calibType: 'CAL_Ped',
    flavor: 'vanilla',
    vstart: parseMoment('2003-01-10T14:00:00.123456789Z'),
    dataFmt: 'CSV',
    fmtVersion: '1',
  };
  const { calibration } = await first.register({ draft, bytes: bytesOf('1,2') }, { by: 'me' });
  // The same process may not open it twice either.
  await expect(openConditions(home)).rejects.toMatchObject({ kind: 'unavailable' });
  await first.dispose();
  const again = await openConditions(home);
  try {
    const question = { ...draft, position: draft.vstart };
    expect((await again.find(question)).calibration).toEqual(calibration);
    expect(await again.payload(calibration.payload!.sha256)).toEqual(bytesOf('1,2'));
  } finally {
    await again.dispose();
  }
});

describe('[HOM2] one process at a time', () => {
  /** A lock as another process would have it. */
  async function lockOf(pid: number, born: string | null, host = hostname()): Promise<string> {
    const path = join(home, 'lock');
    const owner = { pid, host, born, command: 'lantern serve', since: '2026-11-23T00:00:00Z' };
    await writeFile(path, `${JSON.stringify(owner)}\n`);
    return path;
  }

  test('the error names the process that has it, which is waited for a while', async () => {
    const other = spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000)']);
    await once(other, 'spawn');
    await lockOf(other.pid!, null);
    const refused = HomeLock.take(home, 100);
    await expect(refused).rejects.toMatchObject({ kind: 'unavailable' });
    await expect(refused).rejects.toThrow(`process ${other.pid} (lantern serve)`);
    await expect(refused).rejects.toThrow('lantern serve` open it');
    const waiting = HomeLock.take(home, 60_000);
    other.kill('SIGKILL');
    await (await waiting).release();
  });

  test('a lock of a process that died is taken over, by one of many', async () => {
    const other = spawn(process.execPath, ['-e', '0']);
    await once(other, 'exit');
    await lockOf(other.pid!, null);
    const taking = Array.from({ length: 10 }, () => HomeLock.take(home, 50));
    const results = await Promise.allSettled(taking);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(JSON.parse(await readFile(join(home, 'lock'), 'utf8'))).toMatchObject({
      pid: process.pid,
    });
  });

  test.skipIf(process.platform !== 'linux')(
    'another process with the number of one that died is not taken for it',
    async () => {
      await lockOf(process.ppid, 'another boot 1');
      await (await HomeLock.take(home)).release();
    },
  );

  test('what a process that died half wrote is no lock', async () => {
    await writeFile(join(home, 'lock'), '{"pid": 1');
    await (await HomeLock.take(home)).release();
  });

  test('a process of another host is believed', async () => {
    const path = await lockOf(1, null, 'elsewhere');
    await expect(HomeLock.take(home)).rejects.toThrow(`on elsewhere (lantern serve)`);
    await expect(HomeLock.take(home)).rejects.toThrow(`remove ${path}`);
  });
});

describe('[HOM3] the configuration says where things are', () => {
  async function configured(text: string): Promise<unknown> {
    await mkdir(join(home, 'conditions'));
    await writeFile(join(home, 'conditions', 'config.json'), text);
    return openConditions(home);
  }

  test.each([
    ['{', 'not JSON'],
    ['[]', 'no JSON object'],
    ['{"payload": "x"}', "did you mean 'payloads'?"],
    ['{"payloads": 3}', 'payloads is no text'],
    ['{"payloads": "ftp://x/y"}', 's3://bucket/prefix'],
    ['{"payloads": "s3://"}', 's3://bucket/prefix'],
    ['{"metadata": "mysql://x"}', 'postgres://name:password@host'],
  ])('%s is refused', async (text, message) => {
    const refused = configured(text);
    await expect(refused).rejects.toMatchObject({ kind: 'invalid' });
    await expect(refused).rejects.toThrow(message);
  });

  test('a server that does not answer is unavailable, and its password stays secret', async () => {
    const refused = configured('{"metadata": "postgres://me:secret@127.0.0.1:1/conditions"}');
    await expect(refused).rejects.toMatchObject({ kind: 'unavailable' });
    await expect(refused).rejects.toThrow('postgres://127.0.0.1:1/conditions');
    await expect(refused).rejects.not.toThrow('secret');
  });

  test('payloads are in a folder, relative to that of the configuration, or in S3', async () => {
    const store = await openPayloads('elsewhere', home);
    const { sha256 } = await store.put(bytesOf('x'));
    await readFile(join(home, 'elsewhere', sha256.slice(0, 2), sha256));
    await expect(
      openPayloads('s3://bucket/p?endpoint=http://127.0.0.1:1', home),
    ).resolves.toBeDefined();
  });
});
