#!/usr/bin/env node
// npm links a command only to a file that is there at install time, and dist/ is not: it is built after it.
import { existsSync } from 'node:fs';

const main = new URL('../dist/main.js', import.meta.url);
if (existsSync(main)) {
  await import(main.href);
} else {
  process.stderr.write(
    'lantern: not built yet. Run `npm run build` (or `npm start`) in the repository first.\n',
  );
  process.exitCode = 1;
}
