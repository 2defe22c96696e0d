/**
 * `npm run bench -- --conditions [--record] [--quick]`: finds and resolves of conditions in one process, in the five scenarios and three
 * patterns of the load campaign of the HSF reference service; opening a snapshot; a store in memory; registrations and tags on
 * the disk. Saves the figures as
 * bench.ts does, which runs this too.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  benchConditions,
  type ConditionsFigures,
  fullConditionsEffort,
  quickConditionsEffort,
} from '../packages/conditions/bench/conditions-bench.ts';
import { benchMachine, currentCommit, fileWords } from './bench-machine.ts';
import { root } from './process.mjs';

const isForTheRecord = process.argv.includes('--record');
const isQuick = process.argv.includes('--quick');
if (isQuick && isForTheRecord) {
  console.error('bench: figures of --quick are not for the record');
  process.exit(2);
}
const machine = benchMachine();
const created = new Date().toISOString();
const effort = isQuick ? quickConditionsEffort : fullConditionsEffort;
const figures = await benchConditions(effort, (words) => console.error(words));

console.log(
  `${machine.cpu}, one core, Node ${machine.node}; rates for a second of processor time\n`,
);
console.log(findTable(figures));
console.log(loadTable(figures));
console.log(warmTable(figures));
console.log(registrationTable(figures));
console.log(tagTable(figures));
console.log(`saved in ${save()}`);

function findTable({ finds }: ConditionsFigures): string {
  const heads = ['scenario', 'pattern', 'finds/s', 'of a bisection', 'answers/s', 'resolves/s'];
  const rows = finds.map((at) => [
    at.scenario,
    at.pattern,
    `${(at.finds / 1e6).toFixed(2)} M`,
    `${(at.finds / at.bisections).toFixed(1)} x`,
    `${(at.answers / 1e6).toFixed(2)} M`,
    at.resolves.toFixed(0),
  ]);
  return table([heads, ...rows]);
}

function loadTable({ loads }: ConditionsFigures): string {
  const heads = [
    'snapshot',
    'file',
    'open and index',
    'processor',
    'peak memory',
    'of these the program',
  ];
  const rows = loads.map((at) => [
    at.scenario,
    `${at.file.toFixed(0)} MB`,
    `${at.load.toFixed(2)} s`,
    `${at.processor.toFixed(2)} s`,
    `${at.memory.toFixed(0)} MB`,
    `${at.idle.toFixed(0)} MB`,
  ]);
  return table([heads, ...rows]);
}

function warmTable({ warm }: ConditionsFigures): string {
  const heads = ['warm store', 'rows', 'taken in', 'memory', 'finds/s'];
  const rows = warm.map((at) => [
    at.scenario,
    String(at.rows),
    `${(at.filled / 1e3).toFixed(0)} k/s`,
    `${at.memory.toFixed(0)} MB`,
    at.finds.toFixed(0),
  ]);
  return table([heads, ...rows]);
}

function registrationTable({ registrations }: ConditionsFigures): string {
  const heads = ['registered on the disk', 'at once', 'registrations/s', 'processor for each'];
  const rows = registrations.map((at) => [
    at.store,
    String(at.batch),
    at.registrations.toFixed(0),
    `${at.processor.toFixed(2)} ms`,
  ]);
  return table([heads, ...rows]);
}

function tagTable({ tags }: ConditionsFigures): string {
  const heads = [
    'tag on the disk',
    'written in',
    'clones',
    'made in',
    'one more interval',
    'compared in',
  ];
  return table([
    heads,
    [
      ...[
        `${tags.intervals} intervals`,
        `${(tags.build / 1000).toFixed(2)} s`,
        String(tags.clones),
      ],
      `${(tags.clone / 1000).toFixed(2)} s, ${tags.cloneBytes} bytes`,
      `${tags.append.toFixed(0)} ms, ${tags.appendBytes} bytes`,
      `${tags.diff.toFixed(0)} ms`,
    ],
  ]);
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  return rows
    .map((row) =>
      row.map((cell, i) => (i < 1 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))),
    )
    .map((cells) => `${cells.join('  ')}\n`)
    .join('');
}

function save(): string {
  const folder = isForTheRecord ? join(root, 'bench', 'results') : join(root, '.lantern', 'bench');
  const cpu = fileWords(machine.cpu);
  const quick = isQuick ? '-quick' : '';
  const path = join(folder, `${created.slice(0, 10)}-${cpu}-conditions${quick}.json`);
  mkdirSync(folder, { recursive: true });
  const content = { version: 1, created, commit: currentCommit(), machine, ...figures };
  writeFileSync(path, `${JSON.stringify(content, undefined, 2)}\n`);
  return path;
}
