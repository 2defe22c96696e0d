import { expect, test } from 'vitest';
import { purityViolations } from './browser-purity.mjs';
import { withRepository } from './planted-repository.mjs';
import { root } from './process.mjs';

function violations(path: string, text: string): string[] {
  const files = {
    'packages/optics/package.json': {},
    'packages/cli/package.json': {},
    [path]: text,
  };
  return withRepository(files, purityViolations);
}

test('the domain packages run in a browser', () => {
  expect(purityViolations(root)).toEqual([]);
});

test.each([
  "import { open } from 'node:fs/promises';",
  "export { open } from './file.node.ts';",
  "import { open } from '../node/file.ts';",
  "import { NpyReader } from '@lantern/formats/node';",
  'export const home = process.env.HOME;',
  'export const bytes = Buffer.from([1]);',
])('a planted violation is found: %s', (line) => {
  expect(violations('packages/optics/src/planted.ts', line)).toHaveLength(1);
  expect(violations('packages/optics/src/planted.node.ts', line)).toEqual([]);
  expect(violations('packages/optics/src/node/planted.ts', line)).toEqual([]);
  expect(violations('packages/cli/src/planted.ts', line)).toEqual([]);
});

test('words in comments and the geometry of nodes are not violations', () => {
  const text =
    "// process.env and Buffer.from\n/** node:fs */\nimport { node } from './node-table.ts';";
  expect(violations('packages/optics/src/fine.ts', text)).toEqual([]);
});
