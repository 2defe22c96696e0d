/**
 * The browser check: the domain packages run in a browser, so only files named `*.node.ts`, in a folder `node/` or the
 * entry `src/node.ts` may use what Node alone has.
 */
import { readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './process.mjs';
import { filesEnding, importsOf, packagesOf } from './source-files.mjs';

/** Programs, not libraries: they run in Node only. */
const nodePackages = ['server', 'cli'];
const nodeGlobals =
  /\b(?:process\.(?!env\.NODE_ENV)\w|Buffer\.\w|new Buffer\b|__dirname\b|__filename\b|require\()/;

/**
 * @param {string} repository its root folder
 * @returns {string[]} what is wrong, a line for each: empty when the packages run in a browser
 */
export function purityViolations(repository) {
  return packagesOf(repository)
    .filter((name) => !nodePackages.includes(name))
    .flatMap((name) => {
      const folder = join(repository, 'packages', name);
      return filesEnding(join(folder, 'src'), '.ts')
        .filter((file) => !isNodeOnly(relative(folder, file)))
        .flatMap((file) =>
          violationsOf(file).map((what) => `${relative(repository, file)}: ${what}`),
        );
    });
}

/** @param {string} file */
function violationsOf(file) {
  const violations = importsOf(file)
    .filter((specifier) => /^node:|\.node\.ts$|\/node\/|\/node(\.ts)?$/.test(specifier))
    .map((specifier) => `imports ${specifier}, which a browser does not have`);
  const code = readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
  const found = nodeGlobals.exec(code)?.[0];
  return found ? [...violations, `uses ${found}..., which a browser does not have`] : violations;
}

/** @param {string} path relative to the package */
function isNodeOnly(path) {
  const parts = path.split(sep);
  return path.endsWith('.node.ts') || parts.includes('node') || path === join('src', 'node.ts');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const violations = purityViolations(root);
  for (const line of violations) console.error(line);
  process.exitCode = violations.length === 0 ? 0 : 1;
}
