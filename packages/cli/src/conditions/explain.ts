import {
  type Calibration,
  type Explanation,
  explanationToJson,
  formatInterval,
  formatMoment,
  formatPosition,
} from '@lantern/conditions';
import type { Arguments, Command, Terminal } from '../command.ts';
import {
  axisOption,
  jsonOption,
  readAxis,
  readPosition,
  required,
  sourceOptions,
} from './conditions-options.ts';
import { parseSource, sourceNotes } from './conditions-source.ts';
import { withAnalysis } from './open-conditions.ts';

/** `lantern conditions explain SOURCE`: why this calibration, and not another. */
export const explainCommand: Command = {
  name: 'conditions explain',
  summary: 'Tell why a calibration is the answer: tag, level, rule, and what else holds there.',
  operands: ['SOURCE'],
  options: {
    type: { value: 'TYPE', doc: 'The type of calibration. Required.' },
    flavor: { value: 'NAME', doc: 'Default: vanilla.' },
    time: { value: 'ISO', doc: 'When, or with --axis run the run. Required.' },
    axis: axisOption,
    ...sourceOptions,
    json: jsonOption,
  },
  notes: `${sourceNotes}\nThe exit code is 1 where nothing holds.`,
  examples: [
    [
      'lantern conditions explain instrument=LAT --type CAL_Ped --time 2003-01-12',
      'Why these pedestals.',
    ],
  ],
  run,
};

async function run(args: Arguments, terminal: Terminal): Promise<number> {
  const question = {
    source: parseSource(args.operands[0] ?? ''),
    calibType: required(args, 'type'),
    flavor: args.option('flavor'),
    axis: readAxis(args),
    position: readPosition(args, 'time'),
  };
  return await withAnalysis(args, terminal, async (conditions) => {
    const explanation = await conditions.explain(question);
    if (args.has('json')) {
      terminal.out(`${JSON.stringify(explanationToJson(explanation), undefined, 2)}\n`);
    } else {
      terminal.out(inWords(explanation));
    }
    return explanation.answer ? 0 : 1;
  });
}

function inWords({
  source,
  asOf,
  condition,
  position,
  answer,
  tags,
  alternatives,
}: Explanation): string {
  const { calibType, flavor, axis } = condition;
  const lines = [
    `${calibType} ${flavor} at ${formatPosition(position, axis)} in ${source}, as of ${formatMoment(asOf)}:`,
    answer
      ? `the answer is ${rowInWords(answer.calibration)}, by ${answer.tag}; the same in ${formatInterval(answer.validity, axis)}`
      : 'nothing holds',
    ...tags.map(({ tag, state, rule, says, entry }) => {
      const what = entry
        ? `${says}, calibration ${entry.serNo} in ${formatInterval(entry, axis)}`
        : says;
      const why = rule
        ? `; by its rule: ${rule.levels.join(', ')} as of ${formatMoment(rule.asOf)}`
        : '';
      return `  ${tag}${state ? ` (${state})` : ''}: ${what}${why}`;
    }),
    alternatives.length > 0 ? 'what else holds there:' : 'nothing else holds there',
    ...alternatives.map(({ calibration, verdict }) => `  ${rowInWords(calibration)}: ${verdict}`),
  ];
  return `${lines.join('\n')}\n`;
}

function rowInWords({ serNo, procLevel, enterTime, creator }: Calibration): string {
  const by = creator ? ` by ${creator}` : '';
  return `calibration ${serNo} (${procLevel}, entered ${formatMoment(enterTime)}${by})`;
}
