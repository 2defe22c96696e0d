/** `npm run check`: everything that is wrong with the code without running it, a line for each kind. */
import { join } from 'node:path';
import { root, runNode } from './process.mjs';

/** @param {string[]} path below node_modules */
const tool = (...path) => join(root, 'node_modules', ...path);
const tsc = tool('typescript', 'bin', 'tsc');

/** @type {readonly (readonly [title: string, args: string[]])[]} */
const steps = [
  [
    'format and lint',
    [
      tool('@biomejs', 'biome', 'bin', 'biome'),
      'ci',
      '--max-diagnostics=100',
      '--error-on-warnings',
      '--colors=off',
    ],
  ],
  ['types and build', [join(root, 'tools', 'build.mjs')]],
  ['types of tests and tools', [tsc, '--project', 'tsconfig.tests.json']],
  ['layers', [join(root, 'tools', 'layers.mjs')]],
  ['runs in a browser', [join(root, 'tools', 'browser-purity.mjs')]],
  ['specification coverage', [join(root, 'tools', 'spec.mjs')]],
  ['dead exports', [tool('knip', 'bin', 'knip.js'), '--no-progress', '--no-config-hints']],
];

let failed = 0;
for (const [title, args] of steps) {
  const start = performance.now();
  const code = runNode(args, { quiet: true });
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'}  ${title} (${seconds} s)`);
  if (code !== 0) failed++;
}
console.log(failed === 0 ? 'check: all good' : `check: ${failed} of ${steps.length} failed`);
process.exitCode = failed === 0 ? 0 : 1;
