import { type Coverage, coverageToJson, formatInterval } from '@lantern/conditions';
import type { Arguments, Command, Terminal } from '../command.ts';
import { alignColumns } from '../geometry-text.ts';
import {
  axisOption,
  jsonOption,
  readAxis,
  readList,
  readPosition,
  sourceOptions,
} from './conditions-options.ts';
import { parseSource, sourceNotes } from './conditions-source.ts';
import { withAnalysis } from './open-conditions.ts';

/** `lantern conditions coverage SOURCE`: gaps before a job meets them. */
export const coverageCommand: Command = {
  name: 'conditions coverage',
  summary: 'Show gaps and overlaps of a tag, or of the rows of an instrument, in a range.',
  operands: ['SOURCE'],
  options: {
    from: { value: 'ISO', doc: 'Where the range begins. Required.' },
    to: { value: 'ISO', doc: 'Where it ends; that position is not in it. Required.' },
    axis: axisOption,
    needed: {
      value: 'LIST',
      doc: 'Conditions that must be there: TYPE or TYPE/FLAVOR. Default: all that the source has.',
    },
    ...sourceOptions,
    json: jsonOption,
  },
  notes: `${sourceNotes}\nThe exit code is 1 where there is a gap: a job can ask before its first event.`,
  examples: [
    [
      'lantern conditions coverage LAT-2003-1 --from 2003-01-10 --to 2003-01-20 --needed CAL_Ped,CAL_Gain',
      'Whether these ten days can be processed.',
    ],
  ],
  run,
};

async function run(args: Arguments, terminal: Terminal): Promise<number> {
  const needed = readList(args, 'needed')?.map((text) => {
    const [calibType = '', flavor] = text.split('/');
    return { calibType, flavor };
  });
  const question = {
    source: parseSource(args.operands[0] ?? ''),
    range: { begin: readPosition(args, 'from'), end: readPosition(args, 'to') },
    axis: readAxis(args),
    needed,
  };
  return await withAnalysis(args, terminal, async (conditions) => {
    const coverage = await conditions.coverage(question);
    if (args.has('json'))
      terminal.out(`${JSON.stringify(coverageToJson(coverage), undefined, 2)}\n`);
    else terminal.out(inWords(coverage));
    return coverage.complete ? 0 : 1;
  });
}

function inWords({ source, axis, range, lines, complete }: Coverage): string {
  const header = ['calibType', 'flavor', 'answers', 'gaps', 'overlaps'];
  const table = alignColumns(
    [
      header,
      ...lines.map(({ calibType, flavor, intervals, gaps, overlaps }) => [
        ...[calibType, flavor, String(intervals), String(gaps.length), String(overlaps.length)],
      ]),
    ],
    ['l', 'l', 'r', 'r', 'r'],
  );
  const gaps = lines.flatMap((line) =>
    line.gaps.map(
      (gap) => `gap: ${line.calibType} ${line.flavor} in ${formatInterval(gap, axis)}\n`,
    ),
  );
  const verdict = complete ? 'covered without a gap' : 'not covered';
  return `${table}\n${gaps.join('')}${source} in ${formatInterval(range, axis)}: ${verdict}\n`;
}
