import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { SpeedEntry } from '../packages/cli/src/validate/speed-trend.ts';
import { type Figures, median } from '../packages/optics/bench/figures.ts';
import { recordSpeed, speedEntry } from './speed-trend.ts';

const folder = mkdtempSync(join(tmpdir(), 'lantern-trend-'));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const threads = (n: number, photonsPerSecond: number) => ({
  threads: n,
  start: 0.1,
  photonsPerSecond,
  stepsPerSecond: photonsPerSecond,
  perCoreOverGeant4: photonsPerSecond / n / 1e5,
  speedup: photonsPerSecond / 1e6,
  workersBusy: 1,
  mainBusy: 0,
  runs: [],
});
const run = {
  threads: 2,
  total: 12.5,
  start: 0.2,
  propagate: 12,
  write: 0.3,
  workers: { generate: 1, propagate: 22, deliver: 0.1, busy: 0.96 },
  photonsPerSecond: 8e5,
  hits: 1e5,
};
const figures: Figures = {
  cases: [
    {
      name: 'ball',
      photons: 1e6,
      geant4PhotonsPerSecond: 1e5,
      load: { parse: 0.4, pack: 0.5, fileBytes: 1, sceneBytes: 1 },
      memory: { loaded: 100, run: 200, load: 0.7 },
      byThreads: [threads(1, 1e6), threads(2, 1.9e6)],
    },
  ],
  gensteps: { steps: 10, photons: 1e7, run, runs: [run] },
  skipped: [],
};

test('a benchmark adds one entry for its commit and machine to the trend', () => {
  const from = { commit: 'abc', date: '2026-11-22T00:00:00Z', machine: 'm', loadAverage: 0 };
  const entry = speedEntry(figures, from);
  expect(entry).toEqual({
    ...from,
    cases: {
      ball: {
        photonsPerSecond: 1e6,
        overGeant4: 10,
        scaling: 0.95,
        browserOverNode: null,
        load: 0.7,
        memory: 200,
      },
    },
    gensteps: { photons: 1e7, threads: 2, seconds: 12.5 },
  });
  const path = join(folder, 'trend.json');
  recordSpeed(path, { ...entry, loadAverage: 3 });
  recordSpeed(path, entry);
  recordSpeed(path, { ...entry, commit: 'def' });
  const entries = JSON.parse(readFileSync(path, 'utf8')) as SpeedEntry[];
  expect(entries).toEqual([entry, { ...entry, commit: 'def' }]);
});

test('the median of figures', () => {
  expect([median([3, 1, 2]), median([4, 1, 2, 3]), median([])]).toEqual([2, 2.5, Number.NaN]);
});
