import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const exec = promisify(execFile);

/** The commit of the current folder's repository, short; with `+` where tracked files are changed. */
export async function currentCommit(): Promise<string> {
  try {
    const { stdout: commit } = await exec('git', ['rev-parse', '--short=9', 'HEAD']);
    const { stdout: changes } = await exec('git', ['status', '--porcelain', '-uno']);
    return `${commit.trim()}${changes.trim() === '' ? '' : '+'}`;
  } catch {
    return 'unknown';
  }
}
