import { describe, expect, test } from 'vitest';
import { layerViolations } from './layers.mjs';
import { withRepository } from './planted-repository.mjs';
import { root } from './process.mjs';

const table = `
| package | holds | may depend on |
|---|---|---|
| \`units\` | units | - |
| \`optics\` | photons | units |

Prose after the table | with a bar | units
`;

function violations(files: Record<string, string | object>): string[] {
  return withRepository(
    {
      'ARCHITECTURE.md': table,
      'packages/units/package.json': {},
      'packages/units/tsconfig.json': {},
      'packages/optics/package.json': { dependencies: { '@lantern/units': '0.1.0' } },
      'packages/optics/tsconfig.json': { references: [{ path: '../units' }] },
      'packages/optics/src/index.ts': "export { mm } from '@lantern/units';",
      ...files,
    },
    layerViolations,
  );
}

test('the layers hold', () => {
  expect(layerViolations(root)).toEqual([]);
});

describe('a planted violation is found', () => {
  test('none in a good repository', () => {
    expect(violations({})).toEqual([]);
  });

  test('an upward import, static, dynamic or of a type', () => {
    for (const line of [
      "import { x } from '@lantern/optics';",
      "import '@lantern/optics/node';",
      "export const x = await import('@lantern/optics');",
      "export type { X } from '@lantern/optics';",
    ]) {
      expect(violations({ 'packages/units/src/a/b.ts': line })).toEqual([
        expect.stringMatching(/^units -> optics: imported by src.a.b\.ts$/),
      ]);
    }
  });

  test('an upward dependency in package.json', () => {
    const files = {
      'packages/units/package.json': { devDependencies: { '@lantern/optics': '0.1.0' } },
    };
    expect(violations(files)).toEqual(['units -> optics: in its package.json']);
  });

  test('an import that package.json does not declare', () => {
    const files = { 'packages/optics/package.json': {}, 'packages/optics/tsconfig.json': {} };
    expect(violations(files)).toEqual(['optics -> units: imported by src/index.ts']);
  });

  test('a reference of tsconfig.json alone', () => {
    const files = { 'packages/units/tsconfig.json': { references: [{ path: '../optics' }] } };
    expect(violations(files)).toEqual(['units -> optics: in its tsconfig.json only']);
  });

  test('a package that the table does not have', () => {
    const files = { 'packages/extra/package.json': {}, 'packages/extra/tsconfig.json': {} };
    expect(violations(files)).toEqual(['extra: not in the table of ARCHITECTURE.md']);
  });

  test('a table that points upwards', () => {
    const files = { 'ARCHITECTURE.md': table.replace('| units | - |', '| units | optics |') };
    expect(violations(files)).toEqual(['units -> optics: not above it in the table']);
  });
});
