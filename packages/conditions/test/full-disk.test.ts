import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DirectoryPayloadStore, openConditions } from '../src/node.ts';
import type { FillReport } from './fill-writer.ts';
import { typescriptArguments, typescriptProcess } from './typescript-process.ts';

const run = promisify(execFile);
const isWindows = process.platform === 'win32';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'full-'));
});

afterEach(() => rm(folder, { recursive: true }));

/**
 * Writes where no file may be larger than so many KiB. The signal that would end the process is ignored, so that it gets the
 * error EFBIG.
 */
async function fillFiles(kib: number, args: readonly string[]): Promise<FillReport> {
  const limited = `trap '' XFSZ; ulimit -f ${kib}; exec "$@"`;
  const command = [process.execPath, ...typescriptArguments('./fill-writer.ts', args)];
  const { stdout } = await run('bash', ['-c', limited, 'bash', ...command]);
  return JSON.parse(stdout) as FillReport;
}

/** Whether a file system of this size, MiB, could be mounted in the folder: root may, where it is not a container's. */
async function mounted(mib: number): Promise<boolean> {
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${mib}m`, 'tmpfs', folder]);
    return true;
  } catch {
    return false;
  }
}

test.skipIf(isWindows)(
  '[PAY5] a payload that the disk does not take is refused, and those before it stay',
  async () => {
    const { written, kind, message, readable } = await fillFiles(1000, ['--payloads', folder]);
    expect(kind).toBe('unavailable');
    expect(message).toContain('a file may not become so large here');
    expect(readable).toBe(true);
    expect(await readdir(join(folder, 'unfinished'))).toEqual([]);
    const store = new DirectoryPayloadStore(folder);
    for (const sha256 of written) await store.get(`${sha256}`);
  },
);

test.skipIf(isWindows)(
  '[LOG4] what the disk of PGlite does not take is refused, and what was promised stays',
  async () => {
    const { written, kind, message, readable } = await fillFiles(17_000, [folder]);
    expect(kind).toBe('unavailable');
    expect(message).toContain('make room');
    expect(readable).toBe(true);
    const conditions = await openConditions(folder);
    try {
      expect((await conditions.metadata.head()).seq).toBe(written.at(-1));
      for (const serNo of written) await conditions.row(Number(serNo));
    } finally {
      await conditions.dispose();
    }
  },
);

test.skipIf(isWindows)(
  '[LOG4] a disk that is full in the middle of a commit: PGlite panics, the error says so, the next start has it all',
  async ({ skip }) => {
    if (!(await mounted(80))) skip('no right to mount a small file system');
    try {
      const writer = typescriptProcess('./fill-writer.ts', [folder]);
      const { written, kind, message } = JSON.parse(await text(writer.stdout!)) as FillReport;
      expect(kind).toBe('unavailable');
      expect(message).toContain('No space left on device');
      await run('mount', ['-o', 'remount,size=200m', folder]);
      const conditions = await openConditions(folder);
      try {
        expect((await conditions.metadata.head()).seq).toBe(written.at(-1));
        for (const serNo of written) await conditions.row(Number(serNo));
      } finally {
        await conditions.dispose();
      }
    } finally {
      await run('umount', [folder]);
    }
  },
);
