/**
 * Writes packages/optics/kernel/wgsl: the twins of the AssemblyScript kernel for a GPU, the same functions in the same
 * order. What a GPU does differently is in tools/wgsl/plan.mjs; modules and functions written by hand stay as they are.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './process.mjs';
import { emitKernel } from './wgsl/emit-kernel.mjs';

const kernel = join(root, 'packages', 'optics', 'kernel');
const replacements = join(kernel, 'wgsl', 'replacements.wgsl');
for (const { file, text } of emitKernel(join(kernel, 'wasm'), readFileSync(replacements, 'utf8'))) {
  const path = join(kernel, 'wgsl', file);
  mkdirSync(dirname(path), { recursive: true });
  if (!existsSync(path) || readFileSync(path, 'utf8') !== text) writeFileSync(path, text);
}
