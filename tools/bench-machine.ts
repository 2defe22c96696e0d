import { spawnSync } from 'node:child_process';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { root } from './process.mjs';

/** What figures were measured on. */
export interface BenchMachine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly node: string;
  readonly platform: string;
  /** Before the start, of the last minute; not known on Windows. */
  readonly loadAverage: number;
}

export function benchMachine(): BenchMachine {
  return {
    cpu: (cpus()[0]?.model ?? 'unknown').trim(),
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
    loadAverage: loadavg()[0] ?? 0,
  };
}

/** Short; with `+` where tracked files are changed. */
export function currentCommit(): string {
  const git = (...args: string[]): string =>
    spawnSync('git', args, { cwd: root, encoding: 'utf8' }).stdout?.trim() ?? '';
  const commit = git('rev-parse', '--short=9', 'HEAD');
  if (commit === '') return 'unknown';
  return git('status', '--porcelain', '-uno') === '' ? commit : `${commit}+`;
}

/** As a part of the name of a file. */
export function fileWords(text: string): string {
  return text.replaceAll(/\W+/g, '-').replaceAll(/^-|-$/g, '').toLowerCase();
}
