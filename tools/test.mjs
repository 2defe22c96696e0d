/** `npm test [-- filter or vitest options]`: sets up what is missing, then runs the tests once. */
import { join } from 'node:path';
import { root, runNode } from './process.mjs';
import { setUp } from './set-up.mjs';

setUp();
process.exitCode = runNode([
  join(root, 'node_modules', 'vitest', 'vitest.mjs'),
  'run',
  ...process.argv.slice(2),
]);
