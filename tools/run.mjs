/**
 * `node tools/run.mjs NAME [arguments]`: sets up what is missing, then runs tools/NAME.mjs, or the TypeScript sources
 * of tools/NAME.ts as they are.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root, runNode } from './process.mjs';
import { setUp } from './set-up.mjs';

const [name = '', ...args] = process.argv.slice(2);
const script = ['mjs', 'ts']
  .map((extension) => join(root, 'tools', `${name}.${extension}`))
  .find((path) => existsSync(path));

if (!script) {
  process.stderr.write(`run: there is no tools/${name}.mjs or tools/${name}.ts\n`);
  process.exitCode = 2;
} else {
  // check and build compile by themselves, and say what does not.
  setUp({ build: !['build', 'check', 'format'].includes(name) });
  const hook = script.endsWith('.ts')
    ? ['--import', new URL('typescript.mjs', import.meta.url).href]
    : [];
  process.exitCode = runNode([...hook, script, ...args]);
}
