/**
 * `npm run bench [-- REFERENCES] [--record]`: the speed, load time and memory of the engine on the reference detectors,
 * beside Geant4's speed there. Prints tables and saves the figures as JSON in .lantern/bench; with --record in
 * bench/results, which is kept in git.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { benchmark, type CaseFigures } from '../packages/optics/bench/benchmark.ts';
import { root } from './process.mjs';

const isForTheRecord = process.argv.includes('--record');
const [reference] = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const folder = resolve(reference ?? join(root, '..', 'shared', 'reference'));
if (!existsSync(folder)) {
  console.error(`bench: ${folder} is not there: name the folder of the reference detectors`);
  process.exit(1);
}

const cores = availableParallelism();
const machine = {
  cpu: (cpus()[0]?.model ?? 'unknown').trim(),
  cores,
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  node: process.version,
  platform: `${process.platform}-${process.arch}`,
  /** Before the start, of the last minute; not known on Windows. */
  loadAverage: loadavg()[0] ?? 0,
};
if (machine.loadAverage > 0.3)
  console.error(
    `bench: other programs keep ${machine.loadAverage.toFixed(1)} cores busy: figures will be low`,
  );
const created = new Date().toISOString();
const threadCounts = [...new Set([1, Math.min(2, cores), cores])];
const figures = await benchmark(folder, threadCounts, (words) => console.error(words));

console.log(`${machine.cpu}, ${cores} cores, Node ${machine.node}\n`);
console.log(speedTable(figures));
console.log(loadTable(figures));
console.log(`saved in ${save()}`);

function speedTable(cases: readonly CaseFigures[]): string {
  const rows = cases.flatMap(({ name, byThreads, geant4PhotonsPerSecond }) =>
    byThreads.map((at) => [
      name,
      String(at.threads),
      thousands(at.photonsPerSecond),
      thousands(at.stepsPerSecond),
      thousands(at.photonsPerSecond / at.threads),
      thousands(geant4PhotonsPerSecond),
      `${at.perCoreOverGeant4.toFixed(2)} x`,
      `${at.speedup.toFixed(2)} x`,
    ]),
  );
  return table([
    ['detector', 'threads', 'photons/s', 'steps/s', 'per core', 'Geant4', 'ratio', 'scaling'],
    ...rows,
  ]);
}

function loadTable(cases: readonly CaseFigures[]): string {
  const rows = cases.map(({ name, load, byThreads, peakMemoryMiB }) => [
    name,
    `${milliseconds(load.parse)} for ${(load.fileBytes / 1e6).toFixed(1)} MB`,
    `${milliseconds(load.pack)} to ${(load.sceneBytes / 1e6).toFixed(1)} MB`,
    milliseconds(byThreads.at(-1)?.start ?? 0),
    `${peakMemoryMiB} MiB`,
  ]);
  return table([['detector', 'parse GDML', 'pack', 'start workers', 'peak memory'], ...rows]);
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
        .join('  '),
    )
    .map((line) => `${line}\n`)
    .join('');
}

function thousands(value: number): string {
  return `${(value / 1000).toFixed(0)} k`;
}

function milliseconds(seconds: number): string {
  return `${(1000 * seconds).toFixed(0)} ms`;
}

/** One file for each machine and day. */
function save(): string {
  const results = isForTheRecord ? join(root, 'bench', 'results') : join(root, '.lantern', 'bench');
  const cpu = machine.cpu.replaceAll(/\W+/g, '-').replaceAll(/^-|-$/g, '').toLowerCase();
  const path = join(results, `${created.slice(0, 10)}-${cpu}.json`);
  mkdirSync(results, { recursive: true });
  writeFileSync(path, `${JSON.stringify({ created, machine, cases: figures }, undefined, 2)}\n`);
  return path;
}
