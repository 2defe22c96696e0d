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

/** The list of all commands. */
export function formatOverview(commands: readonly Command[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  return [
    'Lantern: particle-physics computing, from the detector to the photon hits.',
    '',
    'Usage: lantern COMMAND [arguments]',
    '',
    'Commands:',
    ...commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
    '',
    "'lantern COMMAND --help' shows a command's options and examples; 'lantern --version' the version.",
    '',
  ].join('\n');
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
