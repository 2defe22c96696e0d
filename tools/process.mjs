/** Running other programs from a script, without a shell, the same on every operating system. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root folder of the repository. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Runs Node on a script, with this process's terminal.
 *
 * @param {string[]} args the script and its arguments
 * @param {{ quiet?: boolean, without?: string, env?: NodeJS.ProcessEnv }} [options] quiet: keep the output, show it on failure
 *   only; without: a line of it that is not shown
 * @returns {number} the exit code, 1 when the program was killed or could not start
 */
export function runNode(args, options = {}) {
  return run(process.execPath, args, options);
}

/**
 * Runs npm: by the path npm gives to its scripts, else the one that came with this Node.
 *
 * @param {string[]} args
 * @param {{ quiet?: boolean }} [options]
 * @returns {number} the exit code
 */
export function runNpm(args, options = {}) {
  const nodeFolder = dirname(process.execPath);
  const candidates = [
    process.env.npm_execpath,
    join(nodeFolder, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(nodeFolder, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ];
  const script = candidates.find((path) => path?.endsWith('npm-cli.js') && existsSync(path));
  return script ? runNode([script, ...args], options) : run('npm', args, options);
}

/**
 * @param {string} program
 * @param {string[]} args
 * @param {{ quiet?: boolean, without?: string | undefined, env?: NodeJS.ProcessEnv }} options
 */
function run(program, args, { quiet = false, without, env = process.env }) {
  const result = spawnSync(program, args, {
    cwd: root,
    env,
    stdio: quiet || without ? 'pipe' : 'inherit',
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (result.error) process.stderr.write(`${program}: ${result.error.message}\n`);
  const code = result.status ?? 1;
  const lines = `${result.stdout ?? ''}${result.stderr ?? ''}`.split('\n');
  const said = lines.filter((line) => !without || line.trimEnd() !== without).join('\n');
  if (!quiet || code !== 0) process.stderr.write(said);
  return code;
}
