/**
 * The layer check: every package depends only on those that the table in ARCHITECTURE.md gives it, in its package.json,
 * in the references of its tsconfig.json and in the imports of its sources.
 */
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './process.mjs';
import { filesEnding, importsOf, packagesOf } from './source-files.mjs';

/**
 * @param {string} repository its root folder
 * @returns {string[]} what is wrong, a line for each: empty when the layers hold
 */
export function layerViolations(repository) {
  const table = layerTable(readFileSync(join(repository, 'ARCHITECTURE.md'), 'utf8'));
  const names = packagesOf(repository);
  const rows = [...table.keys()];
  return [
    ...rows
      .filter((name) => !names.includes(name))
      .map((name) => `${name}: in the table, but not in packages/`),
    ...names
      .filter((name) => !table.has(name))
      .map((name) => `${name}: not in the table of ARCHITECTURE.md`),
    ...rows.flatMap((name, layer) =>
      (table.get(name) ?? [])
        .filter((dependency) => !rows.slice(0, layer).includes(dependency))
        .map((dependency) => `${name} -> ${dependency}: not above it in the table`),
    ),
    ...names.flatMap((name) =>
      violationsOf(join(repository, 'packages', name), name, table.get(name) ?? []),
    ),
  ];
}

/**
 * @param {string} folder
 * @param {string} name
 * @param {readonly string[]} allowed
 */
function violationsOf(folder, name, allowed) {
  /** @type {Set<string>} */
  const declared = new Set();
  /** @type {string[]} */
  const violations = [];
  for (const dependency of declaredDependencies(folder)) {
    declared.add(dependency);
    if (!allowed.includes(dependency))
      violations.push(`${name} -> ${dependency}: in its package.json`);
  }
  for (const dependency of references(folder)) {
    if (!declared.has(dependency))
      violations.push(`${name} -> ${dependency}: in its tsconfig.json only`);
  }
  for (const file of filesEnding(join(folder, 'src'), '.ts')) {
    for (const specifier of importsOf(file)) {
      const dependency = /^@lantern\/([^/]+)/.exec(specifier)?.[1];
      if (dependency === undefined || (declared.has(dependency) && allowed.includes(dependency)))
        continue;
      violations.push(
        `${name} -> ${dependency}: imported by src/${relative(join(folder, 'src'), file)}`,
      );
    }
  }
  return violations;
}

/**
 * @param {string} markdown
 * @returns {Map<string, string[]>} from a package to those it may depend on, in the order of the table
 */
function layerTable(markdown) {
  /** @type {Map<string, string[]>} */
  const table = new Map();
  for (const [, name = '', dependencies = ''] of markdown.matchAll(
    /^\| `([a-z-]+)` \|.*\|([^|\n]*)\|[ \t]*$/gm,
  )) {
    table.set(
      name,
      [...dependencies.matchAll(/[a-z][a-z-]*/g)].map(([word]) => word),
    );
  }
  if (table.size === 0)
    throw new Error('ARCHITECTURE.md: no layer table with rows "| `package` | ... | ... |"');
  return table;
}

/** @param {string} folder */
function declaredDependencies(folder) {
  const json = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const fields = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'];
  return fields
    .flatMap((field) => Object.keys(json[field] ?? {}))
    .filter((name) => name.startsWith('@lantern/'))
    .map((name) => name.slice('@lantern/'.length));
}

/** @param {string} folder */
function references(folder) {
  const json = JSON.parse(readFileSync(join(folder, 'tsconfig.json'), 'utf8'));
  return (json.references ?? []).map((/** @type {{ path: string }} */ { path }) =>
    path.replace('../', ''),
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const violations = layerViolations(root);
  for (const line of violations) console.error(line);
  process.exitCode = violations.length === 0 ? 0 : 1;
}
