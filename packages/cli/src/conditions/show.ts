import { type Calibration, ConditionsError, calibrationToJson } from '@lantern/conditions';
import { writeWhole } from '@lantern/formats/node';
import type { Arguments, Command, Terminal } from '../command.ts';
import {
  asOfOption,
  jsonOption,
  readAsOf,
  readSerNo,
  sourceOptions,
} from './conditions-options.ts';
import { withReader } from './open-conditions.ts';
import { rowJson } from './row-table.ts';

/** `lantern conditions show SERNO`: a row, whole, and its payload. */
export const showCommand: Command = {
  name: 'conditions show',
  summary: 'Show all fields of a calibration, and write its payload to a file.',
  operands: ['SERNO'],
  options: {
    payload: { value: 'FILE', doc: 'Write the payload there, checked against its hash.' },
    'as-of': asOfOption,
    ...sourceOptions,
    json: jsonOption,
  },
  examples: [
    ['lantern conditions show 17', 'All fields.'],
    ['lantern conditions show 17 --payload peds.xml', 'And its bulk data.'],
  ],
  run,
};

async function run(args: Arguments, terminal: Terminal): Promise<number> {
  const serNo = readSerNo(args.operands[0] ?? '');
  return await withReader(args, terminal, async (reader) => {
    const row = await reader.row(serNo, readAsOf(args));
    const file = args.option('payload');
    if (file !== undefined) {
      const bytes = await reader.payload(payloadOf(row));
      await writeWhole(file, bytes);
    }
    terminal.out(args.has('json') ? rowJson(row) : fieldTable(row));
    return 0;
  });
}

function payloadOf({ serNo, payload, dataIdent }: Calibration): string {
  if (payload) return payload.sha256;
  throw new ConditionsError('absent', {
    what: `calibration ${serNo} has no payload here`,
    hint: dataIdent ? `its bulk data are said to be in ${dataIdent}` : undefined,
  });
}

/** Whole values: people copy hashes from here. */
function fieldTable(row: Calibration): string {
  const { payload, ...fields } = calibrationToJson(row);
  const entries = Object.entries({ ...fields, payload: payload?.sha256, size: payload?.size });
  const width = Math.max(...entries.map(([field]) => field.length));
  return entries.map(([field, value]) => `  ${field.padEnd(width)}  ${value ?? '-'}\n`).join('');
}
