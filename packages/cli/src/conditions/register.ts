import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { type CalibrationDraft, forever, type ProcLevel } from '@lantern/conditions';
import { fileError } from '@lantern/formats/node';
import { nearest } from '@lantern/units';
import type { Arguments, Command, Terminal } from '../command.ts';
import { UsageError } from '../errors.ts';
import {
  author,
  axisOption,
  informationOptions,
  jsonOption,
  readAxis,
  readOptionalPosition,
  readPosition,
  required,
  seriesOptions,
  writerOptions,
} from './conditions-options.ts';
import { withConditions } from './open-conditions.ts';
import { printedRow } from './row-table.ts';

const levels: readonly ProcLevel[] = ['production', 'development', 'test', 'superseded'];

/** `lantern conditions register PAYLOAD`: a calibration with its bulk data. */
export const registerCommand: Command = {
  name: 'conditions register',
  summary: 'Register a calibration: its metadata, and a file of bulk data.',
  operands: ['PAYLOAD'],
  options: {
    ...seriesOptions,
    vstart: { value: 'ISO', doc: 'Where its validity begins. Required.' },
    vend: { value: 'ISO', doc: 'Where it ends; that moment is not in it. Default: open.' },
    axis: axisOption,
    level: { value: 'LEVEL', doc: `${levels.join(', ')}. Required.` },
    completion: { value: 'WORD', doc: 'ok (default), incomplete, abort.' },
    format: { value: 'FORMAT', doc: 'XML, XML.gz, JSON, CSV, NPY, Parquet, ROOT. Required.' },
    'fmt-version': { value: 'V', doc: 'Version of the format, such as a DTD. Required.' },
    uid: { value: 'NAME', doc: 'The person responsible. Default: --by.' },
    ...informationOptions,
    'data-ident': { value: 'TEXT', doc: "Where the bulk data are. Default: the file's name." },
    ...writerOptions,
    json: jsonOption,
  },
  examples: [
    [
      'lantern conditions register peds.xml --instrument LAT --type CAL_Ped --vstart 2003-01-10T14:00:00Z --level production --format XML --fmt-version v2r3',
      'Valid from then on; the one before it ends there.',
    ],
    [
      'lantern conditions register peds.csv --instrument LAT --type CAL_Ped --axis run --vstart 1200 --vend 1300 --level test --format CSV --fmt-version 1 --json',
      'For runs 1200 to 1299; the row as JSON.',
    ],
  ],
  run,
};

async function run(args: Arguments, terminal: Terminal): Promise<number> {
  const [path = ''] = args.operands;
  const draft = readDraft(args, path);
  await requireFile(path);
  return await withConditions(args, terminal, async (conditions) => {
    const { calibration, closed } = await conditions.register(
      { draft, bytes: createReadStream(path) },
      author(args),
    );
    terminal.out(printedRow(args, calibration));
    if (args.has('json')) return 0;
    for (const row of closed) terminal.out(`calibration ${row.serNo} ends where it begins\n`);
    return 0;
  });
}

function readDraft(args: Arguments, path: string): CalibrationDraft {
  return {
    instrument: required(args, 'instrument'),
    calibType: required(args, 'type'),
    flavor: args.option('flavor') ?? 'vanilla',
    axis: readAxis(args),
    vstart: readPosition(args, 'vstart'),
    vend: readOptionalPosition(args, 'vend') ?? forever,
    procLevel: readLevel(required(args, 'level')),
    completion: args.option('completion') ?? 'ok',
    dataFmt: required(args, 'format'),
    fmtVersion: required(args, 'fmt-version'),
    creator: args.option('creator') ?? '',
    uid: args.option('uid') ?? author(args).by,
    locale: args.option('locale') ?? '',
    inputDesc: args.option('input-desc') ?? '',
    notes: args.option('notes') ?? '',
    dataIdent: args.option('data-ident') ?? path,
  };
}

/** @throws UsageError for a word that is none of the levels */
export function readLevel(text: string): ProcLevel {
  const level = levels.find((word) => word === text);
  if (level) return level;
  const near = nearest(text, levels);
  throw new UsageError({
    what: 'no level',
    given: `'${text}'`,
    expected: levels.join(', '),
    hint: near ? `did you mean ${near}?` : undefined,
  });
}

/** A stream that cannot be opened would fail in the middle of the store. */
export async function requireFile(path: string): Promise<void> {
  const found = await stat(path).catch((cause) => {
    throw fileError(cause, 'cannot read the payload', path);
  });
  if (!found.isFile()) {
    throw new UsageError({ what: 'the payload is no file', where: path });
  }
}
