import { calibrationToJson, type FieldTest, parseFieldTest } from '@lantern/conditions';
import type { Arguments, Command, Terminal } from '../command.ts';
import { UsageError } from '../errors.ts';
import { asOfOption, jsonOption, readAsOf, readList, sourceOptions } from './conditions-options.ts';
import { withReader } from './open-conditions.ts';
import { rowTable } from './row-table.ts';

/** `lantern conditions list`: rows by any of their fields. */
export const listCommand: Command = {
  name: 'conditions list',
  summary: 'List calibrations by any field of their metadata.',
  operands: [],
  options: {
    instrument: { value: 'NAME', doc: 'Of this instrument; * stands for any letters, as below.' },
    type: { value: 'TYPE', doc: 'Of this type.' },
    flavor: { value: 'NAME', doc: 'Of this flavor.' },
    level: { value: 'LEVEL', doc: 'Of this level.' },
    where: {
      value: 'TESTS',
      doc: 'Further tests, apart by semicolons: FIELD OPERATOR VALUE.',
      details:
        'operators: = != < <= > >= ; values with * match any letters\nfields: serNo instrument calibType flavor vstart vend completion procLevel prodStart prodEnd\nlocale enterTime creator uid inputDesc notes dataIdent dataFmt fmtVersion deprecated',
    },
    sort: { value: 'FIELD', doc: 'Default: serNo.' },
    descending: { doc: 'Largest first.' },
    limit: { value: 'N', doc: 'At most so many, 1 to 10000. Default: 1000.' },
    offset: { value: 'N', doc: 'Pass over the first N.' },
    'as-of': asOfOption,
    ...sourceOptions,
    json: jsonOption,
  },
  examples: [
    ['lantern conditions list --instrument LAT --type "CAL_*"', 'All of the calorimeter.'],
    [
      'lantern conditions list --where "enterTime >= 2003-01-10; uid = rich" --sort enterTime --descending',
      'What somebody entered since then, newest first.',
    ],
  ],
  run,
};

async function run(args: Arguments, terminal: Terminal): Promise<number> {
  const tests = [...testsOf(args), ...moreTests(args.option('where') ?? '')];
  const query = {
    tests,
    sort: args.option('sort') as FieldTest['field'] | undefined,
    descending: args.has('descending'),
    limit: count(args, 'limit', 1, 10_000),
    offset: count(args, 'offset', 0, Number.MAX_SAFE_INTEGER),
    asOf: readAsOf(args),
  };
  return await withReader(args, terminal, async (reader) => {
    const rows = await reader.rows(query);
    if (args.has('json')) {
      terminal.out(`${JSON.stringify(rows.map(calibrationToJson), undefined, 2)}\n`);
      return 0;
    }
    terminal.out(rowTable(rows));
    if (rows.length === (query.limit ?? 1000))
      terminal.err('there may be more: --limit, --offset\n');
    return 0;
  });
}

const fields = {
  instrument: 'instrument',
  type: 'calibType',
  flavor: 'flavor',
  level: 'procLevel',
};

/** Of `--instrument`, `--type`, `--flavor`, `--level`. */
export function testsOf(args: Arguments): FieldTest[] {
  return Object.entries(fields).flatMap(([name, field]) =>
    (readList(args, name) ?? []).map((value) => parseFieldTest(`${field} = ${value}`)),
  );
}

function moreTests(text: string): FieldTest[] {
  return text
    .split(';')
    .filter((test) => test.trim() !== '')
    .map(parseFieldTest);
}

function count(args: Arguments, name: string, low: number, high: number): number | undefined {
  const text = args.option(name);
  if (text === undefined) return undefined;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= low && value <= high) return value;
  throw new UsageError({
    what: `wrong --${name}`,
    given: `'${text}'`,
    expected: `an integer from ${low} to ${high}`,
  });
}
