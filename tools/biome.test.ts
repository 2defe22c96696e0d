import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withRepository } from './planted-repository.mjs';
import { root } from './process.mjs';
import { packagesOf } from './source-files.mjs';

/** Lints a small repository with our biome.json; returns what Biome prints. */
function lint(files: Record<string, string | object>): string {
  const configuration = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8'));
  const planted = { ...configuration, $schema: undefined, vcs: undefined };
  const biome = join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
  return withRepository({ 'biome.json': planted, ...files }, (cwd) => {
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [biome, 'lint', '--max-diagnostics=none'],
      {
        cwd,
        encoding: 'utf8',
      },
    );
    return stdout + stderr;
  });
}

const bad = 'export const value: any = 1;\nconsole.log(value);\nexport default value;\n';

test('a planted violation is found in every package', () => {
  for (const name of packagesOf(root)) {
    const output = lint({ [`packages/${name}/src/planted.ts`]: bad });
    expect(output).toContain('suspicious/noExplicitAny');
    expect(output).toContain('style/noDefaultExport');
    if (name !== 'cli') expect(output).toContain('suspicious/noConsole');
  }
});

test('an import that is not declared, a cycle and a wrong file name are found', () => {
  const output = lint({
    'packages/units/package.json': { name: '@lantern/units', type: 'module' },
    'packages/units/src/BadName.ts': "import { b } from './b.ts';\nexport const a: number = b;\n",
    'packages/units/src/b.ts': "import { a } from './BadName.ts';\nexport const b: number = a;\n",
    'packages/units/src/c.ts': "import { z } from 'zod';\nexport const c: number = z;\n",
  });
  expect(output).toContain('suspicious/noImportCycles');
  expect(output).toContain('correctness/noUndeclaredDependencies');
  expect(output).toContain('style/useFilenamingConvention');
});
