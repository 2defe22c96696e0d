/**
 * What `npm start`, `npm test` and the others do first: install the dependencies and build, each only when needed.
 * Runs before anything is installed, so it uses nothing but Node.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, isBuilt } from './build-steps.mjs';
import { root, runNpm } from './process.mjs';

/**
 * Installs and builds what is missing or out of date; ends the process with code 1 when that fails.
 *
 * @param {{ build?: boolean }} [options] build: false leaves the build to the caller
 */
export function setUp(options = {}) {
  if (!isInstalled()) step('Installing dependencies', install);
  if (options.build !== false && !isBuilt()) step('Building', () => build());
}

/**
 * @param {string} title
 * @param {() => number} action
 */
function step(title, action) {
  process.stderr.write(`${title} ...\n`);
  const start = performance.now();
  const code = action();
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  process.stderr.write(`${title}: ${code === 0 ? 'done' : 'failed'} in ${seconds} s\n`);
  if (code !== 0) process.exit(1);
}

/** The lock file's packages, each of which npm has noted in node_modules, in the same version. */
function isInstalled() {
  const wanted = lockedPackages(join(root, 'package-lock.json'));
  const present = lockedPackages(join(root, 'node_modules', '.package-lock.json'));
  if (!wanted || !present) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '' || (entry.optional && !(path in present))) return true;
    return present[path] !== undefined && present[path].version === entry.version;
  });
}

/**
 * @param {string} path of a lock file
 * @returns {Record<string, { version?: string, optional?: boolean }> | undefined}
 */
function lockedPackages(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : undefined;
}

/**
 * A clean install where there is none yet. Otherwise, or when the lock file does not fit, npm repairs what is there.
 */
function install() {
  const fresh = !existsSync(join(root, 'node_modules'));
  if (fresh && runNpm(['ci', '--loglevel=silent']) === 0) return 0;
  // "error": the test runner warns of Node 20, which node-20.mjs takes care of.
  return runNpm(['install', '--loglevel=error']);
}
