import type { Command, Option } from './command.ts';
import { commonOptions, usageLine } from './parse-arguments.ts';

/** The help of one command, made from its description. */
export function formatHelp(command: Command): string {
  const examples = command.examples.map(([line, doc]) => `  ${line}\n      ${doc}`);
  const parts = [
    `${command.summary}\n\nUsage: ${usageLine(command)}`,
    formatOptions(command.options, 'Options:'),
    formatOptions(commonOptions, 'Options of every command:'),
    command.notes,
    examples.length > 0 ? ['Examples:', ...examples].join('\n') : undefined,
  ];
  return `${parts.filter((part) => part).join('\n\n')}\n`;
}

/** Groups of more commands than this are one line of the list. */
const mostOfGroup = 4;

/**
 * The list of all commands, large groups as one line each; or of the commands of one group.
 *
 * @param group the words that all of them begin with
 */
export function formatOverview(
  commands: readonly Command[],
  group: readonly string[] = [],
): string {
  const rows = group.length > 0 ? commands.map(rowOf) : collapsed(commands);
  const width = Math.max(...rows.map(([name]) => name.length));
  return [
    'Lantern: particle-physics computing, from the detector to the photon hits.',
    '',
    `Usage: lantern ${[...group, 'COMMAND'].join(' ')} [arguments]`,
    '',
    'Commands:',
    ...rows.map(([name, summary]) => `  ${name.padEnd(width)}  ${summary}`),
    '',
    "'lantern COMMAND --help' shows a command's options and examples; 'lantern --version' the version.",
    '',
  ].join('\n');
}

type Row = readonly [name: string, summary: string];

function rowOf({ name, summary }: Command): Row {
  return [name, summary];
}

function collapsed(commands: readonly Command[]): readonly Row[] {
  const rows = new Map<string, Row>();
  for (const command of commands) {
    const [first = '', second] = command.name.split(' ');
    const group = commands.filter(({ name }) => name.startsWith(`${first} `));
    if (second === undefined || group.length <= mostOfGroup) rows.set(command.name, rowOf(command));
    else rows.set(first, [`${first} …`, wordsOf(group)]);
  }
  return [...rows.values()];
}

/** `register, find, tag, …: see 'lantern conditions --help'` */
function wordsOf(group: readonly Command[]): string {
  const words = [...new Set(group.map(({ name }) => name.split(' ')[1] ?? ''))];
  const [first = ''] = group[0]?.name.split(' ') ?? [];
  return `${words.join(', ')}: 'lantern ${first} --help'.`;
}

function formatOptions(options: Readonly<Record<string, Option>>, title: string): string {
  const rows = Object.entries(options).map(([name, option]) => ({
    head: option.value === undefined ? `--${name}` : `--${name} ${option.value}`,
    option,
  }));
  if (rows.length === 0) return '';
  const width = Math.max(...rows.map(({ head }) => head.length));
  const lines = rows.flatMap(({ head, option }) => [
    `  ${head.padEnd(width)}  ${option.doc}`,
    ...(option.details ?? '')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => `  ${' '.repeat(width)}  ${line}`),
  ]);
  return [title, ...lines].join('\n');
}
