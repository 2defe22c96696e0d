/**
 * `npm run spec`: compares the rules of every package's SPEC.md (`- [IOV4] intervals are half open`) with the tags in
 * the titles of its tests (`test('[IOV4] ...')`). Fails on a rule without a test and on a tag without a rule.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './process.mjs';
import { filesEnding, importsOf, packagesOf } from './source-files.mjs';

/**
 * @typedef {object} SpecCoverage
 * @property {string} name of the package
 * @property {string[]} rules their ids, in the order of the file
 * @property {string[]} problems what is wrong, a line for each
 */

/**
 * @param {string} repository its root folder
 * @returns {SpecCoverage[]} of each package
 */
export function specCoverage(repository) {
  return packagesOf(repository).map((name) => {
    const folder = join(repository, 'packages', name);
    const rules = rulesOf(join(folder, 'SPEC.md'));
    const tests = filesEnding(join(folder, 'test'), '.test.ts');
    const tags = new Set([...tests, ...tests.flatMap(contractsOf)].flatMap(tagsOf));
    const problems = [
      ...rules
        .filter((id, i) => rules.indexOf(id) < i)
        .map((id) => `[${id}] is there twice in SPEC.md`),
      ...rules.filter((id) => !tags.has(id)).map((id) => `[${id}] has no test`),
      ...[...tags]
        .filter((id) => !rules.includes(id))
        .map((id) => `[${id}] is in a test, but not in SPEC.md`),
    ];
    return { name, rules, problems };
  });
}

/**
 * The shared suites (`-contract.ts`) that a test file runs: their tests are its own.
 *
 * @param {string} path of a test file
 */
function contractsOf(path) {
  return importsOf(path)
    .filter((name) => name.endsWith('-contract.ts'))
    .map((name) => join(dirname(path), name));
}

/** @param {string} path of a SPEC.md */
function rulesOf(path) {
  if (!existsSync(path)) return [];
  return [...readFileSync(path, 'utf8').matchAll(/^\s*- \[([A-Z]+\d+[a-z]?)\]/gm)].map(
    ([, id = '']) => id,
  );
}

/**
 * The tags in the texts of a test file. Tests that are skipped for good or to be written do not count.
 *
 * @param {string} path
 */
function tagsOf(path) {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => !/^\s*(\/\/|\/?\*)|\.(skip|todo)\(/.test(line))
    .flatMap((line) => [...line.matchAll(/(['"`])((?:(?!\1).)*)\1/g)])
    .flatMap(([, , text = '']) => [...text.matchAll(/\[([A-Z]+\d+[a-z]?)\]/g)])
    .map(([, id = '']) => id);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const coverage = specCoverage(root);
  for (const { name, rules, problems } of coverage) {
    const untested = problems.filter((line) => line.endsWith('has no test')).length;
    console.log(`${name.padEnd(10)} ${rules.length - untested} of ${rules.length} rules tested`);
    for (const line of problems) console.log(`  ${line}`);
  }
  process.exitCode = coverage.every(({ problems }) => problems.length === 0) ? 0 : 1;
}
