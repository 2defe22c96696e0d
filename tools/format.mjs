/** `npm run format`: formats everything, sorts imports and applies the linter's safe fixes. */
import { join } from 'node:path';
import { root, runNode } from './process.mjs';

process.exitCode = runNode([
  join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome'),
  'check',
  '--write',
  ...process.argv.slice(2),
]);
