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
  const wantsHelp = ['--help', '-h'].includes(rest.at(-1) ?? '');
  if (wantsHelp && isGroup(commands, words.slice(0, -1))) {
    terminal.out(helpOf(commands, words.slice(0, -1)));
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

/** The help of a command, or the list of those that begin with the words. */
function helpOf(commands: readonly Command[], words: readonly string[]): string {
  if (!isGroup(commands, words)) return formatHelp(find(commands, words).command);
  return formatOverview(groupOf(commands, words), words);
}

/** Commands that begin with the words and go on. */
function groupOf(commands: readonly Command[], words: readonly string[]): readonly Command[] {
  return commands.filter(({ name }) => name.startsWith(`${words.join(' ')} `));
}

/** Whether the words alone are no command, but the first of some. */
function isGroup(commands: readonly Command[], words: readonly string[]): boolean {
  return (
    groupOf(commands, words).length > 0 && !commands.some(({ name }) => name === words.join(' '))
  );
}

/** The command that the first words name, and the words after it. */
function find(
  commands: readonly Command[],
  words: readonly string[],
): { command: Command; rest: readonly string[] } {
  for (const length of [3, 2, 1]) {
    const name = words.slice(0, length).join(' ');
    const command = commands.find((candidate) => candidate.name === name);
    if (command) return { command, rest: words.slice(length) };
  }
  let depth = 0;
  while (depth < words.length && isGroup(commands, words.slice(0, depth + 1))) depth++;
  const group = depth > 0 ? groupOf(commands, words.slice(0, depth)) : commands;
  const given = words.slice(0, depth + 1).join(' ');
  const near = nearest(given, namesFor(commands));
  throw new UsageError({
    what: depth > 0 && words.length <= depth ? 'incomplete command' : 'unknown command',
    given: `'${given}'`,
    expected: `one of ${namesFor(group).join(', ')}`,
    hint: near ? `did you mean 'lantern ${near}'?` : undefined,
  });
}

function namesFor(commands: readonly Command[]): readonly string[] {
  return commands.map(({ name }) => name);
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
