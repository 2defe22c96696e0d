/**
 * `npm run gpu-kernel [-- FILE.gdml …]`: how large the text of the GPU kernel is for a scene, without a GPU: its functions
 * and lines, its operations after each call is replaced by what it calls (as compilers for GPUs do; a loop counts once), and
 * the bytes of a thread's arrays. Of the three reference detectors and the liquid-argon box, or of the files given; and of
 * a scene that has everything. With --copies, for each scene the functions that make up most of it, and how often each is
 * there.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { packScene, readGdml } from '../packages/geometry/dist/index.js';
import {
  countOperations,
  type FunctionOperations,
} from '../packages/optics/bench/work/wgsl-operations.ts';
import { inForm } from '../packages/optics/dist/gpu/arithmetic-form.js';
import {
  type AssembledKernel,
  assembleKernel,
} from '../packages/optics/dist/gpu/assemble-kernel.js';
import { kernelModules } from '../packages/optics/dist/gpu/generated/kernel-modules.js';
import { PackedScene } from '../packages/optics/dist/gpu/packed-scene.js';
import { sceneFeatures, stubsWithout } from '../packages/optics/dist/gpu/scene-features.js';
import { sceneConstants } from '../packages/optics/dist/gpu/scene-limits.js';
import { parseModule } from '../packages/optics/dist/gpu/wgsl-declarations.js';
import { root } from './process.mjs';

const shared = join(root, '..', 'shared');
const words = process.argv.slice(2);
const named = words.filter((word) => !word.startsWith('--'));
const files =
  named.length > 0
    ? named
    : [
        ...['watertank', 'scintball', 'bigball'].map((name) =>
          join(shared, 'reference', name, 'geometry.gdml'),
        ),
        join(root, 'examples', 'liquid-argon-box', 'liquid-argon-box.gdml'),
      ].filter((file) => existsSync(file));

interface Row {
  readonly name: string;
  readonly functions: number;
  readonly lines: number;
  readonly float: number;
  readonly integer: number;
  readonly special: number;
  readonly arrayBytes: number;
}

const modules = kernelModules.map((module) =>
  module.name === 'wide.wgsl'
    ? { ...module, text: inForm(module.text, { fused: true, guarded: false }) }
    : module,
);

/** What the assembled text comes to. */
function measure(
  name: string,
  stubs: readonly string[],
  constants: Readonly<Record<string, number>>,
): Row {
  const kernel = assembleKernel({ modules, entries: ['run'], stubs, constants });
  const { code, functions } = kernel;
  const folder = mkdtempSync(join(tmpdir(), 'lantern-kernel-'));
  try {
    writeFileSync(join(folder, 'kernel.wgsl'), code);
    if (words.includes('--copies')) tellCopies(name, kernel, folder);
    const parts: FunctionOperations = countOperations(folder, () => false).get('run') ?? [];
    const sum = (kind: 'float' | 'integer' | 'special'): number =>
      parts.reduce((all, part) => all + part[kind], 0);
    return {
      name,
      functions: functions.length,
      lines: code.split('\n').length,
      float: sum('float'),
      integer: sum('integer'),
      special: sum('special'),
      arrayBytes: arrayBytes(constants),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The functions whose copies have most operations in them, without those of what they call. */
function tellCopies(name: string, { code }: AssembledKernel, folder: string): void {
  const own = countOperations(folder, () => true);
  const { declarations } = parseModule({ name: 'kernel.wgsl', text: code });
  const functions = new Map(
    declarations.filter(({ kind }) => kind === 'fn').map((each) => [each.name, each] as const),
  );
  const copies = new Map<string, number>();
  const copy = (function_: string): void => {
    copies.set(function_, (copies.get(function_) ?? 0) + 1);
    const { tokens = [], body = 0 } = functions.get(function_) ?? {};
    for (let i = body; i < tokens.length; i++)
      if (tokens[i + 1]?.text === '(' && functions.has(tokens[i]?.text ?? ''))
        copy(tokens[i]?.text ?? '');
  };
  copy('run');
  const weigh = (function_: string): number =>
    (copies.get(function_) ?? 0) *
    (own.get(function_) ?? []).reduce(
      (sum, { float, integer, special }) => sum + float + integer + special,
      0,
    );
  const heaviest = [...copies.keys()].sort((a, b) => weigh(b) - weigh(a)).slice(0, 25);
  console.log(`${name}: operations in all copies, copies`);
  for (const function_ of heaviest)
    console.log(
      `  ${String(weigh(function_)).padStart(6)} ${String(copies.get(function_)).padStart(5)}  ${function_}`,
    );
}

/** Of the arrays whose size the scene says; words are of 4 bytes. */
function arrayBytes(constants: Readonly<Record<string, number>>): number {
  return Object.entries(constants)
    .filter(([name]) => name.endsWith('_WORDS'))
    .reduce((sum, [, words]) => sum + 4 * words, 0);
}

const rows = files.map((file) => {
  const scene = packScene(readGdml(readFileSync(file, 'utf8'), { file }));
  const features = sceneFeatures(new PackedScene(scene.buffer));
  // Photons of any kind of generation step.
  const steps = ['gensteps', 'cerenkov', 'scintillation', 'torch', 'light'] as const;
  const name =
    basename(file) === 'geometry.gdml' ? basename(dirname(file)) : basename(file, '.gdml');
  return [
    measure(`${name}, photons`, stubsWithout(features), sceneConstants(scene)),
    measure(
      `${name}, steps`,
      stubsWithout(new Set([...features, ...steps])),
      sceneConstants(scene),
    ),
  ];
});
const all = [...rows.flat(), measure('everything', [], {})];
console.log('| kernel | functions | lines | float | integer | quotients, roots | arrays, bytes |');
console.log('|---|--:|--:|--:|--:|--:|--:|');
for (const { name, functions, lines, float, integer, special, arrayBytes } of all)
  console.log(
    `| ${[name, functions, lines, float, integer, special, arrayBytes || ''].join(' | ')} |`,
  );
