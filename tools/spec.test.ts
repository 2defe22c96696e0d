import { expect, test } from 'vitest';
import { withRepository } from './planted-repository.mjs';
import { specCoverage } from './spec.mjs';

const spec = '# Rules\n\n- [AB1] one\n- [AB2] two, as [AB1] says\n';

function problems(spec: string, tests: string): string[] {
  const files = {
    'packages/a/package.json': {},
    'packages/a/SPEC.md': spec,
    'packages/a/test/a.test.ts': tests,
  };
  return withRepository(files, (root) =>
    specCoverage(root).flatMap((coverage) => coverage.problems),
  );
}

test('rules and tests that match', () => {
  expect(problems(spec, `test('[${'AB1'}][${'AB2'}] both', () => {});`)).toEqual([]);
});

test('a rule without a test, a tag without a rule', () => {
  expect(problems(spec, `test("[${'AB1'}] one", () => {});\ntest('[${'XY9'}] other', f);`)).toEqual(
    [`[${'AB2'}] has no test`, `[${'XY9'}] is in a test, but not in SPEC.md`],
  );
});

test('a rule that is there twice', () => {
  expect(problems(`${spec}- [AB1] again\n`, `test('[${'AB1'}][${'AB2'}]', f);`)).toEqual([
    `[${'AB1'}] is there twice in SPEC.md`,
  ]);
});

test('comments and skipped tests do not count', () => {
  const tests = `// '[${'AB1'}]'\ntest.skip('[${'AB1'}] one', f);\ntest('[${'AB2'}] two', f);`;
  expect(problems(spec, tests)).toEqual([`[${'AB1'}] has no test`]);
});

test('the shared suites that a test runs count, others do not', () => {
  const files = {
    'packages/a/package.json': {},
    'packages/a/SPEC.md': spec,
    'packages/a/test/a.test.ts': "import { suite } from './one-contract.ts';",
    'packages/a/test/one-contract.ts': `test('[${'AB1'}] one', f);`,
    'packages/a/test/two-contract.ts': `test('[${'AB2'}] two', f);`,
  };
  const found = withRepository(files, (root) => specCoverage(root).flatMap((a) => a.problems));
  expect(found).toEqual([`[${'AB2'}] has no test`]);
});
