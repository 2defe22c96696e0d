import { join } from 'node:path';
import {
  type Calibration,
  type ConditionsReader,
  writeBelle2Text,
  writeCrest,
  writeGlastRows,
  writeHsfJson,
} from '@lantern/conditions';
import { makeFolder, writeWhole } from '@lantern/formats/node';
import type { Arguments, Command, Terminal } from '../command.ts';
import { asOfOption, readAsOf, required, sourceOptions, wordsAmong } from './conditions-options.ts';
import { testsOf } from './list.ts';
import { withReader } from './open-conditions.ts';

const formats = ['glast-csv', 'glast-xml', 'glast-sql', 'crest', 'belle2-text', 'hsf'] as const;

/** `lantern conditions export`: in the formats of other systems. */
export const exportCommand: Command = {
  name: 'conditions export',
  summary: 'Write metadata in the formats of other systems: GLAST, CREST, Belle II, HSF.',
  operands: ['PATH'],
  options: {
    to: {
      value: 'FORMAT',
      doc: 'Required. One of:',
      details: [
        'glast-csv, glast-xml, glast-sql   rows of the GLAST metadata table (axis time)',
        'crest                             a folder with a tag as CREST dumps it',
        'belle2-text, hsf                  rows on the axis run',
      ].join('\n'),
    },
    tag: { value: 'NAME', doc: 'The tag to write. Required for crest.' },
    instrument: { value: 'NAME', doc: 'Rows of this instrument only.' },
    type: { value: 'TYPE', doc: 'Of this type only; * stands for any letters.' },
    flavor: { value: 'NAME', doc: 'Of this flavor only.' },
    level: { value: 'LEVEL', doc: 'Of this level only.' },
    'as-of': asOfOption,
    ...sourceOptions,
  },
  notes: "With payloads, for Lantern itself: 'lantern conditions snapshot'.",
  examples: [['lantern conditions export metadata.csv --to glast-csv --instrument LAT', 'Rows.']],
  run,
};

async function run(args: Arguments, terminal: Terminal): Promise<number> {
  const [path = ''] = args.operands;
  const [format = 'glast-csv'] = wordsAmong('to', required(args, 'to'), formats);
  return await withReader(args, terminal, async (reader) => {
    if (format === 'crest') {
      const files = await crestFiles(reader, required(args, 'tag'), args);
      await makeFolder(path, 'cannot make a folder for the dump');
      for (const [name, text] of files) await writeWhole(join(path, name), text);
      terminal.out(`${files.size} files in ${path}\n`);
      return 0;
    }
    const rows = await allRows(reader, args);
    await writeWhole(path, textOf(rows, format));
    terminal.out(`${rows.length} calibrations looked at; ${path} is written\n`);
    return 0;
  });
}

function textOf(
  rows: readonly Calibration[],
  format: Exclude<(typeof formats)[number], 'crest'>,
): string {
  if (format === 'hsf') return writeHsfJson(rows);
  if (format === 'belle2-text') return writeBelle2Text(rows);
  return writeGlastRows(rows, format.slice('glast-'.length) as 'csv' | 'xml' | 'sql');
}

/** Rows in one answer of a store. */
const atOnce = 10_000;

async function allRows(reader: ConditionsReader, args: Arguments): Promise<Calibration[]> {
  const query = { tests: testsOf(args), asOf: readAsOf(args), limit: atOnce };
  const rows: Calibration[] = [];
  for (;;) {
    const some = await reader.rows({ ...query, offset: rows.length });
    rows.push(...some);
    if (some.length < atOnce) return rows;
  }
}

async function crestFiles(
  reader: ConditionsReader,
  name: string,
  args: Arguments,
): Promise<ReadonlyMap<string, string>> {
  const asOf = readAsOf(args);
  const { description } = await reader.tag(name, asOf);
  const lines = await reader.lines(name, undefined, asOf);
  const serNos = new Set(lines.flatMap(({ entries }) => entries.map(({ serNo }) => serNo)));
  const rows = new Map<number, Calibration>();
  for (const serNo of serNos) rows.set(serNo, await reader.row(serNo, asOf));
  return writeCrest({ tag: name, description, lines, rows });
}
