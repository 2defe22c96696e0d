/** The build: TypeScript to packages/x/dist, the generated kernel files, the WebAssembly kernel. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { root, runNode } from './process.mjs';

const kernelFolder = join(root, 'packages', 'optics', 'kernel', 'wasm');
const opticsDist = join(root, 'packages', 'optics', 'dist');
const stampFile = join(root, 'packages', 'cli', 'dist', '.build-stamp');

/** The packages of the workspace, as folder names under packages/. */
export const packageNames = readdirSync(join(root, 'packages'), { withFileTypes: true })
  .filter((entry) => existsSync(join(root, 'packages', entry.name, 'package.json')))
  .map((entry) => entry.name);

/**
 * @returns {boolean} whether the last complete build was made from the sources as they are now, and is still there
 */
export function isBuilt() {
  const outputs = packageNames.map((name) => join(root, 'packages', name, 'dist', '.tsbuildinfo'));
  if (hasKernel())
    outputs.push(join(opticsDist, 'kernel.wasm'), join(opticsDist, 'kernel-testing.wasm'));
  if (!outputs.every((path) => existsSync(path)) || !existsSync(stampFile)) return false;
  return readFileSync(stampFile, 'utf8') === hashOfSources();
}

/**
 * Builds everything; each step does only what changed.
 *
 * @param {{ debug?: boolean }} [options] debug: also kernel.debug.wasm, with names, assertions and a source map
 * @returns {number} 0, or the exit code of the step that failed
 */
export function build({ debug = false } = {}) {
  const hash = hashOfSources();
  rmSync(stampFile, { force: true });
  const code =
    generateLayout() ||
    compileTypeScript() ||
    compileKernel('index.ts', join(opticsDist, 'kernel.wasm')) ||
    compileKernel('testing.ts', join(opticsDist, 'kernel-testing.wasm')) ||
    (debug ? compileKernel('index.ts', join(opticsDist, 'kernel.debug.wasm'), 'debug') : 0);
  if (code === 0) writeFileSync(stampFile, hash);
  return code;
}

function compileTypeScript() {
  return runNode([join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '--build']);
}

/** The kernels' view of the packed scene, written from its one description in geometry, and the texts for the GPU. */
function generateLayout() {
  if (!hasKernel()) return 0;
  const typescript = new URL('typescript.mjs', import.meta.url).href;
  return runNode(['--import', typescript, join(root, 'tools', 'generate-layout.mjs')]);
}

/**
 * Into a folder aside first: a process that loads the kernel meanwhile reads the old one or the new one.
 *
 * @param {string} entry the module whose exports are the kernel's
 * @param {string} file to be written
 * @param {'release' | 'debug'} [target] of asconfig.json
 * @param {readonly string[]} [flags] for asc: `--debug` keeps the functions' names
 * @returns {number} the exit code, 0 also where there is no kernel
 */
export function compileKernel(entry, file, target = 'release', flags = []) {
  if (!hasKernel()) return 0;
  const asc = join(root, 'node_modules', 'assemblyscript', 'bin', 'asc.js');
  const folder = dirname(file);
  const aside = join(folder, '.partial');
  const code = runNode(
    [
      asc,
      join(kernelFolder, entry),
      ...['--config', join(kernelFolder, 'asconfig.json')],
      ...['--target', target],
      ...['--outFile', join(aside, basename(file))],
      ...flags,
    ],
    // The last of asc's passes, repeated until the code is no shorter, made it a little longer: that one is taken.
    { without: 'Last converge was suboptimal.' },
  );
  if (code !== 0) return code;
  for (const name of readdirSync(aside)) renameSync(join(aside, name), join(folder, name));
  return 0;
}

function hasKernel() {
  return existsSync(join(kernelFolder, 'index.ts'));
}

/** SHA-256 over the names and contents of everything the build reads. */
function hashOfSources() {
  const hash = createHash('sha256');
  const files = ['package-lock.json', 'tsconfig.base.json', 'tsconfig.json'].map((name) =>
    join(root, name),
  );
  files.push(...filesUnder(join(root, 'tools')));
  for (const name of packageNames) {
    const folder = join(root, 'packages', name);
    files.push(join(folder, 'package.json'), join(folder, 'tsconfig.json'));
    files.push(...filesUnder(join(folder, 'src')), ...filesUnder(join(folder, 'kernel')));
  }
  for (const file of files.sort()) {
    hash
      .update(relative(root, file).split(sep).join('/'))
      .update('\0')
      .update(readFileSync(file))
      .update('\0');
  }
  return hash.digest('hex');
}

/**
 * @param {string} folder
 * @returns {string[]} the files in it and below, but for generated ones
 */
function filesUnder(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'generated' ? [] : filesUnder(path);
    return [path];
  });
}
