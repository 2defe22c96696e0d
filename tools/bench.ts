/**
 * `npm run bench [-- REFERENCES] [--record] [--quick]`: the speed, load time and memory of the engine on the reference
 * detectors, beside Geant4's speed there; the same kernel in Chromium; 10 million photons from generation steps to hits.
 * Prints tables and saves the figures as JSON in .lantern/bench; with --record in bench/results, which is kept in git, and
 * a line of bench/trend.json. --quick measures so little that only errors show. With --engine NAME it is bench-engine.ts, with
 * --conditions bench-conditions.ts, with --http bench-conditions-http.ts, which are the last parts of the whole.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { benchmark, fullEffort, quickEffort } from '../packages/optics/bench/benchmark.ts';
import {
  type BrowserFigures,
  type CaseFigures,
  type Figures,
  figuresVersion,
  type GenstepsFigures,
} from '../packages/optics/bench/figures.ts';
import { benchMachine, currentCommit, fileWords } from './bench-machine.ts';
import { root } from './process.mjs';
import { recordSpeed, speedEntry } from './speed-trend.ts';

if (process.argv.includes('--conditions')) {
  await import('./bench-conditions.ts');
  process.exit();
}
if (process.argv.includes('--engine')) {
  await import('./bench-engine.ts');
  process.exit();
}

if (process.argv.includes('--http')) {
  await import('./bench-conditions-http.ts');
  process.exit();
}

const isForTheRecord = process.argv.includes('--record');
const isQuick = process.argv.includes('--quick');
const [reference] = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const folder = resolve(reference ?? join(root, '..', 'shared', 'reference'));
if (!existsSync(folder)) {
  console.error(`bench: ${folder} is not there: name the folder of the reference detectors`);
  process.exit(1);
}
if (isQuick && isForTheRecord) {
  console.error('bench: figures of --quick are not for the record');
  process.exit(2);
}

const machine = benchMachine();
const { cores } = machine;
if (machine.loadAverage > 0.3)
  console.error(
    `bench: other programs keep ${machine.loadAverage.toFixed(1)} cores busy: figures will be low`,
  );
const created = new Date().toISOString();
const threadCounts = [...new Set([1, Math.min(2, cores), cores])];
const effort = isQuick ? quickEffort : fullEffort;
const figures = await benchmark(folder, threadCounts, effort, (words) => console.error(words));

console.log(`${machine.cpu}, ${cores} cores, Node ${machine.node}\n`);
console.log(speedTable(figures.cases));
console.log(loadTable(figures.cases));
if (figures.browser) console.log(browserTable(figures.browser));
console.log(genstepsTable(figures.gensteps));
for (const words of figures.skipped) console.log(`not measured: ${words}`);
console.log(`saved in ${save(figures)}`);
await import('./bench-conditions.ts');
await import('./bench-conditions-http.ts');

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
      percent(at.speedup / at.threads),
      percent(at.workersBusy),
      percent(at.mainBusy),
    ]),
  );
  const heads = ['detector', 'threads', 'photons/s', 'steps/s', 'per core', 'Geant4', 'ratio'];
  return table([[...heads, 'scaling', 'workers busy', 'main thread'], ...rows]);
}

function loadTable(cases: readonly CaseFigures[]): string {
  const rows = cases.map(({ name, load, byThreads, memory }) => [
    name,
    `${milliseconds(load.parse)} for ${(load.fileBytes / 1e6).toFixed(1)} MB`,
    `${milliseconds(load.pack)} to ${(load.sceneBytes / 1e6).toFixed(1)} MB`,
    milliseconds(memory.load),
    milliseconds(byThreads.at(-1)?.start ?? 0),
    `${memory.loaded} MiB`,
    `${memory.run} MiB`,
  ]);
  const heads = [
    'detector',
    'parse GDML',
    'pack',
    'load, built',
    'start workers',
    'loaded',
    'peak memory',
  ];
  return table([heads, ...rows]);
}

function browserTable({ version, cases }: BrowserFigures): string {
  const rows = cases.map(({ name, threads, photonsPerSecond, overNode }) => [
    name,
    String(threads),
    thousands(photonsPerSecond),
    percent(overNode),
  ]);
  return table([[`Chromium ${version}`, 'threads', 'photons/s', 'of Node'], ...rows]);
}

function genstepsTable({ photons, steps, run }: GenstepsFigures): string {
  const { workers, threads } = run;
  const rows = [
    ['in all, with the files', run.total],
    ['  starting', run.start],
    ['  generation, propagation', run.propagate],
    ['  waiting for files', run.write],
    [`of ${threads} workers: generation`, workers.generate],
    ['  propagation', workers.propagate],
    ['  hits', workers.deliver],
  ] as const;
  const head = `bigball: ${photons} photons of ${steps} steps, ${threads} threads, workers busy ${percent(workers.busy)}`;
  return `${head}\n${table(rows.map(([words, seconds]) => [words, `${seconds.toFixed(2)} s`]))}`;
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

function percent(share: number): string {
  return Number.isNaN(share) ? '-' : `${(100 * share).toFixed(0)} %`;
}

/** One file for each machine and day. */
function save(all: Figures): string {
  const results = isForTheRecord ? join(root, 'bench', 'results') : join(root, '.lantern', 'bench');
  const cpu = fileWords(machine.cpu);
  const path = join(results, `${created.slice(0, 10)}-${cpu}${isQuick ? '-quick' : ''}.json`);
  mkdirSync(results, { recursive: true });
  const commit = currentCommit();
  const content = { version: figuresVersion, created, commit, machine, ...all };
  writeFileSync(path, `${JSON.stringify(content, undefined, 2)}\n`);
  const words = `${machine.cpu}, ${cores} cores, Node ${machine.node}`;
  const { loadAverage } = machine;
  const entry = speedEntry(all, { commit, date: created, machine: words, loadAverage });
  if (isForTheRecord) recordSpeed(join(root, 'bench', 'trend.json'), entry);
  return path;
}
