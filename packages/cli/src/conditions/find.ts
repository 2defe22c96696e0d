import { formatInterval } from '@lantern/conditions';
import type { Arguments, Command, Terminal } from '../command.ts';
import {
  asOfOption,
  axisOption,
  jsonOption,
  readAsOf,
  readAxis,
  readList,
  readPosition,
  required,
  seriesOptions,
  sourceOptions,
} from './conditions-options.ts';
import { withReader } from './open-conditions.ts';
import { readLevel } from './register.ts';
import { printedRow } from './row-table.ts';

/** `lantern conditions find`: the one calibration that holds then. */
export const findCommand: Command = {
  name: 'conditions find',
  summary: 'Find the one calibration that holds at a time.',
  operands: [],
  options: {
    ...seriesOptions,
    time: { value: 'ISO', doc: 'When, or with --axis run the run. Required.' },
    axis: axisOption,
    levels: {
      value: 'LIST',
      doc: 'In the order of preference. Default: production,development,test,superseded.',
    },
    completions: { value: 'LIST', doc: 'Default: any but abort.' },
    tag: { value: 'LIST', doc: 'In these tags only, the first that has it.' },
    'as-of': asOfOption,
    ...sourceOptions,
    json: jsonOption,
  },
  notes:
    'Nothing valid: exit code 1, and the nearest intervals before and after. Within a level the row\nentered last wins.',
  examples: [
    [
      'lantern conditions find --instrument LAT --type CAL_Ped --time 2003-01-12T00:00:00Z',
      'The pedestals of that day.',
    ],
    [
      'lantern conditions find --instrument LAT --type CAL_Ped --time 2003-01-12 --as-of 2003-01-11 --json',
      'Those that were known the day before, as JSON.',
    ],
  ],
  run,
};

async function run(args: Arguments, terminal: Terminal): Promise<number> {
  const question = {
    instrument: required(args, 'instrument'),
    calibType: required(args, 'type'),
    flavor: args.option('flavor'),
    axis: readAxis(args),
    position: readPosition(args, 'time'),
    levels: readList(args, 'levels')?.map(readLevel),
    completions: readList(args, 'completions'),
    asOf: readAsOf(args),
  };
  const tags = readList(args, 'tag');
  return await withReader(args, terminal, async (reader) => {
    const found = tags
      ? await reader.findInTags({ ...question, tags })
      : await reader.find(question);
    terminal.out(printedRow(args, found.calibration));
    if (args.has('json')) return 0;
    const validity = formatInterval(found.validity, question.axis);
    terminal.out(`the same answer in ${validity}\n`);
    return 0;
  });
}
