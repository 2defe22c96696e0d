import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The folder of the reference detectors, beside the repository. */
export const referenceFolder: string = fileURLToPath(
  new URL('../../../../shared/reference', import.meta.url),
);

const isThere = existsSync(referenceFolder);
const mustRun = Boolean(process.env.CI);
if (!isThere && !mustRun)
  process.stderr.write(`tests with ${referenceFolder} are skipped: it is not there\n`);

/** Whether tests that need it run: always in CI, where its absence is a failure. */
export const withReference: boolean = isThere || mustRun;
