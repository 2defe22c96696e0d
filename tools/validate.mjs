/** `npm run validate`: `lantern validate` with the arguments given. */
import { join } from 'node:path';
import { root, runNode } from './process.mjs';

process.exitCode = runNode([
  join(root, 'packages', 'cli', 'bin', 'lantern.js'),
  'validate',
  ...process.argv.slice(2),
]);
