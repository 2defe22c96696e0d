/** `npm start`: sets up what is missing, then `lantern start` with the arguments given. */
import { join } from 'node:path';
import { root, runNode } from './process.mjs';
import { setUp } from './set-up.mjs';

setUp();
process.exitCode = runNode([
  join(root, 'packages', 'cli', 'bin', 'lantern.js'),
  'start',
  ...process.argv.slice(2),
]);
