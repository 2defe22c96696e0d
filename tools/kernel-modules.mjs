/** The texts of the WGSL kernel, bundled. */
import { readFileSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { filesEnding } from './source-files.mjs';

/**
 * @param {string} folder of the WGSL modules; those in `testing/` below it are left out
 * @returns {string} a TypeScript module with their names (`primitives/box.wgsl`) and texts
 */
export function kernelModulesText(folder) {
  const modules = filesEnding(folder, '.wgsl')
    .map((path) => ({ path, name: relative(folder, path).split(sep).join('/') }))
    .filter(({ name }) => !name.startsWith('testing/'));
  const isOfHits = (/** @type {{ name: string }} */ { name }) => name.startsWith('hits/');
  return [
    '// Made by tools/generate-layout.mjs from packages/optics/kernel/wgsl.',
    "import type { KernelModule } from '../kernel-module.ts';",
    '',
    '/** The modules of the WGSL kernel, sorted by name. */',
    ...list(
      'kernelModules',
      modules.filter((module) => !isOfHits(module)),
    ),
    '',
    '/** Those of the kernels for hits, programs of their own. */',
    ...list('hitModules', modules.filter(isOfHits)),
    '',
  ].join('\n');
}

/**
 * @param {string} name of the list
 * @param {readonly { path: string, name: string }[]} modules
 * @returns {string[]} its lines
 */
function list(name, modules) {
  return [
    `export const ${name}: readonly KernelModule[] = [`,
    ...modules.map(({ path, name }) => {
      const lines = readFileSync(path, 'utf8').split(/\r?\n/);
      return `  {\n    name: ${JSON.stringify(name)},\n    text: [\n${lines
        .map((line) => `      ${JSON.stringify(line)},\n`)
        .join('')}    ].join('\\n'),\n  },`;
    }),
    '];',
  ];
}
