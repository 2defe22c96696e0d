import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DiskAnswerCache } from '@lantern/conditions/node';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MemoryAnswerCache } from '../src/index.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lantern-cache-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const makers = [
  ['in memory', () => new MemoryAnswerCache()],
  ['on disk', () => new DiskAnswerCache(folder)],
] as const;

describe.each(makers)('a cache %s', (_, make) => {
  test('[CAC1] gives the answer whose validity has the position, and no other', async () => {
    const cache = make();
    await cache.keepAnswer('/find?a', { begin: 10n, end: 20n }, '{"a":1}');
    await cache.keepAnswer('/find?a', { begin: 20n, end: 30n }, '{"a":2}');
    await cache.keepAnswer('/find?b', { begin: -(2n ** 63n), end: 2n ** 63n - 1n }, '{"b":1}');
    const at = (position: bigint) => cache.answer('/find?a', position);
    expect(await Promise.all([9n, 10n, 19n, 20n, 29n, 30n].map(at))).toEqual([
      undefined,
      '{"a":1}',
      '{"a":1}',
      '{"a":2}',
      '{"a":2}',
      undefined,
    ]);
    expect(await cache.answer('/find?b', 0n)).toBe('{"b":1}');
    expect(await cache.answer('/find?c', 0n)).toBeUndefined();
  });

  test('[CAC2] payloads, until they are forgotten', async () => {
    const cache = make();
    const hash = 'ab'.repeat(32);
    expect(await cache.payload(hash)).toBeUndefined();
    await cache.keepPayload(hash, new Uint8Array([1, 2, 3]));
    expect(await cache.payload(hash)).toEqual(new Uint8Array([1, 2, 3]));
    await cache.forgetPayload(hash);
    expect(await cache.payload(hash)).toBeUndefined();
  });
});

describe('a cache on disk', () => {
  const fileOf = async () => {
    const [question = ''] = await readdir(join(folder, 'answers'));
    const [name = ''] = await readdir(join(folder, 'answers', question));
    return join(folder, 'answers', question, name);
  };

  test.each([
    ['truncated', (text: string) => text.slice(0, -9)],
    ['changed', (text: string) => text.replace('a\\":1', 'a\\":2')],
    ['of another question', (text: string) => text.replace('/find?a', '/find?b')],
    ['with another validity', (text: string) => text.replace('10_20', '10_99')],
    ['empty', () => ''],
  ])('[CAC3] a file that is %s is no answer, and is taken away', async (_, damage) => {
    const cache = new DiskAnswerCache(folder);
    await cache.keepAnswer('/find?a', { begin: 10n, end: 20n }, '{"a":1}');
    const path = await fileOf();
    await writeFile(path, damage(await readFile(path, 'utf8')));
    expect(await cache.answer('/find?a', 15n)).toBeUndefined();
    await expect(readFile(path)).rejects.toThrow('ENOENT');
  });

  test('[CAC3] a file renamed to another validity is no answer', async () => {
    const cache = new DiskAnswerCache(folder);
    await cache.keepAnswer('/find?a', { begin: 10n, end: 20n }, '{"a":1}');
    const path = await fileOf();
    await writeFile(path.replace('10_20', '20_30'), await readFile(path));
    expect(await cache.answer('/find?a', 25n)).toBeUndefined();
    expect(await cache.answer('/find?a', 15n)).toBe('{"a":1}');
  });

  test('[CAC4] what is longest unused goes when there is too much', async () => {
    const cache = new DiskAnswerCache(folder, 10_000);
    const hashes = Array.from({ length: 30 }, (_, i) => i.toString(16).padStart(64, '0'));
    for (const hash of hashes) {
      await cache.keepPayload(hash, new Uint8Array(1000));
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    const kept = await Promise.all(hashes.map((hash) => cache.payload(hash)));
    const count = kept.filter((bytes) => bytes !== undefined).length;
    expect(count).toBeGreaterThan(5);
    expect(count).toBeLessThan(13);
    expect(kept.at(-1)).toBeDefined();
  });

  test('[CAC5] a folder that cannot be written is a cache that keeps nothing', async () => {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'answers'), 'in the way');
    const cache = new DiskAnswerCache(folder);
    await cache.keepAnswer('/find?a', { begin: 10n, end: 20n }, '{}');
    expect(await cache.answer('/find?a', 15n)).toBeUndefined();
  });
});
