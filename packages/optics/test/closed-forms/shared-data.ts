import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A file of the shared folder beside the repository. */
export function sharedFile(path: string): string {
  return fileURLToPath(new URL(`../../../../../shared/${path}`, import.meta.url));
}

const isThere = existsSync(sharedFile('reference'));
if (!isThere && !process.env.CI) {
  process.stderr.write(`tests with ${sharedFile('')} are skipped: it is not there\n`);
}

/** Whether tests that need it run: always in CI, where its absence is a failure. */
export const withShared: boolean = isThere || Boolean(process.env.CI);
