import { type ConditionsDiff, diffToJson, formatInterval, formatMoment } from '@lantern/conditions';
import type { Arguments, Command, Terminal } from '../command.ts';
import { UsageError } from '../errors.ts';
import { counted } from '../geometry-text.ts';
import {
  axisOption,
  jsonOption,
  readAxis,
  readList,
  readOptionalPosition,
  sourceOptions,
} from './conditions-options.ts';
import { parseSource, sourceNotes } from './conditions-source.ts';
import { withAnalysis } from './open-conditions.ts';
import { readRange } from './position-range.ts';

/** `lantern conditions diff BEFORE AFTER`: down to the constants. */
export const diffCommand: Command = {
  name: 'conditions diff',
  summary: 'Compare two tags, or two moments of one, down to the changed constants.',
  operands: ['BEFORE', 'AFTER'],
  options: {
    from: { value: 'ISO', doc: 'From this position on only.' },
    to: { value: 'ISO', doc: 'Up to this position only.' },
    axis: axisOption,
    types: { value: 'LIST', doc: 'Of these types only.' },
    flavors: { value: 'LIST', doc: 'Of these flavors only.' },
    constants: {
      value: 'N',
      doc: 'So many changed payloads are compared constant by constant. Default: 20.',
    },
    ...sourceOptions,
    json: jsonOption,
  },
  notes: `${sourceNotes}\nThe exit code is 0 whether they differ or not.`,
  examples: [
    ['lantern conditions diff LAT-2003-1 LAT-2003-2', 'Two tags.'],
    [
      'lantern conditions diff instrument=LAT@2003-01-11 instrument=LAT --from 2003-01-01 --to 2003-02-01',
      'What has changed since then for January.',
    ],
  ],
  run,
};

async function run(args: Arguments, terminal: Terminal): Promise<number> {
  const [before = '', after = ''] = args.operands;
  const axis = args.has('axis') ? readAxis(args) : undefined;
  const from = readOptionalPosition(args, 'from');
  const to = readOptionalPosition(args, 'to');
  const question = {
    before: parseSource(before),
    after: parseSource(after),
    range: readRange(from, to),
    axis: axis ?? (from === undefined && to === undefined ? undefined : 'time'),
    calibTypes: readList(args, 'types'),
    flavors: readList(args, 'flavors'),
    constants: readCount(args.option('constants') ?? '20'),
  } as const;
  return await withAnalysis(args, terminal, async (conditions) => {
    const diff = await conditions.diff(question);
    if (args.has('json')) terminal.out(`${JSON.stringify(diffToJson(diff), undefined, 2)}\n`);
    else terminal.out(inWords(diff));
    return 0;
  });
}

function readCount(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new UsageError({ what: 'wrong --constants', given: `'${text}'`, expected: 'an integer' });
}

/** Changed constants of one payload that are shown to people; JSON has all. */
const mostShown = 10;

function inWords({ before, after, lines, unchanged }: ConditionsDiff): string {
  const title = `- ${before.name}, as of ${formatMoment(before.asOf)}\n+ ${after.name}, as of ${formatMoment(after.asOf)}\n`;
  const parts = lines.map(({ calibType, flavor, axis, changes }) => {
    const rows = changes.map((change) => {
      const from = change.before ? `${change.before.serNo}` : 'nothing';
      const to = change.after ? `${change.after.serNo}` : 'nothing';
      const head = `  ${change.kind} ${formatInterval(change, axis)}: ${from} -> ${to}\n`;
      return head + constantsInWords(change);
    });
    return `${calibType} ${flavor}\n${rows.join('')}`;
  });
  const total = `different: ${counted(lines.length, 'condition')}; the same: ${unchanged}\n`;
  return `${title}\n${parts.map((part) => `${part}\n`).join('')}${total}`;
}

function constantsInWords({
  constants,
  problem,
}: ConditionsDiff['lines'][number]['changes'][number]): string {
  if (problem !== undefined) return `    constants not compared: ${problem}\n`;
  if (!constants) return '';
  const { changed, added, removed, unchanged } = constants;
  const shown = changed.slice(0, mostShown).map(({ path, before, after, difference }) => {
    const by =
      difference === undefined ? '' : ` (${difference > 0 ? '+' : ''}${digits(difference)})`;
    return `    ${path}: ${value(before)} -> ${value(after)}${by}\n`;
  });
  const more = changed.length - shown.length;
  return [
    ...shown,
    more > 0 ? `    and ${more} more\n` : '',
    `    ${counted(changed.length, 'constant')} changed, ${added.length} added, ${removed.length} removed, ${unchanged} the same\n`,
  ].join('');
}

function digits(x: number): string {
  return String(Number(x.toPrecision(4)));
}

function value(x: unknown): string {
  return typeof x === 'number' ? String(x) : JSON.stringify(x);
}
