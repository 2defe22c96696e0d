/**
 * `npm run instructions [-- DETECTOR … ] [-- --record]`: where a photon's time goes, in machine instructions of each
 * function of the kernel, on the reference detectors. Counted by Valgrind (Debian: apt install valgrind), so that they are
 * the same on a busy machine; two runs of different length are compared, and what both need is left out. With --record
 * into bench/instructions.json, which is kept in git.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packScene } from '../packages/geometry/dist/index.js';
import { readGdmlFile } from '../packages/geometry/dist/node.js';
import { compileKernel } from './build-steps.mjs';
import { root } from './process.mjs';

const few = 4096;
const many = 5 * few;
const words = process.argv.slice(2);
const isForTheRecord = words.includes('--record');
const named = words.filter((word) => !word.startsWith('--'));
const names = named.length > 0 ? named : ['watertank', 'scintball', 'bigball'];
const references = join(root, '..', 'shared', 'reference');
const missing = [
  spawnSync('valgrind', ['--version']).status === 0
    ? ''
    : 'valgrind is not there (Debian: apt install valgrind)',
  ...names.map((name) =>
    existsSync(join(references, name)) ? '' : `no reference detector '${name}' in ${references}`,
  ),
].filter((line) => line !== '');
if (missing.length > 0) {
  for (const line of missing) console.error(`instructions: ${line}`);
  process.exit(1);
}

const folder = mkdtempSync(join(tmpdir(), 'lantern-instructions-'));
try {
  const kernel = join(folder, 'kernel.wasm');
  // As it is shipped, but with the names of its functions.
  if (compileKernel('index.ts', kernel, 'release', ['--debug']) !== 0)
    throw new Error('there is no kernel to count');
  /** @type {Record<string, unknown>} */
  const record = {};
  for (const name of names) record[name] = await report(name, kernel);
  if (isForTheRecord) {
    const text = `${JSON.stringify({ node: process.version, ...record }, undefined, 2)}\n`;
    writeFileSync(join(root, 'bench', 'instructions.json'), text);
  }
} finally {
  rmSync(folder, { recursive: true });
}

/**
 * @param {string} name of a reference detector
 * @param {string} kernel
 */
async function report(name, kernel) {
  const scene = join(folder, `${name}.scene`);
  const detector = await readGdmlFile(join(references, name, 'geometry.gdml'));
  writeFileSync(scene, new Uint8Array(packScene(detector).buffer));
  const loop = [kernel, scene, join(references, name, 'photons.npy')];
  const less = count(loop, few);
  const more = count(loop, many);
  const perPhoton = [...new Set([...less.keys(), ...more.keys()])]
    .map((key) => ({
      name: key,
      instructions: ((more.get(key) ?? 0) - (less.get(key) ?? 0)) / (many - few),
    }))
    .filter(({ name: key }) => key !== 'others')
    .sort((a, b) => b.instructions - a.instructions);
  const all = perPhoton.reduce((sum, { instructions }) => sum + instructions, 0);
  console.log(`\n${name}: ${Math.round(all)} instructions of the kernel for a photon`);
  for (const { name: key, instructions } of perPhoton.slice(0, 16))
    console.log(
      `${String(Math.round(instructions)).padStart(7)}  ${((100 * instructions) / all).toFixed(1).padStart(5)} %  ${key}`,
    );
  const functions = perPhoton
    .filter(({ instructions }) => instructions >= 0.5)
    .map(({ name: key, instructions }) => [key, Math.round(instructions)]);
  return { instructions: Math.round(all), functions: Object.fromEntries(functions) };
}

/**
 * Instructions by function of the kernel.
 *
 * @param {readonly string[]} loop
 * @param {number} photons
 */
function count(loop, photons) {
  const out = join(folder, 'callgrind.out');
  const script = join(root, 'packages', 'optics', 'bench', 'instruction-loop.mjs');
  // Optimised at once, on the only thread; the map tells the address of each function.
  const v8 = [
    '--perf-basic-prof',
    '--no-liftoff',
    '--no-wasm-dynamic-tiering',
    '--single-threaded',
  ];
  const valgrind = ['--tool=callgrind', '--dump-instr=yes', '--smc-check=all-non-file'];
  const child = spawnSync(
    'valgrind',
    [
      ...valgrind,
      `--callgrind-out-file=${out}`,
      process.execPath,
      ...v8,
      script,
      ...loop,
      String(photons),
    ],
    { cwd: folder, encoding: 'utf8' },
  );
  if (child.status !== 0) throw new Error(`valgrind failed: ${child.stderr.slice(-1000)}`);
  const map = `/tmp/perf-${child.pid}.map`;
  const functions = readMap(map);
  rmSync(map, { force: true });
  const costs = addUp(readFileSync(out, 'utf8'), functions);
  for (const file of readdirSync(folder))
    if (file.startsWith('callgrind')) rmSync(join(folder, file));
  return costs;
}

/**
 * The functions of WebAssembly by address.
 *
 * @param {string} file
 */
function readMap(file) {
  return readFileSync(file, 'latin1')
    .split('\n')
    .flatMap((line) => {
      const [, start, size, name] =
        /^(\w+) (\w+) JS:(\S+\/\S+)-\d+-turbofan$/.exec(
          line.replace(/ JS:.*kernel.wasm./, ' JS:'),
        ) ?? [];
      return name
        ? [{ start: Number.parseInt(start ?? '', 16), size: Number.parseInt(size ?? '', 16), name }]
        : [];
    })
    .sort((a, b) => a.start - b.start);
}

/**
 * Adds the costs of single instructions up by function; addresses are absolute, or relative to the line before.
 *
 * @param {string} text of callgrind
 * @param {readonly { start: number, size: number, name: string }[]} functions
 */
function addUp(text, functions) {
  /** @type {Map<string, number>} */
  const costs = new Map();
  let address = 0;
  let isCall = false;
  for (const line of text.split('\n')) {
    if (line.startsWith('calls=')) {
      isCall = true;
      continue;
    }
    const [, sign, number] = /^(\+|-|\*|)(0x[\da-f]+|\d+)?(?= )/.exec(line) ?? [];
    if (sign === undefined || (number === undefined && sign !== '*')) continue;
    const value = Number(number ?? 0);
    address = sign === '' ? value : address + (sign === '-' ? -value : value);
    // The cost of what is called counts where it is.
    if (isCall) {
      isCall = false;
      continue;
    }
    const name = functionAt(functions, address) ?? 'others';
    costs.set(name, (costs.get(name) ?? 0) + Number(line.slice(line.lastIndexOf(' ') + 1)));
  }
  return costs;
}

/**
 * @param {readonly { start: number, size: number, name: string }[]} functions
 * @param {number} address
 */
function functionAt(functions, address) {
  let [low, high] = [0, functions.length];
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if ((functions[middle]?.start ?? 0) <= address) low = middle;
    else high = middle;
  }
  const found = functions[low];
  return found && address >= found.start && address < found.start + found.size
    ? found.name
    : undefined;
}
