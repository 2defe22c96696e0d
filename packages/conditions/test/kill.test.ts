import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DirectoryPayloadStore, openConditions } from '../src/node.ts';
import { typescriptProcess } from './typescript-process.ts';

/** How often a writer is killed: 200 times each in `LANTERN_TEST_LONG=1`. */
const isLong = process.env.LANTERN_TEST_LONG === '1';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kill-'));
});

afterEach(() => rm(folder, { recursive: true }));

/**
 * Starts a writer, and kills it: some as they start, most a moment after they promised some things.
 *
 * @param promised what earlier ones promised: the writer looks whether it is there
 * @returns what this one promised
 */
async function writeAndKill(
  args: readonly string[],
  promised: readonly string[],
): Promise<string[]> {
  const writer = typescriptProcess('./kill-writer.ts', args);
  let output = '';
  let errors = '';
  const ended = once(writer, 'close');
  writer.stderr!.on('data', (chunk) => {
    errors += chunk;
  });
  writer.stdin!.on('error', () => undefined).end(promised.join('\n'));
  if (Math.random() < 0.2) {
    await sleep(Math.random() * 4000);
  } else {
    const lines = 1 + Math.floor(Math.random() * 12);
    const wrote = new Promise<void>((resolve) => {
      writer.stdout!.on('data', (chunk) => {
        output += chunk;
        if (output.split('\n').length > lines) resolve();
      });
    });
    await Promise.race([wrote, ended]);
    await sleep(Math.random() * 40);
  }
  writer.kill('SIGKILL');
  await ended;
  expect(errors).toBe('');
  return output.split('\n').slice(1, -1);
}

test('[PAY5] a process that stores payloads may be killed at any time', async () => {
  const promised: string[] = [];
  const times = isLong ? 200 : 8;
  for (let i = 0; i < times; i++) {
    promised.push(...(await writeAndKill(['--payloads', folder], promised.slice(-50))));
  }
  const store = new DirectoryPayloadStore(folder);
  expect(promised.length).toBeGreaterThan(times);
  for (const sha256 of promised) expect(await store.has(sha256)).toBe(true);
  for await (const sha256 of store.list()) await store.get(sha256);
}, 3_600_000);

test('[LOG4] a process that registers may be killed at any time: what it promised is there, and nothing is half there', async () => {
  const promised: string[] = [];
  const times = isLong ? 200 : 4;
  for (let i = 0; i < times; i++) {
    promised.push(...(await writeAndKill([folder], promised)));
  }
  expect(promised).not.toEqual([]);
  const conditions = await openConditions(folder);
  try {
    for await (const finding of conditions.check({ log: true })) expect.soft(finding).toBeNull();
  } finally {
    await conditions.dispose();
  }
}, 3_600_000);
