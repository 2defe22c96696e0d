import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeIfChanged } from './generated-file.mjs';
import { root } from './process.mjs';
import { emitKernel } from './wgsl/emit-kernel.mjs';

const kernel = join(root, 'packages', 'optics', 'kernel');

/**
 * The twins of the AssemblyScript kernel for a GPU: the same functions in the same order. What a GPU does differently is
 * in tools/wgsl/plan.mjs; the modules named there, and the functions of tools/wgsl/replacements.wgsl, are written by hand.
 *
 * @returns {{file: string, text: string}[]} by their names in packages/optics/kernel/wgsl
 */
export function wgslTwins() {
  const byHand = readFileSync(join(root, 'tools', 'wgsl', 'replacements.wgsl'), 'utf8');
  const folder = join(kernel, 'wgsl');
  const texts = existsSync(folder)
    ? readdirSync(folder).filter((name) => name.endsWith('.wgsl'))
    : [];
  return emitKernel(
    join(kernel, 'wasm'),
    byHand,
    texts.map((file) => ({ file, text: readFileSync(join(folder, file), 'utf8') })),
  );
}

/** Writes them. */
export function emitWgsl() {
  for (const { file, text } of wgslTwins()) writeIfChanged(join(kernel, 'wgsl', file), text);
}
