/**
 * `npm run gpu-kernel [-- FILE.gdml …]`: how large the text of the GPU kernel is for a scene, without a GPU: its functions
 * and lines, its operations after each call is replaced by what it calls (as compilers for GPUs do; a loop counts once), and
 * the bytes of a thread's arrays. Of the three reference detectors and the liquid-argon box, or of the files given; and of
 * a scene that has everything.
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
import { assembleKernel } from '../packages/optics/dist/gpu/assemble-kernel.js';
import { kernelModules } from '../packages/optics/dist/gpu/generated/kernel-modules.js';
import { PackedScene } from '../packages/optics/dist/gpu/packed-scene.js';
import { sceneFeatures, stubsWithout } from '../packages/optics/dist/gpu/scene-features.js';
import { sceneConstants } from '../packages/optics/dist/gpu/scene-limits.js';
import { root } from './process.mjs';

const shared = join(root, '..', 'shared');
const named = process.argv.slice(2);
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
  const { code, functions } = assembleKernel({ modules, entries: ['run'], stubs, constants });
  const folder = mkdtempSync(join(tmpdir(), 'lantern-kernel-'));
  try {
    writeFileSync(join(folder, 'kernel.wgsl'), code);
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
