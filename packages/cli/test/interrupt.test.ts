import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { readNpy } from '@lantern/formats/node';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lanternFile, tankFile } from './tank.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lantern-interrupt-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Run {
  readonly out: string;
  readonly ended: Promise<{ code: number | null; err: string }>;
  kill(signal: NodeJS.Signals): void;
}

function begin(name: string, photons: number): Run {
  const out = join(folder, name);
  const light = `point at 0 0 0 mm 420 nm ${photons} photons`;
  const words = ['simulate', tankFile, '--light', light, '--out', out, '--threads', '2'];
  const child = spawn(process.execPath, [lanternFile, ...words], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let err = '';
  child.stderr.on('data', (chunk) => {
    err += String(chunk);
  });
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, err }));
  return { out, ended, kill: (signal) => child.kill(signal) };
}

/** Waits until a run has written hits. */
async function underWay({ out }: Run): Promise<void> {
  const hits = join(out, 'hits.partial.npy');
  for (let i = 0; i < 1000; i++) {
    if (existsSync(hits) && statSync(hits).size > 1000) return;
    await pause(10);
  }
  throw new Error('no hits after 10 s');
}

/** Data of an NPY file that may have been cut off while it was written: as many rows as the header says. */
function rowsOf(file: Buffer): Buffer {
  const end = 10 + file.readUInt16LE(8);
  const rows = Number(/'shape': \((\d+),/.exec(file.toString('latin1', 10, end))?.[1]);
  const data = file.subarray(end, end + 64 * rows);
  expect(data.length).toBe(64 * rows);
  return data;
}

describe.skipIf(process.platform === 'win32')('a simulation that is stopped', () => {
  it.each([
    ['SIGINT', 130, 'stopped by Ctrl-C'],
    ['SIGTERM', 143, 'stopped by SIGTERM'],
  ] as const)(
    '[CLI4] by %s leaves a partial result that can be read',
    async (signal, exit, words) => {
      const run = begin('results', 1e10);
      await underWay(run);
      run.kill(signal);
      const { code, err } = await run.ended;
      expect(err).toContain(
        `what was done until then is in ${run.out}, in files named *.partial.*`,
      );
      expect(err).toContain(`lantern: ${words}\n`);
      expect(code).toBe(exit);
      expect(readdirSync(run.out).sort()).toEqual(['hits.partial.npy', 'summary.partial.json']);
      const summary = JSON.parse(readFileSync(join(run.out, 'summary.partial.json'), 'utf8'));
      expect(summary).toMatchObject({ partial: true, stoppedBy: words, photonsRequested: 1e10 });
      const { shape } = await readNpy(join(run.out, 'hits.partial.npy'), { dtype: '<f4' });
      expect(shape[0]).toBe(summary.outcomes.detected);
    },
  );

  it('[CLI4] by SIGKILL at any moment leaves nothing that looks whole and is not', async () => {
    const photons = 1_000_000;
    const whole = begin('whole', photons);
    const begun = performance.now();
    expect((await whole.ended).code).toBe(0);
    const duration = performance.now() - begun;
    const reference = readFileSync(join(whole.out, 'hits.npy'));
    for (let i = 0; i < 8; i++) {
      const run = begin(`killed-${i}`, photons);
      await pause(duration * (0.2 + (0.85 * i) / 7));
      run.kill('SIGKILL');
      await run.ended;
      if (!existsSync(run.out)) continue;
      for (const name of readdirSync(run.out)) {
        const file = readFileSync(join(run.out, name));
        if (name === 'hits.npy') expect(file.equals(reference)).toBe(true);
        if (name.endsWith('.json') && !name.includes('.partial.')) JSON.parse(file.toString());
        if (name === 'hits.partial.npy' && file.length > 0) {
          const rows = rowsOf(file);
          expect(rows.equals(rowsOf(reference).subarray(0, rows.length))).toBe(true);
        }
      }
    }
  });
});
