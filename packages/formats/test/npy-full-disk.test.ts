import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { temporaryFolder } from './temporary-folder.ts';

const hook = new URL('../../../tools/typescript.mjs', import.meta.url).href;
const script = fileURLToPath(new URL('fill-disk.ts', import.meta.url));
const flags = ['--conditions=@lantern/source', '--import', hook];

/** A small disk of its own, mounted in a name space of its own, so that it goes with the process. */
function onSmallDisk(folder: string, command: readonly string[]) {
  const mount = 'mount -t tmpfs -o size=64k tmpfs "$0" && exec "$@"';
  return spawnSync(
    'unshare',
    ['--mount', '--map-root-user', 'sh', '-c', mount, folder, ...command],
    {
      encoding: 'utf8',
    },
  );
}

const canMount = onSmallDisk(temporaryFolder(), [process.execPath, '--version']).status === 0;

test('[NW6] a full disk is an error in words; the rows before stay readable', ({ skip }) => {
  skip(!canMount, 'needs unshare and mount (Linux)');
  const folder = temporaryFolder();
  const path = join(folder, 'hits.npy');
  const { stdout, stderr } = onSmallDisk(folder, [process.execPath, ...flags, script, path]);
  expect(stderr).toBe('');
  const result = JSON.parse(stdout);
  expect(result.error).toBe(
    `${join(folder, 'hits.partial.npy')}: cannot write: the disk is full: given ${result.rows} rows written before ` +
      '(free space, or choose another folder with --out)',
  );
  expect(result.second).toContain('writing has failed before');
  expect(result.files).toEqual(['hits.partial.npy']);
  expect(result.rows).toBeGreaterThan(0);
  expect(result.rowsRead).toBe(result.rows);
});
