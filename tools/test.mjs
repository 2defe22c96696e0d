/**
 * `npm test [-- filter or vitest options]`: sets up what is missing, says which tests will be skipped for want of
 * something that is not needed otherwise, then runs the tests once.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root, runNode } from './process.mjs';
import { setUp } from './set-up.mjs';
import { swiftShaderFolder } from './software-vulkan.mjs';

setUp();
for (const line of skipped()) console.error(`test: skipped here: ${line}`);
process.exitCode = runNode([
  join(root, 'node_modules', 'vitest', 'vitest.mjs'),
  'run',
  ...process.argv.slice(2),
]);

/** @returns {string[]} what is skipped on this machine, and why; under CI its tests fail instead */
function skipped() {
  /** @param {string} module */
  const hasPython = (module) =>
    ['python3', '/usr/bin/python3'].some(
      (python) => spawnSync(python, ['-c', `import ${module}`], { stdio: 'ignore' }).status === 0,
    );
  const lines = [];
  if (!existsSync(join(root, '..', 'shared', 'reference')))
    lines.push('the comparisons with Geant4 and with detectors of others (../shared is not there)');
  if (!['/usr/bin/chromium', '/usr/bin/chromium-browser'].some((path) => existsSync(path)))
    lines.push('the kernel in a browser (Chromium is not there; Debian: apt install chromium)');
  if (!swiftShaderFolder)
    lines.push('the GPU engine (there is no SwiftShader; Debian: apt install chromium)');
  if (!hasPython('numpy'))
    lines.push('what NumPy reads (NumPy is not there; Debian: apt install python3-numpy)');
  if (!hasPython('matplotlib'))
    lines.push('examples/python (Matplotlib is not there; Debian: apt install python3-matplotlib)');
  if (
    !['/usr/sbin/nginx', '/usr/bin/nginx', '/opt/homebrew/bin/nginx'].some((path) =>
      existsSync(path),
    )
  )
    lines.push(
      'conditions behind a caching proxy (nginx is not there; Debian: apt install nginx-light)',
    );
  if (!process.env.G4REALSURFACEDATA)
    lines.push(
      "Geant4's runs of look-up tables (G4REALSURFACEDATA does not name its RealSurface data)",
    );
  return lines;
}
