import {
  formatPosition,
  nextStates,
  type PutMode,
  type Tag,
  tagToJson,
  type UpdateMode,
  type UpdatePlan,
  updatePlanToJson,
} from '@lantern/conditions';
import type { Arguments, Command, Terminal } from '../command.ts';
import {
  asOfOption,
  author,
  axisOption,
  jsonOption,
  readAsOf,
  readAxis,
  readList,
  readOptionalPosition,
  readPosition,
  readSerNo,
  required,
  sourceOptions,
  wordsAmong,
  writerOptions,
} from './conditions-options.ts';
import { withConditions, withReader } from './open-conditions.ts';
import { readLevel } from './register.ts';
import { linesToJson, lineTable, tagTable } from './tag-table.ts';

const reason = { value: 'TEXT', doc: 'Why, for the log.' };
const changing = { reason, ...writerOptions, json: jsonOption };

/** `lantern conditions tag create NAME`: empty, by rule, a clone, or several as one. */
export const tagCreateCommand: Command = {
  name: 'conditions tag create',
  summary: 'Make a tag: empty, by rule, as a clone, or of several tags.',
  operands: ['NAME'],
  options: {
    instrument: { value: 'NAME', doc: 'The instrument. Required but for clones and mergers.' },
    description: { value: 'TEXT', doc: 'What it is for.' },
    clone: { value: 'TAG', doc: 'All of this tag, at no cost.' },
    'as-of': { value: 'ISO', doc: 'With --clone, of it as it was; with --levels, of the rows.' },
    merge: { value: 'LIST', doc: 'Several tags as one, the first that has an entry wins.' },
    levels: {
      value: 'LIST',
      doc: 'By rule: what `find` answers for these levels; written down when it is published.',
    },
    types: { value: 'LIST', doc: 'Of the rule: these types only.' },
    flavors: { value: 'LIST', doc: 'Of the rule: these flavors only.' },
    ...changing,
  },
  examples: [
    ['lantern conditions tag create LAT-2003-1 --instrument LAT --levels production', 'By rule.'],
    ['lantern conditions tag create LAT-2003-2 --clone LAT-2003-1', 'To be changed.'],
  ],
  run: (args, terminal) => {
    const asOf = readAsOf(args);
    const levels = readList(args, 'levels')?.map(readLevel);
    const [calibTypes, flavors] = [readList(args, 'types'), readList(args, 'flavors')];
    const isRule = levels || calibTypes || flavors;
    return printTag(args, terminal, (conditions) =>
      conditions.createTag(
        {
          name: args.operands[0] ?? '',
          instrument: args.option('instrument'),
          description: args.option('description'),
          clone: args.option('clone'),
          asOf: isRule ? undefined : asOf,
          merge: readList(args, 'merge'),
          rule: isRule ? { levels, asOf, calibTypes, flavors } : undefined,
        },
        author(args),
      ),
    );
  },
};

/** `lantern conditions tag list`: all tags. */
export const tagListCommand: Command = {
  name: 'conditions tag list',
  summary: 'List the tags.',
  operands: [],
  options: { 'as-of': asOfOption, ...sourceOptions, json: jsonOption },
  examples: [['lantern conditions tag list', 'All, with their states.']],
  run: (args, terminal) =>
    withReader(args, terminal, async (reader) => {
      const tags = await reader.tags(readAsOf(args));
      terminal.out(args.has('json') ? json(tags.map(tagToJson)) : tagTable(tags));
      return 0;
    }),
};

/** `lantern conditions tag show NAME`: what it holds. */
export const tagShowCommand: Command = {
  name: 'conditions tag show',
  summary: 'Show a tag: its state, and what it holds for each condition.',
  operands: ['NAME'],
  options: { 'as-of': asOfOption, ...sourceOptions, json: jsonOption },
  examples: [['lantern conditions tag show LAT-2003-1 --json', 'With all entries.']],
  run: (args, terminal) =>
    withReader(args, terminal, async (reader) => {
      const [name = ''] = args.operands;
      const asOf = readAsOf(args);
      const tag = await reader.tag(name, asOf);
      const lines = await reader.lines(name, undefined, asOf);
      if (args.has('json')) {
        terminal.out(json({ ...tagToJson(tag), lines: linesToJson(lines) }));
      } else {
        terminal.out(`${tagTable([tag])}\n${lineTable(lines)}`);
      }
      return 0;
    }),
};

const putModes: readonly PutMode[] = ['refuse', 'replace', 'append'];

/** `lantern conditions tag put NAME`: calibrations into it. */
export const tagPutCommand: Command = {
  name: 'conditions tag put',
  summary: 'Put calibrations into a tag.',
  operands: ['NAME'],
  options: {
    calibrations: { value: 'SERNOS', doc: 'Their serial numbers, apart by commas. Required.' },
    begin: { value: 'ISO', doc: 'Where they begin to hold. Default: where each itself does.' },
    end: { value: 'ISO', doc: 'Where they end.' },
    axis: axisOption,
    overlap: {
      value: 'HOW',
      doc: `With entries that they overlap: ${putModes.join(', ')}. Default: refuse.`,
    },
    ...changing,
  },
  examples: [['lantern conditions tag put LAT-2003-2 --calibrations 17,18', 'Two rows.']],
  run: (args, terminal) => {
    const begin = readOptionalPosition(args, 'begin');
    const end = readOptionalPosition(args, 'end');
    required(args, 'calibrations');
    const serNos = (readList(args, 'calibrations') ?? []).map(readSerNo);
    const entries = serNos.map((serNo) => ({ serNo, begin, end }));
    const mode = oneOf(args, 'overlap', putModes);
    return printTag(args, terminal, (conditions) =>
      conditions.putInTag(args.operands[0] ?? '', entries, author(args), mode),
    );
  },
};

/** `lantern conditions tag remove NAME`: entries out of it. */
export const tagRemoveCommand: Command = {
  name: 'conditions tag remove',
  summary: 'Take the entries of a condition out of a tag.',
  operands: ['NAME'],
  options: {
    type: { value: 'TYPE', doc: 'The type of calibration. Required.' },
    flavor: { value: 'NAME', doc: 'Default: all.' },
    begin: { value: 'ISO', doc: 'From there on. Default: from the beginning.' },
    end: { value: 'ISO', doc: 'Until there.' },
    axis: axisOption,
    ...changing,
  },
  examples: [['lantern conditions tag remove LAT-2003-2 --type CAL_Ped', 'All of the type.']],
  run: (args, terminal) => {
    const removal = {
      calibType: required(args, 'type'),
      flavor: args.option('flavor'),
      axis: args.has('axis') ? readAxis(args) : undefined,
      begin: readOptionalPosition(args, 'begin'),
      end: readOptionalPosition(args, 'end'),
    };
    return printTag(args, terminal, (conditions) =>
      conditions.removeFromTag(args.operands[0] ?? '', [removal], author(args)),
    );
  },
};

/** `lantern conditions tag move NAME`: through states. */
export const tagMoveCommand: Command = {
  name: 'conditions tag move',
  summary: 'Move a tag to another state, or through several.',
  operands: ['NAME'],
  options: {
    to: {
      value: 'STATES',
      doc: 'OPEN, TESTING, VALIDATED, PUBLISHED, RUNNING, INVALID; several in their order. Required.',
    },
    ...changing,
  },
  notes:
    'OPEN -> TESTING -> VALIDATED -> PUBLISHED or RUNNING; back to OPEN from TESTING and VALIDATED;\nRUNNING -> PUBLISHED; INVALID from all, for ever. What is PUBLISHED never changes.',
  examples: [
    ['lantern conditions tag move LAT-2003-2 --to TESTING,VALIDATED,PUBLISHED', 'To be used.'],
  ],
  run: (args, terminal) => {
    const states = wordsAmong(
      'to',
      required(args, 'to'),
      Object.keys(nextStates) as Tag['state'][],
    );
    return printTag(args, terminal, (conditions) =>
      conditions.moveTag(args.operands[0] ?? '', states, author(args)),
    );
  },
};

const updateModes: readonly UpdateMode[] = [
  'strict',
  'allow-closed',
  'open-ends',
  'simple',
  'replace',
];

/** `lantern conditions tag update NAME`: a running tag by a validated one. */
export const tagUpdateCommand: Command = {
  name: 'conditions tag update',
  summary: 'Update a RUNNING tag by a VALIDATED one, from a position on.',
  operands: ['NAME'],
  options: {
    by: writerOptions.by ?? { doc: '' },
    staging: { value: 'TAG', doc: 'The VALIDATED tag. Required.' },
    from: { value: 'ISO', doc: 'What holds before stays. Required.' },
    axis: axisOption,
    mode: { value: 'MODE', doc: `How strict: ${updateModes.join(', ')}. Default: strict.` },
    'dry-run': { doc: 'Only tell what would be done, or why not.' },
    ...changing,
  },
  examples: [
    [
      'lantern conditions tag update prompt --staging prompt-week-7 --from 2003-02-17 --dry-run',
      'The plan.',
    ],
  ],
  run: (args, terminal) =>
    withConditions(args, terminal, async (conditions) => {
      const question = {
        running: args.operands[0] ?? '',
        staging: required(args, 'staging'),
        from: readPosition(args, 'from'),
        mode: oneOf(args, 'mode', updateModes),
      };
      const plan = args.has('dry-run')
        ? await conditions.planTagUpdate(question)
        : await conditions.updateTag(question, author(args));
      terminal.out(args.has('json') ? json(updatePlanToJson(plan)) : planInWords(plan));
      return plan.problems.length > 0 ? 1 : 0;
    }),
};

function planInWords({ operations, problems }: UpdatePlan): string {
  const lines = [
    ...problems.map(
      ({ kind, calibType, flavor, axis, begin, end }) =>
        `refused: ${kind} of ${calibType} ${flavor} in [${formatPosition(begin, axis)}, ${formatPosition(end, axis)})`,
    ),
    ...operations.map(
      ({ operation, calibType, flavor, axis, entry }) =>
        `${operation} ${calibType} ${flavor}: calibration ${entry.serNo} in [${formatPosition(entry.begin, axis)}, ${formatPosition(entry.end, axis)})`,
    ),
  ];
  return lines.length > 0 ? `${lines.join('\n')}\n` : 'nothing to do\n';
}

async function printTag(
  args: Arguments,
  terminal: Terminal,
  how: (conditions: Parameters<Parameters<typeof withConditions>[2]>[0]) => Promise<Tag>,
): Promise<number> {
  return await withConditions(args, terminal, async (conditions) => {
    const tag = await how(conditions);
    terminal.out(args.has('json') ? json(tagToJson(tag)) : tagTable([tag]));
    return 0;
  });
}

function oneOf<Word extends string>(
  args: Arguments,
  name: string,
  words: readonly Word[],
): Word | undefined {
  const text = args.option(name);
  return text === undefined ? undefined : wordsAmong(name, text, words)[0];
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
