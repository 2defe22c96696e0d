/** A small repository in a temporary folder, for the tests of the checks: the real ones must find what is planted. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/**
 * @template T
 * @param {Readonly<Record<string, string | object>>} files from path to text, or to what is written as JSON
 * @param {(root: string) => T} examine is given the folder, which is then removed
 * @returns {T}
 */
export function withRepository(files, examine) {
  const root = mkdtempSync(join(tmpdir(), 'lantern-planted-'));
  try {
    for (const [path, content] of Object.entries(files)) {
      const file = join(root, ...path.split('/'));
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
    }
    return examine(root);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
