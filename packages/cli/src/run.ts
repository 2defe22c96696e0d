import { LanternError, nearest } from '@lantern/units';
import type { Command, Terminal } from './command.ts';
import { Interrupted, UsageError } from './errors.ts';
import { formatHelp, formatOverview } from './help.ts';
import { parseArguments } from './parse-arguments.ts';

/** What `lantern` consists of. */
export interface Lantern {
  readonly commands: readonly Command[];
  readonly version: string;
}

/**
 * Runs one command line. Errors become one line on `terminal.err`, with the stack after it under `--debug`.
 *
 * @param words the command line without `node lantern`
 * @returns the exit code: 0, 1 (it failed), 2 (wrong usage), 130 (Ctrl-C)
 */
export async function runLantern(
  lantern: Lantern,
  words: readonly string[],
  terminal: Terminal,
): Promise<number> {
  try {
    return await dispatch(lantern, words, terminal);
  } catch (error) {
    terminal.err(`lantern: ${oneLine(error)}\n`);
    if (words.includes('--debug')) terminal.err(`${traces(error)}\n`);
    else if (!(error instanceof LanternError)) {
      terminal.err(
        'lantern: this is a fault of Lantern; the same command with --debug shows where\n',
      );
    }
    if (error instanceof Interrupted) {
      error.report?.(terminal);
      return error.exitCode;
    }
    return error instanceof UsageError ? 2 : 1;
  }
}

async function dispatch(
  lantern: Lantern,
  words: readonly string[],
  terminal: Terminal,
): Promise<number> {
  const { commands, version } = lantern;
  const [first, ...rest] = words;
  if (first === '--version' || first === 'version') {
    terminal.out(`lantern ${version}\n`);
    return 0;
  }
  if (first === undefined || first === '--help' || first === '-h' || first === 'help') {
    const asked = first === 'help' && rest.length > 0;
    terminal.out(asked ? helpOf(commands, rest) : formatOverview(commands));
    return 0;
  }
  if (rest.length === 1 && ['--help', '-h'].includes(rest[0] ?? '') && isGroup(commands, first)) {
    terminal.out(helpOf(commands, [first]));
    return 0;
  }
  const { command, rest: tail } = find(commands, words);
  const args = parseArguments(command, tail);
  if (args.has('help')) {
    terminal.out(formatHelp(command));
    return 0;
  }
  const home = args.option('home');
  return command.run(args, home === undefined ? terminal : { ...terminal, home });
}

/** The help of a command, or the list of those that begin with the word. */
function helpOf(commands: readonly Command[], words: readonly string[]): string {
  const [first = ''] = words;
  if (words.length > 1 || !isGroup(commands, first))
    return formatHelp(find(commands, words).command);
  return formatOverview(commands.filter(({ name }) => name.startsWith(`${first} `)));
}

/** Whether the word alone is no command, but the first of some. */
function isGroup(commands: readonly Command[], word: string): boolean {
  return (
    commands.some(({ name }) => name.startsWith(`${word} `)) &&
    !commands.some(({ name }) => name === word)
  );
}

/** The command that the first words name, and the words after it. */
function find(
  commands: readonly Command[],
  words: readonly string[],
): { command: Command; rest: string[] } {
  for (const length of [2, 1]) {
    const name = words.slice(0, length).join(' ');
    const command = commands.find((candidate) => candidate.name === name);
    if (command) return { command, rest: words.slice(length) };
  }
  const group = commands.filter(({ name }) => name.startsWith(`${words[0]} `));
  const given = words.slice(0, group.length > 0 ? 2 : 1).join(' ');
  const names = commands.map(({ name }) => name);
  const near = nearest(given, names);
  throw new UsageError({
    what: group.length > 0 && words.length < 2 ? 'incomplete command' : 'unknown command',
    given: `'${given}'`,
    expected: `one of ${(group.length > 0 ? group.map(({ name }) => name) : names).join(', ')}`,
    hint: near ? `did you mean 'lantern ${near}'?` : undefined,
  });
}

function oneLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/\s*\n\s*/g, ' ');
}

function traces(error: unknown): string {
  const lines: string[] = [];
  for (let e = error; e !== undefined; e = e instanceof Error ? e.cause : undefined) {
    lines.push(e instanceof Error ? (e.stack ?? e.message) : String(e));
  }
  return lines.join('\ncaused by ');
}
