import { readFile } from 'node:fs/promises';
import { ConditionsError, vocabulariesFromJson } from '@lantern/conditions';
import { fileError } from '@lantern/formats/node';
import type { Arguments, Command, Terminal } from '../command.ts';
import { author, writerOptions } from './conditions-options.ts';
import { withConditions } from './open-conditions.ts';

/** `lantern conditions declare FILE`: the words and the rules of an experiment. */
export const declareCommand: Command = {
  name: 'conditions declare',
  summary: 'Declare the words (instruments, types, flavors …) and the rules of insertion.',
  operands: ['FILE'],
  options: { ...writerOptions },
  notes: [
    'FILE is JSON, all of it optional:',
    '  instruments, calibTypes, flavors, completions, dataFmts, locales: arrays of words',
    '  rules: by type, "*" for all others: {overlap: "refuse" | "close" | "newest", refuseGaps,',
    '         required: [fields], refuseUnchanged, assertions}',
    'They hold for what is registered from then on, in the place of those before.',
  ].join('\n'),
  examples: [['lantern conditions declare words.json', 'A misspelt type is refused from now on.']],
  run,
};

async function run(args: Arguments, terminal: Terminal): Promise<number> {
  const [path = ''] = args.operands;
  const text = await readFile(path, 'utf8').catch((cause) => {
    throw fileError(cause, 'cannot read', path);
  });
  const vocabularies = vocabulariesFromJson(parsed(text, path), path);
  return await withConditions(args, terminal, async (conditions) => {
    const isNew = await conditions.declare(vocabularies, author(args));
    terminal.out(isNew ? 'declared\n' : 'they hold already\n');
    return 0;
  });
}

function parsed(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ConditionsError('invalid', { what: 'no JSON', where: path, cause });
  }
}
