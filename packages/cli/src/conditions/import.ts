import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import {
  type ConditionsBundle,
  ConditionsError,
  importBundle,
  readBelle2Sqlite,
  readBelle2Text,
  readCrest,
  readGlastFolder,
  readGlastRows,
  readHsfJson,
} from '@lantern/conditions';
import { fileError } from '@lantern/formats/node';
import type { Arguments, Command, Terminal } from '../command.ts';
import { ProgressBar } from '../progress-bar.ts';
import {
  author,
  jsonOption,
  readOptionalPosition,
  required,
  wordsAmong,
  writerOptions,
} from './conditions-options.ts';
import { withConditions } from './open-conditions.ts';
import { readLevel } from './register.ts';

/** What can be imported. */
const formats = [
  'glast',
  'glast-csv',
  'glast-xml',
  'glast-sql',
  'crest',
  'belle2',
  'belle2-text',
  'hsf',
] as const;
type Format = (typeof formats)[number];

/** `lantern conditions import PATH`: what other systems know. */
export const importCommand: Command = {
  name: 'conditions import',
  summary: 'Import calibrations and tags of other systems: GLAST, CREST, Belle II, HSF.',
  operands: ['PATH'],
  options: {
    from: {
      value: 'FORMAT',
      doc: 'Required. One of:',
      details: [
        'glast        a folder of XML calibration files, with their DTDs',
        'glast-csv    rows of the metadata table; glast-xml as of mysql --xml, glast-sql a dump',
        'crest        a folder of JSON answers of CREST',
        'belle2       metadata of basf2 (SQLite); belle2-text a text database',
        'hsf          payload IOVs of the HSF reference service (JSON)',
      ].join('\n'),
    },
    instrument: { value: 'NAME', doc: 'Where the files name none. Required for crest and hsf.' },
    flavor: { value: 'NAME', doc: 'Of glast files. Default: vanilla.' },
    level: { value: 'LEVEL', doc: 'Of glast files. Default: test.' },
    vstart: { value: 'ISO', doc: 'Of glast files. Default: what each says of itself.' },
    vend: { value: 'ISO', doc: 'Of glast files. Default: open.' },
    tag: { value: 'NAME', doc: 'The tag that rows of belle2-text and hsf are of.' },
    'dry-run': { doc: 'Read and check everything, and change nothing.' },
    ...writerOptions,
    json: jsonOption,
  },
  notes:
    'Bulk data are looked for beside the file of metadata, and checked where a hash is known. Rows pass\nthe same rules as any other. The exit code is 1 where some files could not be read; the others are\nimported all the same.',
  examples: [
    ['lantern conditions import glast-calibrations --from glast --instrument LAT', 'A folder.'],
    ['lantern conditions import metadata.csv --from glast-csv', 'Rows, with files beside them.'],
  ],
  run,
};

/** What was read, and what could not be. */
interface Read {
  readonly bundle: ConditionsBundle;
  readonly problems: readonly string[];
}

async function run(args: Arguments, terminal: Terminal): Promise<number> {
  const [path = ''] = args.operands;
  const [format = 'glast'] = wordsAmong('from', required(args, 'from'), formats);
  const { bundle, problems } = await read(path, format, args);
  for (const problem of problems) terminal.err(`not imported: ${problem}\n`);
  const { calibrations, tags } = bundle;
  if (args.has('dry-run')) {
    terminal.out(
      `${calibrations.length} calibrations and ${tags.length} tags can be read, ${problems.length} files cannot\n`,
    );
    return problems.length > 0 ? 1 : 0;
  }
  const isFolder = (await stat(path)).isDirectory();
  const { bundleFileReader } = await import('@lantern/conditions/node');
  const bar = new ProgressBar(terminal, 'calibrations');
  return await withConditions(args, terminal, async (conditions) => {
    try {
      const done = await importBundle(conditions, bundle, author(args), {
        read: bundleFileReader(isFolder ? path : dirname(path)),
        onProgress: (n, all) => bar.update(n, all),
      });
      bar.clear();
      const serNos = done.calibrations.map(({ serNo }) => serNo);
      if (args.has('json')) {
        terminal.out(`${JSON.stringify({ serNos, tags: done.tags, problems }, undefined, 2)}\n`);
      } else {
        terminal.out(`${serNos.length} calibrations and ${done.tags.length} tags imported\n`);
      }
      return problems.length > 0 ? 1 : 0;
    } finally {
      bar.clear();
    }
  });
}

async function read(path: string, format: Format, args: Arguments): Promise<Read> {
  const instrument = args.option('instrument');
  const tag = args.option('tag');
  if (format === 'glast') return await readGlast(path, args);
  if (format === 'crest') {
    const { readPayloadFolder } = await import('@lantern/conditions/node');
    const files = await readPayloadFolder(path);
    return whole(readCrest(files, { instrument: required(args, 'instrument') }));
  }
  const bytes = await readFile(path).catch((cause) => {
    throw fileError(cause, 'cannot read', path);
  });
  if (format === 'belle2') return whole(await readBelle2Sqlite(bytes, path, { instrument, tag }));
  if (format === 'belle2-text') return whole(readBelle2Text(bytes, path, { instrument, tag }));
  if (format === 'hsf') {
    return whole(readHsfJson(bytes, path, { instrument: required(args, 'instrument'), tag }));
  }
  const kind = format.slice('glast-'.length) as 'csv' | 'xml' | 'sql';
  return whole({ calibrations: await readGlastRows(bytes, path, kind), tags: [] });
}

function whole(bundle: ConditionsBundle): Read {
  return { bundle, problems: [] };
}

async function readGlast(path: string, args: Arguments): Promise<Read> {
  const { readPayloadFolder } = await import('@lantern/conditions/node');
  const level = args.option('level');
  const { bundle, problems } = await readGlastFolder(await readPayloadFolder(path), {
    instrument: args.option('instrument'),
    flavor: args.option('flavor'),
    procLevel: level === undefined ? undefined : readLevel(level),
    vstart: readOptionalPosition(args, 'vstart', 'time'),
    vend: readOptionalPosition(args, 'vend', 'time'),
    uid: author(args).by,
  });
  if (bundle.calibrations.length === 0 && problems.length === 0) {
    throw new ConditionsError('absent', {
      what: 'no calibration files',
      where: join(path, '*.xml'),
      hint: `is ${basename(path)} the folder that holds them?`,
    });
  }
  return { bundle, problems: problems.map(({ file, error }) => `${file}: ${error.message}`) };
}
