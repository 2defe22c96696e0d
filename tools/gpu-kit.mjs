/**
 * `node tools/gpu-kit.mjs [FOLDER]`: packs what it takes to test and measure the GPU engine on a Linux machine (x86-64)
 * that has a GPU's driver and little else: no Node, no npm, no Vulkan loader, no network. FOLDER (.lantern/gpu-kit) then
 * holds five files of at most 64 MiB together; there, `sh run.sh` unpacks them, runs the tests of the GPU engine and its
 * benchmark, and leaves all results in one folder. Options:
 *
 *   --node FILE     Node for that machine; default: the one that runs this, on Linux and x86-64
 *   --vulkan FILE   a Vulkan loader, libvulkan.so.1; default: one of this machine
 *   --shared DIR    detectors of the benchmark; default: ../shared
 *   --with PATH     more of the shared folder, such as reference/bigball; may be given again
 *   --most MIB      no more than that; default: 64
 */
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { isBuilt, packageNames } from './build-steps.mjs';
import { root } from './process.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    node: { type: 'string' },
    vulkan: { type: 'string' },
    shared: { type: 'string', default: join(root, '..', 'shared') },
    with: { type: 'string', multiple: true, default: [] },
    most: { type: 'string', default: '64' },
  },
});
const folder = resolve(positionals[0] ?? join(root, '.lantern', 'gpu-kit'));
const node = values.node ?? thisNode();
const vulkan = values.vulkan ?? thisLoader();
if (!isBuilt()) fail('not everything is built: npm run build');

/** What is run on the other machine is run from sources where it can be, and from what is built where it must be. */
const ofRepository = [
  ...['package.json', 'vitest.config.ts', 'tsconfig.base.json', 'tools', 'examples'],
  ...packageNames.flatMap((name) =>
    ['package.json', 'src', 'dist', 'kernel', 'test', 'bench', 'bin', 'SPEC.md'].map((part) =>
      join('packages', name, part),
    ),
  ),
];
/** The detectors of the benchmark alone. */
const ofShared = [
  ...['watertank', 'scintball', 'bigball'].map((name) => join('reference', name, 'geometry.gdml')),
  join('data', 'gdml', 'dune_mock_wls_detector_box.gdml'),
  ...values.with,
];
/** What runs tests and TypeScript, and what Lantern's packages need. */
const needed = ['vitest', 'amaro', 'fast-check', ...packageNames.flatMap(needsOf)];

/** @type {{ path: string, bytes: Buffer }[]} */
const files = [];
for (const path of ofRepository) add(join(root, path), join('lantern', path));
for (const path of ofShared) {
  if (!existsSync(join(values.shared, path)))
    fail(`${join(values.shared, path)} is not there: --shared names the folder of the detectors`);
  add(join(values.shared, path), join('shared', path));
}
for (const path of packagesNeeded(needed)) add(join(root, path), join('lantern', path));
add(vulkan, join('lib', 'libvulkan.so.1'));
/** Workspaces are links in node_modules. */
const links = packageNames.map((name) => ({
  path: `lantern/node_modules/@lantern/${name}`,
  target: `../../packages/${name}`,
}));

mkdirSync(folder, { recursive: true });
const kit = join(root, 'tools', 'gpu-kit');
for (const name of ['run.sh', 'unpack.mjs']) copyFileSync(join(kit, name), join(folder, name));
copyFileSync(join(root, 'LICENSE'), join(folder, 'LICENSE'));
writeFileSync(join(folder, 'node.gz'), gzipSync(readFileSync(node)));
writeFileSync(join(folder, 'kit.br'), archive());
const bytes = readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
const mebibytes = (bytes / 2 ** 20).toFixed(1);
if (bytes > Number(values.most) * 2 ** 20) fail(`${folder} takes ${mebibytes} MiB`);
console.log(`${folder}: ${files.length} files, ${mebibytes} MiB; there: sh run.sh`);

function thisNode() {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    fail(`this is Node for ${process.platform} on ${process.arch}: --node names one for Linux`);
  return process.execPath;
}

function thisLoader() {
  const places = ['/usr/lib/x86_64-linux-gnu', '/usr/lib64', '/usr/lib/chromium', '/usr/lib'];
  const found = places.map((at) => join(at, 'libvulkan.so.1')).find((path) => existsSync(path));
  return found ?? fail('no libvulkan.so.1 (Debian: apt install libvulkan1): --vulkan names one');
}

/**
 * @param {string} words
 * @returns {never}
 */
function fail(words) {
  console.error(`gpu-kit: ${words}`);
  process.exit(1);
}

/**
 * A file, or all that a folder holds; what is not there is left out.
 *
 * @param {string} from
 * @param {string} to
 */
function add(from, to) {
  if (!existsSync(from)) return;
  if (!statSync(from).isDirectory()) {
    if (!isLeftOut(to)) files.push({ path: to.split(sep).join('/'), bytes: readFileSync(from) });
    return;
  }
  for (const name of readdirSync(from)) add(join(from, name), join(to, name));
}

/**
 * Maps, types, and what is for other machines.
 *
 * @param {string} path
 */
function isLeftOut(path) {
  if (/\.(map|d\.[cm]?ts|tsbuildinfo|md)$/.test(path) && !path.endsWith('SPEC.md')) return true;
  const built = /webgpu[/\\]dist[/\\]([^/\\]+)/.exec(path)?.[1];
  return (built !== undefined && built !== 'linux-x64') || /-musl[/\\]/.test(path);
}

/**
 * These packages and all that they need, optional ones where they are installed.
 *
 * @param {readonly string[]} names
 */
function packagesNeeded(names) {
  /** @type {Set<string>} */
  const found = new Set();
  const waiting = [...names];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const path = join('node_modules', ...name.split('/'));
    if (found.has(path) || !existsSync(join(root, path))) continue;
    found.add(path);
    waiting.push(...needsOf(path));
  }
  return found;
}

/**
 * The packages that one needs, by its package.json; what only programmers of it need is not there.
 *
 * @param {string} path of its folder, or the name of a package of Lantern
 */
function needsOf(path) {
  const file = join(root, path.startsWith('node_modules') ? path : join('packages', path));
  const { dependencies, optionalDependencies, peerDependencies } = JSON.parse(
    readFileSync(join(file, 'package.json'), 'utf8'),
  );
  const others = /^(@lantern\/|@types\/|playwright|typescript$|jsdom$|happy-dom$)/;
  // Loaded when a database, a store of objects or such a file is opened, and so never there.
  const unopened = /^(@electric-sql\/|@aws-sdk\/|jsroot$|sql\.js$|pg$|hyparquet)/;
  return Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies }).filter(
    (name) => !others.test(name) && !unopened.test(name),
  );
}

/** A line of JSON that lists files and links, then the files one after the other; all of it compressed. */
function archive() {
  const index = { files: files.map(({ path, bytes: { length } }) => ({ path, length })), links };
  const head = Buffer.from(`${JSON.stringify(index)}\n`);
  const content = Buffer.concat([head, ...files.map(({ bytes: content }) => content)]);
  return brotliCompressSync(content, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 7,
      [constants.BROTLI_PARAM_LGWIN]: 24,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    },
  });
}
