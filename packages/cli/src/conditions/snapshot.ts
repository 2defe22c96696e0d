import type { Arguments, Command, Terminal } from '../command.ts';
import { axisOption, readAxis, readOptionalPosition, required } from './conditions-options.ts';
import { readRange } from './position-range.ts';

/** `lantern conditions snapshot`: to take along. */
export const snapshotCommand: Command = {
  name: 'conditions snapshot',
  summary: 'Write calibrations to one file, or a folder of text, that answers without a server.',
  operands: ['TAGS'],
  options: {
    out: { value: 'PATH', doc: 'The file; or with --folder the folder. Required.' },
    folder: { doc: 'A folder of plain text, for less and git.' },
    from: { value: 'ISO', doc: 'Where answers are wanted from. Default: everywhere.' },
    to: { value: 'ISO', doc: 'And up to where.' },
    axis: axisOption,
    'no-payloads': { doc: 'Metadata alone.' },
  },
  notes:
    "TAGS are names of tags apart by commas, or 'all'. Every command that reads takes the file with\n--snapshot PATH; the answers are those of the store, to the byte.",
  examples: [
    [
      'lantern conditions snapshot LAT-2003-1 --from 2003-01-10 --to 2003-01-20 --out january.lantern',
      'One tag for ten days.',
    ],
    ['lantern conditions snapshot all --folder --out conditions', 'Everything, for git.'],
  ],
  run,
};

async function run(args: Arguments, terminal: Terminal): Promise<number> {
  const [names = ''] = args.operands;
  const out = required(args, 'out');
  const range = readRange(readOptionalPosition(args, 'from'), readOptionalPosition(args, 'to'));
  const request = {
    tags: names === 'all' ? undefined : names.split(',').map((name) => name.trim()),
    range: range && { ...range, axis: readAxis(args) },
    payloads: !args.has('no-payloads'),
  };
  const { openConditions, saveSnapshotFile, saveSnapshotFolder } = await import(
    '@lantern/conditions/node'
  );
  const conditions = await openConditions(terminal.home);
  try {
    const save = args.has('folder') ? saveSnapshotFolder : saveSnapshotFile;
    const { seq, asOf } = await save(out, conditions, request);
    terminal.out(`${out}: as of ${asOf} (event ${seq})\n`);
    return 0;
  } finally {
    await conditions.dispose();
  }
}
