/** Finding source files and what they import. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @param {string} folder
 * @param {string} ending of the names wanted
 * @returns {string[]} the paths of the files in the folder and below, sorted; none when there is no such folder
 */
export function filesEnding(folder, ending) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending) && !name.split(/[\\/]/).includes('node_modules'))
    .map((name) => join(folder, name))
    .sort();
}

/**
 * @param {string} path of a TypeScript file
 * @returns {string[]} the specifiers of its imports and re-exports, static and dynamic, types included
 */
export function importsOf(path) {
  const text = readFileSync(path, 'utf8');
  const pattern =
    /(?:\bfrom|^\s*import|\bimport\s*\(|import\.meta\.resolve\s*\()\s*(['"])([^'"\n]+)\1/gm;
  return [...text.matchAll(pattern)].map((match) => match[2] ?? '');
}

/**
 * @param {string} root of the repository
 * @returns {string[]} the names of the packages, as their folders under packages/
 */
export function packagesOf(root) {
  const folder = join(root, 'packages');
  return readdirSync(folder).filter((name) => existsSync(join(folder, name, 'package.json')));
}
