import { parseArgs } from 'node:util';
import { nearest } from '@lantern/units';
import type { Arguments, Command, Option } from './command.ts';
import { UsageError } from './errors.ts';

/** Options that every command takes. */
export const commonOptions: Readonly<Record<string, Option>> = {
  home: { value: 'DIR', doc: 'Folder for all state. Default: LANTERN_HOME, or .lantern here.' },
  debug: { doc: 'Show where an error comes from.' },
  help: { doc: 'This help.' },
};

/**
 * Checks the words after a command's name against its description.
 *
 * @throws UsageError naming what is wrong, with the nearest option to a misspelt one
 */
export function parseArguments(command: Command, words: readonly string[]): Arguments {
  const options = { ...command.options, ...commonOptions };
  const { tokens } = parseArgs({
    args: [...words],
    options: Object.fromEntries(
      Object.entries(options).map(([name, { value }]) => [
        name,
        { type: value === undefined ? ('boolean' as const) : ('string' as const) },
      ]),
    ),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const values = new Map<string, string>();
  const operands: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') operands.push(token.value);
    if (token.kind !== 'option') continue;
    const name = token.rawName === '-h' ? 'help' : token.name;
    const value = checkOption(command, options, name, token.rawName, token.value);
    if (values.has(name)) fail(command, `${token.rawName} is given twice`);
    values.set(name, value);
  }
  if (!values.has('help')) checkOperands(command, operands);
  return {
    operands,
    option: (name) => values.get(name),
    has: (name) => values.has(name),
  };
}

function checkOption(
  command: Command,
  options: Readonly<Record<string, Option>>,
  name: string,
  rawName: string,
  value: string | undefined,
): string {
  const option = Object.hasOwn(options, name) ? options[name] : undefined;
  if (!option || (!rawName.startsWith('--') && rawName !== '-h')) {
    const near = nearest(name, Object.keys(options));
    throw new UsageError({
      what: `unknown option of 'lantern ${command.name}'`,
      given: rawName,
      hint: near ? `did you mean --${near}?` : `'lantern ${command.name} --help' lists its options`,
    });
  }
  if (option.value === undefined) {
    if (value !== undefined) fail(command, `${rawName} takes no value`, `'${value}'`);
    return '';
  }
  if (value === undefined || value === '') {
    fail(command, `${rawName} needs a value`, undefined, `${rawName} ${option.value}`);
  }
  return value;
}

function checkOperands(command: Command, operands: readonly string[]): void {
  const missing = command.operands[operands.length];
  if (missing !== undefined) {
    fail(command, `${missing} is missing`, undefined, usageLine(command));
  }
  if (operands.length > command.operands.length) {
    const extra = operands[command.operands.length];
    fail(command, 'too many arguments', `'${extra}'`, usageLine(command));
  }
}

/** `lantern simulate GEOMETRY [options]` */
export function usageLine({ name, operands, options }: Command): string {
  const tail = Object.keys(options).length > 0 ? ['[options]'] : [];
  return ['lantern', name, ...operands, ...tail].join(' ');
}

function fail(command: Command, what: string, given?: string, expected?: string): never {
  throw new UsageError({
    what,
    where: `lantern ${command.name}`,
    given,
    expected,
    hint: `'lantern ${command.name} --help' shows how`,
  });
}
