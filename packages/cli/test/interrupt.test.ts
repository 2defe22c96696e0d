import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { readNpy } from '@lantern/formats/node';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lanternFile, mirrorBallFile, tankFile } from './tank.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lantern-interrupt-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Run {
  readonly out: string;
  readonly ended: Promise<{ code: number | null; err: string; out: string }>;
  kill(signal: NodeJS.Signals): void;
}

function begin(name: string, photons: number, geometry = tankFile): Run {
  const out = join(folder, name);
  const light = `point at 0 0 0 mm 420 nm ${photons} photons`;
  const words = ['simulate', geometry, '--light', light, '--out', out, '--threads', '2'];
  const child = spawn(process.execPath, [lanternFile, ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let err = '';
  let written = '';
  child.stdout.on('data', (chunk) => {
    written += String(chunk);
  });
  child.stderr.on('data', (chunk) => {
    err += String(chunk);
  });
  const ended = once(child, 'close').then(([code]) => ({
    code: code as number | null,
    err,
    out: written,
  }));
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
    '[CLI4] [CLI12] by %s leaves a partial result that can be read',
    async (signal, exit, words) => {
      const run = begin('results', 1e10);
      await underWay(run);
      run.kill(signal);
      const { code, err, out } = await run.ended;
      expect(err).toContain(
        `the batches of photons that were through until then are in ${run.out}, in files named *.partial.*`,
      );
      expect(err).toContain(`lantern: ${words}\n`);
      expect(code).toBe(exit);
      expect(readdirSync(run.out).sort()).toEqual([
        'hits.partial.npy',
        'sensors.json',
        'summary.partial.json',
      ]);
      expect(out).toMatch(/^stopped: partial, [\d,]+ of 10,000,000,000 photons\n/);
      expect(err.indexOf(words)).toBeLessThan(err.indexOf('the batches of photons'));
      const summary = JSON.parse(readFileSync(join(run.out, 'summary.partial.json'), 'utf8'));
      expect(summary).toMatchObject({ partial: true, stoppedBy: words, photonsRequested: 1e10 });
      const { shape } = await readNpy(join(run.out, 'hits.partial.npy'), { dtype: '<f4' });
      expect(shape[0]).toBe(summary.outcomes.detected);
    },
  );

  it('[CLI10] twice at once, with photons that never end, leaves nothing where no batch was through', async () => {
    const run = begin('results', 1000, mirrorBallFile);
    while (!existsSync(join(run.out, 'hits.partial.npy'))) await pause(10);
    await pause(300);
    run.kill('SIGINT');
    await pause(1);
    run.kill('SIGINT');
    const { code, err } = await run.ended;
    expect(err).toContain('lantern: stopped by Ctrl-C\n');
    expect(code).toBe(130);
    expect(err).toContain(
      'lantern: no batch of photons was through until then: nothing was written\n',
    );
    expect(existsSync(run.out)).toBe(false);
  });

  it('[CLI10] a second time after more than a second ends at once, whatever is going on', async () => {
    const module = new URL('../dist/interrupts.js', import.meta.url).href;
    const script = `import { interruptSignal } from '${module}'; interruptSignal(); setInterval(() => {}, 1000); console.log('ready')`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script]);
    await once(child.stdout, 'data');
    child.kill('SIGINT');
    await pause(300);
    child.kill('SIGINT');
    await pause(900);
    expect(child.exitCode).toBeNull();
    const ended = once(child, 'exit');
    child.kill('SIGINT');
    expect(await ended).toEqual([130, null]);
  });

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
