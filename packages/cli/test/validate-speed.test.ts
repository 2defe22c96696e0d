import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { speedSection } from '../src/validate/page-speed.ts';
import { readSpeedTrend, type SpeedEntry } from '../src/validate/speed-trend.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { expectWellFormed } from './well-formed.ts';

const speed = {
  photonsPerSecond: 2.5e6,
  overGeant4: 10.2,
  scaling: 0.93,
  browserOverNode: 0.88,
  load: 0.8,
  memory: 230,
};
const entry: SpeedEntry = {
  commit: 'abc<1>',
  date: '2026-11-22T00:00:00Z',
  machine: 'this & that',
  loadAverage: 0.1,
  cases: { bigball: speed, tank: { ...speed, browserOverNode: null } },
  gensteps: { photons: 1e7, threads: 2, seconds: 12.5 },
};

test('[VAL20] the page draws recorded benchmarks, with or without Chromium', () => {
  const section = speedSection([entry, { ...entry, commit: 'def' }]);
  expectWellFormed(section);
  for (const words of [
    'bigball: times one Geant4 thread, per core',
    'tank: % of linear scaling to all cores',
    'bigball: % of Node in Chromium',
    'All 2 recorded benchmarks',
    '2.50 M/s, 10.2 ×',
    '10 M in 12.5 s',
    'abc&lt;1&gt;',
  ])
    expect(section).toContain(words);
  expect(section).not.toMatch(/NaN|undefined|null/);
  expect(speedSection([])).toContain('npm run bench -- --record');
});

test('[VAL20] reads the trend of benchmarks, none where there is no file', async () => {
  const path = join(await temporaryFolder(), 'trend.json');
  expect(await readSpeedTrend(path)).toEqual([]);
  await writeFile(path, JSON.stringify([entry]));
  expect(await readSpeedTrend(path)).toEqual([entry]);
  await writeFile(path, '{}');
  await expect(readSpeedTrend(path)).rejects.toThrow('expected an array of entries');
});
