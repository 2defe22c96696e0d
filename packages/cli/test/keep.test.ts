import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, test } from 'vitest';
import { UsageError } from '../src/errors.ts';
import { readKeep } from '../src/keep-option.ts';
import { runLantern } from '../src/run.ts';
import { simulateCommand } from '../src/simulate.ts';
import { fakeTerminal } from './fake-terminal.ts';
import { tankFile } from './tank.ts';
import { temporaryFolder } from './temporary-folder.ts';

const simulated = async (folder: string, ...words: readonly string[]): Promise<string> => {
  const terminal = fakeTerminal();
  const light = 'point at 0 0 -800 mm, 420 nm, 3000 photons';
  const line = ['simulate', tankFile, '--light', light, '--out', folder, '--overwrite', ...words];
  const code = await runLantern({ commands: [simulateCommand], version: '0' }, line, terminal);
  if (code !== 0) throw new Error(terminal.written.err);
  return terminal.written.out;
};

describe('--keep and --merge-hits', () => {
  test('[CLI15] what a list means', () => {
    expect(readKeep('', undefined).hitForms.kinds).toEqual(['hits']);
    expect(readKeep('photons,record=3', undefined)).toEqual({
      hitForms: { kinds: ['hits'], lite: undefined },
      keepPhotons: true,
      recordSteps: 3,
      keepGensteps: false,
    });
    expect(readKeep('', '1 ns').hitForms).toMatchObject({
      kinds: ['hits-merged'],
      window: 1,
      acrossEvents: false,
    });
    expect(readKeep('photons', '20ps across events').hitForms).toMatchObject({
      kinds: ['hits-merged'],
      window: expect.closeTo(0.02, 12),
      acrossEvents: true,
    });
    expect(readKeep(' hits-merged, hits', '1e-3 us').hitForms).toMatchObject({
      kinds: ['hits', 'hits-merged'],
      window: 1,
    });
    expect(readKeep('hits-lite=wide', undefined).hitForms.lite).toBe('wide');
  });

  test.each([
    ['hits-lit', undefined, /given 'hits-lit', .* \(did you mean hits-lite\?\)/],
    ['hits=wide', undefined, /given 'hits=wide'/],
    ['hits-lite=narrow', undefined, /given 'hits-lite=narrow'/],
    ['hits-merged', undefined, /--keep hits-merged without a window: expected --merge-hits/],
    ['hits-lite', '1 ns', /no merged hits are kept: given --keep hits-lite/],
    ['', '0 ns', /wrong --merge-hits: given '0 ns', expected a time above 0/],
    ['', '-1 ns', /wrong --merge-hits/],
    ['', '1', /wrong --merge-hits/],
    ['', '1 mm', /wrong --merge-hits/],
    ['', 'NaN ns', /wrong --merge-hits/],
    ['', '1e999 ns', /wrong --merge-hits/],
    ['', '1 ns per event', /wrong --merge-hits/],
  ])('[CLI15] %j and %j are wrong usage', (keep, merge, message) => {
    expect(() => readKeep(keep, merge)).toThrow(UsageError);
    expect(() => readKeep(keep, merge)).toThrow(message);
  });

  it('[CLI15] writes what is named', async () => {
    const folder = await temporaryFolder();
    const arrays = (): string[] => readdirSync(folder).filter((name) => name.endsWith('.npy'));
    await simulated(folder, '--keep', 'hits-lite');
    expect(arrays()).toEqual(['hits-lite.npy']);
    await simulated(folder, '--merge-hits', '1 ns');
    expect(arrays()).toEqual(['hits-merged.npy']);
  });

  const python = process.platform === 'linux' ? '/usr/bin/python3' : 'python3';
  const isThere = spawnSync(python, ['-c', 'import numpy']).status === 0;
  it.runIf(isThere || process.env.CI)(
    '[EX6] examples/python/read_hits.py reads all kinds of hits alike (wants python3 with numpy)',
    async () => {
      const folder = await temporaryFolder();
      const kinds = ['hits', 'hits-lite', 'hits-merged', 'hits-lite-merged'];
      const words = ['--merge-hits', '0.1 ns', '--keep', `${kinds},hits-lite=wide`];
      await simulated(folder, ...words);
      const script = fileURLToPath(
        new URL('../../../examples/python/read_hits.py', import.meta.url),
      );
      const read = (...args: string[]): string => {
        const { stdout, stderr } = spawnSync(python, [script, ...args], { encoding: 'utf8' });
        return stdout + stderr;
      };
      const [first, ...others] = kinds.map((kind) => read(folder, kind));
      expect(first?.split('\n').length).toBeGreaterThan(3);
      for (const other of others) expect(other).toBe(first);
      await simulated(folder, '--keep', 'hits-lite');
      expect(read(folder)).toBe(first);
      expect(read(folder, 'hits')).toMatch(/finds no hits in .*: there are hits-lite\n$/);
      expect(read(join(folder, 'nowhere'))).toMatch(/^read_hits.py cannot read .*\n$/);
    },
    30_000,
  );
});
