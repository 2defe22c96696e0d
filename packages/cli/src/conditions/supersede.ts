import { createReadStream } from 'node:fs';
import type { CalibrationDraft } from '@lantern/conditions';
import type { Arguments, Command, Terminal } from '../command.ts';
import {
  author,
  informationOptions,
  jsonOption,
  readOptionalPosition,
  readSerNo,
  writerOptions,
} from './conditions-options.ts';
import { withConditions } from './open-conditions.ts';
import { readLevel, requireFile } from './register.ts';
import { printedRow } from './row-table.ts';

/** `lantern conditions supersede SERNO`: a better one in its place. */
export const supersedeCommand: Command = {
  name: 'conditions supersede',
  summary: 'Put a better calibration in the place of one, which becomes superseded.',
  operands: ['SERNO'],
  options: {
    payload: { value: 'FILE', doc: 'Its bulk data. Default: those of the old one.' },
    vstart: { value: 'ISO', doc: 'Default, as of all that follow: as the old one.' },
    vend: { value: 'ISO', doc: 'Where it ends.' },
    level: { value: 'LEVEL', doc: 'production, development, test.' },
    completion: { value: 'WORD', doc: 'ok, incomplete, abort.' },
    format: { value: 'FORMAT', doc: 'Of the bulk data.' },
    'fmt-version': { value: 'V', doc: 'Version of the format.' },
    uid: { value: 'NAME', doc: 'The person responsible.' },
    ...informationOptions,
    'data-ident': { value: 'TEXT', doc: 'Where the bulk data are.' },
    reason: { value: 'TEXT', doc: 'Why, for the log.' },
    ...writerOptions,
    json: jsonOption,
  },
  examples: [
    [
      'lantern conditions supersede 17 --payload better.xml --reason "cable map corrected"',
      'The same validity, other data.',
    ],
  ],
  run,
};

async function run(args: Arguments, terminal: Terminal): Promise<number> {
  const serNo = readSerNo(args.operands[0] ?? '');
  const path = args.option('payload');
  if (path !== undefined) await requireFile(path);
  return await withConditions(args, terminal, async (conditions) => {
    const { axis } = await conditions.row(serNo);
    const bytes = path !== undefined && { bytes: createReadStream(path) };
    const draft = { ...changes(args), ...interval(args, axis) };
    const { calibration } = await conditions.supersede(serNo, { draft, ...bytes }, author(args));
    terminal.out(printedRow(args, calibration));
    return 0;
  });
}

function changes(args: Arguments): Partial<CalibrationDraft> {
  const level = args.option('level');
  const given = {
    procLevel: level === undefined ? undefined : readLevel(level),
    completion: args.option('completion'),
    dataFmt: args.option('format'),
    fmtVersion: args.option('fmt-version'),
    creator: args.option('creator'),
    uid: args.option('uid'),
    locale: args.option('locale'),
    inputDesc: args.option('input-desc'),
    notes: args.option('notes'),
    dataIdent: args.option('data-ident') ?? args.option('payload'),
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

function interval(args: Arguments, axis: 'time' | 'run'): Partial<CalibrationDraft> {
  const vstart = readOptionalPosition(args, 'vstart', axis);
  const vend = readOptionalPosition(args, 'vend', axis);
  return { ...(vstart !== undefined && { vstart }), ...(vend !== undefined && { vend }) };
}
