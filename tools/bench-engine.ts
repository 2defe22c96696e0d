/**
 * `npm run bench -- --engine NAME [--cases LIST] [--photons N] [--batch N] [--record] [--quick]`: an engine from generation steps to
 * hits in four detectors, beside the CPU engine on all cores in the same rounds: photons/s, how long it takes to start,
 * what an event of 1000 photons costs. NAME is cpu, gpu, gpu:NAME or gpu:software. On a GPU 100 million photons a run; else
 * as many as take some seconds. --batch N: photons that the engine has in hand together. Saves the figures as bench.ts does.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import {
  benchEngine,
  type EngineCaseFigures,
  type EngineEffort,
} from '../packages/optics/bench/engine-bench.ts';
import { caseNames, loadGenstepCase } from '../packages/optics/bench/genstep-cases.ts';
import { engineNames, openEngine } from '../packages/optics/bench/open-engine.ts';
import { benchMachine, currentCommit, fileWords } from './bench-machine.ts';
import { root } from './process.mjs';
import { loadVulkan, setup } from './software-vulkan.mjs';

const { values } = parseArgs({
  options: {
    engine: { type: 'string', default: 'cpu' },
    cases: { type: 'string', default: caseNames.join(',') },
    photons: { type: 'string' },
    events: { type: 'string' },
    batch: { type: 'string' },
    shared: { type: 'string', default: join(root, '..', 'shared') },
    out: { type: 'string' },
    record: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
  },
});
const name = values.engine;
const wanted = values.cases.split(',');
const cases = caseNames.filter((known) => wanted.includes(known));
const shared = resolve(values.shared);
const photons = values.photons === undefined ? undefined : Number(values.photons);
const mistake =
  (!engineNames.test(name) && `--engine ${name}: there are cpu, gpu, gpu:NAME and gpu:software`) ||
  (cases.length < wanted.length && `--cases ${values.cases}: there are ${caseNames.join(', ')}`) ||
  (photons !== undefined && !(photons >= 1000) && `--photons ${values.photons}: at least 1000`) ||
  (values.quick && values.record && 'figures of --quick are not for the record') ||
  (!existsSync(shared) && `${shared} is not there: --shared names the folder of the detectors`);
if (mistake) {
  console.error(`bench: ${mistake}`);
  process.exit(2);
}

if (name === 'gpu:software') {
  setup();
  loadVulkan();
}
const { engine, device, isReal, cpu, opened } = await openEngine(name).catch((error: unknown) => {
  console.error(`bench: ${error instanceof Error ? error.message : error}`);
  process.exit(1);
});
const machine = benchMachine();
const created = new Date().toISOString();
const figures: EngineCaseFigures[] = [];
console.error(
  `bench: ${engine.name} on ${device}${isReal ? '' : ', a program in place of a GPU'}, opened in ${opened.toFixed(3)} s`,
);
for (const one of cases) {
  const loaded = await loadGenstepCase(shared, one);
  figures.push(await benchEngine(engine, cpu, loaded, effort(), (words) => console.error(words)));
}
console.log(speedTable());
console.log(startTable());
console.log(workTable());
console.log(`saved in ${save()}`);
engine.close?.();

function effort(): EngineEffort {
  const events = values.events === undefined ? (isReal ? 1000 : 20) : Number(values.events);
  const batchSize = values.batch === undefined ? undefined : Number(values.batch);
  const pilot = isReal ? 20_000 : 500;
  const chosen = { photons, batchSize, events, pilot };
  if (values.quick) return { ...chosen, rounds: 1, seconds: 1, most: 100_000 };
  const most = 100_000_000;
  const onGpu = cpu !== undefined && isReal;
  return { ...chosen, photons: photons ?? (onGpu ? most : undefined), rounds: 3, seconds: 5, most };
}

function speedTable(): string {
  return table([
    ['detector', 'photons', 'steps each', 'M photons/s', 'M steps/s', 'of the CPU', 'of the peer'],
    ...figures.map((one) => [
      one.name,
      String(one.photons),
      one.stepsPerPhoton.toFixed(2),
      (one.photonsPerSecond / 1e6).toFixed(3),
      ((one.photonsPerSecond * one.stepsPerPhoton) / 1e6).toFixed(2),
      one.overCpu === undefined ? '-' : `${one.overCpu.toFixed(2)} x`,
      one.overPeer === undefined ? '-' : `${one.overPeer.ratio.toFixed(3)} x ${one.overPeer.name}`,
    ]),
  ]);
}

function startTable(): string {
  const ms = (x: number): string => `${x.toPrecision(3)} ms`;
  return table([
    ['detector', 'first start', 'start', 'event, gathered', 'as one', 'overhead', 'alone'],
    ...figures.map(({ name: head, firstStart, start, events }) => [
      head,
      ms(1000 * firstStart),
      ms(1000 * start),
      ms(events.gathered),
      ms(events.asOne),
      ms(events.overhead),
      ms(events.alone),
    ]),
  ]);
}

/** What engines on a device tell of it. */
function workTable(): string {
  const rows = figures.flatMap(({ name: head, runs }) => {
    const run = runs.at(-1);
    const work = run?.work;
    if (!run || !work) return [];
    const { start, launches, threads, busySeconds, batchBytes, batchPhotons } = work;
    const seconds = [start.device, start.pipelines, start.scene].map((x) => x.toFixed(3));
    return [
      [
        head,
        seconds.join(' + '),
        String(launches),
        String(threads),
        busySeconds === undefined ? '-' : `${((100 * busySeconds) / run.propagate).toFixed(0)} %`,
        `${(work.sentBytes / run.photons).toFixed(2)} B`,
        `${(work.fetchedBytes / run.photons).toFixed(2)} B`,
        `${(batchBytes / batchPhotons).toFixed(1)} B`,
      ],
    ];
  });
  if (rows.length === 0) return '';
  const heads = ['detector', 'device + pipelines + scene, s', 'launches', 'threads', 'busy'];
  return table([[...heads, 'sent/photon', 'fetched/photon', 'resident/photon'], ...rows]);
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join('  ');
  return `${rows.map(line).join('\n')}\n`;
}

function save(): string {
  const results = values.record ? join(root, 'bench', 'results') : join(root, '.lantern', 'bench');
  const folder = values.out ?? results;
  const file = `${created.slice(0, 10)}-${fileWords(device)}-${fileWords(engine.name)}.json`;
  mkdirSync(folder, { recursive: true });
  const content = {
    version: 1,
    kind: 'engine',
    created,
    commit: currentCommit(),
    machine,
    engine: engine.name,
    device,
    isReal,
    opened,
    cases: figures,
  };
  writeFileSync(join(folder, file), `${JSON.stringify(content, undefined, 2)}\n`);
  return join(folder, file);
}
