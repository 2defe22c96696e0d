/**
 * `npm run work [-- --cases LIST] [--photons N] [--record]`: what a photon costs on a GPU, counted without one: steps and
 * how they differ from photon to photon, calls, operations and bytes of the scene for each step, and from these how well
 * the lanes of a warp are used, and an estimate of what an NVIDIA H200 would do. The CPU kernel, compiled with counters,
 * says how often each function and loop is entered; their operations are those of the WGSL text. Prints tables in Markdown
 * and saves the figures as JSON in .lantern/bench; with --record in bench/results, and the tables in bench/work.md.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { caseNames, loadGenstepCase } from '../packages/optics/bench/genstep-cases.ts';
import { type CaseWork, countCase, slots } from '../packages/optics/bench/work/case-work.ts';
import {
  estimate,
  h200,
  issueShare,
  operationsOfPhoton,
} from '../packages/optics/bench/work/gpu-estimate.ts';
import { compileCountingKernel } from '../packages/optics/bench/work/instrument-kernel.ts';
import { privateMemory } from '../packages/optics/bench/work/private-memory.ts';
import { countOperations, wgslFiles } from '../packages/optics/bench/work/wgsl-operations.ts';
import { currentCommit } from './bench-machine.ts';
import { root } from './process.mjs';

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: caseNames.join(',') },
    photons: { type: 'string', default: '200000' },
    shared: { type: 'string', default: join(root, '..', 'shared') },
    record: { type: 'boolean', default: false },
  },
});
const wanted = values.cases.split(',');
const cases = caseNames.filter((known) => wanted.includes(known));
const photons = Number(values.photons);
if (cases.length < wanted.length || !(photons >= 1000)) {
  console.error(`work: --cases of ${caseNames.join(', ')}; --photons at least 1000`);
  process.exit(2);
}

const wgsl = join(root, 'packages', 'optics', 'kernel', 'wgsl');
const kernel = compileCountingKernel();
const names = new Set(kernel.blocks.map((block) => block.function));
const twins = countOperations(
  wgsl,
  (name) => names.has(name) || names.has(name.replace(/^[a-z_]+_/, '')),
);
const counted: CaseWork[] = [];
for (const name of cases) {
  console.error(`work: ${name}`);
  const loaded = await loadGenstepCase(resolve(values.shared), name);
  counted.push(await countCase(kernel, twins, loaded, photons));
}
const own = privateMemory(wgslFiles(wgsl));
const head = `# What a photon costs on a GPU

Made by \`npm run work -- --record\`; [README.md](README.md) says how. The last two tables are estimates, no measurements.
`;
const page = [
  ...[stepsTable(), callsTable(), operationsTable(), warpsTable(), streamsTable()],
  ...[estimateTable(), longestTable()],
  `A thread's own variables: ${own.numbers} bytes of numbers, ${own.arrays} of arrays.\n`,
].join('\n');
console.log(page);
for (const { name, uncounted } of counted)
  if (Object.keys(uncounted).length > 0)
    console.log(`${name}: without a twin in WGSL: ${Object.keys(uncounted).join(', ')}`);
console.log(`saved in ${save()}`);

function stepsTable(): string {
  return table([
    ['steps of a photon', 'mean', 'median', '90 %', '99 %', 'most'],
    ...counted.map(({ name, steps }) => [
      name,
      steps.mean.toFixed(2),
      ...[steps.median, steps.percent90, steps.percent99, steps.most].map(String),
    ]),
  ]);
}

function callsTable(): string {
  const rows = Object.keys(counted[0]?.perStep ?? {}).map((words) => [
    words,
    ...counted.map(({ perStep }) => (perStep[words] ?? 0).toFixed(2)),
  ]);
  return table([['for each step', ...counted.map(({ name }) => name)], ...rows]);
}

function operationsTable(): string {
  const kib = (bytes: number): string => (bytes / 1024).toFixed(1);
  const row = (words: string, value: (one: CaseWork) => string): string[] => [
    words,
    ...counted.map(value),
  ];
  return table([
    ['of each step', ...counted.map(({ name }) => name)],
    row('operations of floats', ({ operations }) => operations.float.toFixed(0)),
    row('of integers', ({ operations }) => operations.integer.toFixed(0)),
    row('quotients and roots', ({ operations }) => operations.special.toFixed(1)),
    row('all, as floats', ({ operations }) => slots(operations).toFixed(0)),
    row('the same of a photon', (one) => operationsOfPhoton(one).toFixed(0)),
    row('bytes of the scene read', ({ scene }) => scene.readPerStep.toFixed(0)),
    row('scene, KiB', ({ scene }) => kib(scene.bytes)),
    row('90 % of reads are of, KiB', ({ scene }) => kib(scene.hot90)),
    row('99 % of reads are of, KiB', ({ scene }) => kib(scene.hot99)),
  ]);
}

function warpsTable(): string {
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  const refills = counted[0]?.warps.map(({ refill }) => refill) ?? [];
  return table([
    ['a lane takes a photon', ...counted.map(({ name }) => `${name}: lanes, operations`)],
    ...refills.map((refill, i) => [
      refill === 'all' ? 'when all are through' : `every ${refill} turns`,
      ...counted.map(({ warps }) => {
        const { lanesOfAllPhotons = 0, operations = 0 } = warps[i] ?? {};
        return `${percent(lanesOfAllPhotons)}, ${percent(operations)}`;
      }),
    ]),
  ]);
}

function streamsTable(): string {
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  const rows: readonly (readonly [string, (of: CaseWork['streams']) => string])[] = [
    ['lanes, batches one after the other', ({ oneByOne }) => percent(oneByOne.lanes)],
    ['lanes, one stream of photons', ({ stream }) => percent(stream.lanes)],
    ['turns until the last photon is taken', ({ stream }) => String(stream.turns)],
    ['turns after that', ({ stream }) => String(stream.lastTurns)],
    ['launches', ({ stream }) => String(stream.launches)],
    ['batches open', ({ stream }) => String(stream.open)],
    ['batches begun and not delivered', ({ stream }) => String(stream.batchesBegun)],
    ['hits aside, MiB', ({ asideBytes }) => (asideBytes / 2 ** 20).toFixed(0)],
    ['bytes for a photon with room for its hit', (one) => one.bytesOfPhoton.toFixed(1)],
  ];
  const millions = (counted[0]?.streams.photons ?? 0) / 1e6;
  return table([
    [`${millions} M photons, batches of 1 Mi, 65,536 threads`, ...counted.map(({ name }) => name)],
    ...rows.map(([words, value]) => [words, ...counted.map(({ streams }) => value(streams))]),
  ]);
}

function estimateTable(): string {
  const millions = (rate: number): string => (rate / 1e6).toFixed(0);
  return table([
    [
      `estimate for ${h200.name}, M photons/s`,
      'if it did nothing but operations',
      `${100 * issueShare} % of that`,
      'if all reads were of memory',
      'bound by',
      'refill',
      'one photon each',
    ],
    ...counted.map((one) => {
      const told = estimate(one, h200);
      return [
        one.name,
        ...[told.byOperations, told.expected, told.byMemory].map(millions),
        told.bound,
        String(told.refill),
        millions(told.withoutRefill),
      ];
    }),
  ]);
}

function longestTable(): string {
  return table([
    ['longest life, estimate', 'steps', 'ms alone', 'photons meanwhile'],
    ...counted.map((one) => {
      const { steps, seconds, photonsMeanwhile } = estimate(one, h200).longest;
      return [
        one.name,
        String(steps),
        (1000 * seconds).toFixed(3),
        Number(photonsMeanwhile.toPrecision(2)).toString(),
      ];
    }),
  ]);
}

/** In Markdown. */
function table(rows: readonly (readonly string[])[]): string {
  const [head = [], ...others] = rows.map((row) => `| ${row.join(' | ')} |`);
  return `${[head, `|---|${'---:|'.repeat((rows[0]?.length ?? 1) - 1)}`, ...others].join('\n')}\n`;
}

function save(): string {
  const folder = values.record ? join(root, 'bench', 'results') : join(root, '.lantern', 'bench');
  const path = join(folder, 'work.json');
  mkdirSync(folder, { recursive: true });
  const content = {
    version: 1,
    kind: 'work',
    created: new Date().toISOString(),
    commit: currentCommit(),
    privateMemory: own,
    issueShare,
    cases: counted.map((one) => ({ ...one, estimate: estimate(one, h200) })),
  };
  const rounded = (_: string, value: unknown): unknown =>
    typeof value === 'number' ? Number(value.toPrecision(6)) : value;
  writeFileSync(path, `${JSON.stringify(content, rounded, 1)}\n`);
  if (values.record) writeFileSync(join(root, 'bench', 'work.md'), `${head}\n${page}`);
  return path;
}
