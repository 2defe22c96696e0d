import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const loader = new URL('../../../tools/typescript.mjs', import.meta.url).href;

/** Runs a script of this folder, as it is, in a process of its own. */
export function typescriptProcess(
  script: string,
  args: readonly string[],
  options: SpawnOptions = {},
): ChildProcess {
  return spawn(process.execPath, typescriptArguments(script, args), options);
}

/** What Node is given for it. */
export function typescriptArguments(script: string, args: readonly string[]): string[] {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const source = ['--no-warnings', '--conditions=@lantern/source', '--import', loader];
  return [...source, path, ...args];
}
