/** `npm run bench -- --http [--quick]`, and part of `npm run bench`: conditions over HTTP, a server and its load on two cores. */
import { cpus, loadavg } from 'node:os';
import { httpBenchmark } from '../packages/server/bench/http-bench.ts';

const seconds = process.argv.includes('--quick') ? 0.2 : 3;
const { rows, loads } = await httpBenchmark(seconds, (words) => console.error(words));
const heads = [
  'conditions over HTTP',
  'types x intervals',
  'asked',
  'answers/s',
  'p50',
  'p99',
  'server',
];
const cells = rows.map((row) => [
  row.scenario,
  `${row.types} x ${row.intervals.toLocaleString('en-US')}`,
  row.what,
  Math.round(row.perSecond).toLocaleString('en-US'),
  `${row.p50.toFixed(2)} ms`,
  `${row.p99.toFixed(2)} ms`,
  `${row.serverMicroseconds.toFixed(0)} us`,
]);
const table = [heads, ...cells];
const widths = heads.map((_, i) => Math.max(...table.map((row) => row[i]?.length ?? 0)));
for (const row of table)
  console.log(
    row
      .map((cell, i) => (i < 3 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join('  '),
  );
for (const { scenario, seconds: taken, megabytes } of loads)
  console.log(`index of ${scenario}: ${taken.toFixed(2)} s, server ${megabytes.toFixed(0)} MiB`);
const [load = 0] = loadavg();
if (load > cpus().length)
  console.log(`other programs took part of the ${cpus().length} cores (load ${load.toFixed(1)})`);
