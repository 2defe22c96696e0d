import { availableParallelism, cpus } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { makeFolder, requireFolder, writeWhole } from '@lantern/formats/node';
import { loadKernel } from '@lantern/optics/node';
import { nearest } from '@lantern/units';
import type { Arguments, Command, Terminal } from '../command.ts';
import { engineOption, openEngine, readEngineChoice } from '../engine-option.ts';
import { UsageError } from '../errors.ts';
import { ProgressBar } from '../progress-bar.ts';
import { requireOwn } from '../require-own.ts';
import { formatDuration, formatTable } from '../table.ts';
import { currentCommit } from './commit.ts';
import { allGroups, groupNames } from './groups.ts';
import { readLeaks } from './leaks.ts';
import { deviationWords } from './page-numbers.ts';
import { runGroups } from './run-groups.ts';
import { readSpeedTrend } from './speed-trend.ts';
import { readTrend, recordTrend, trendEntry } from './trend.ts';
import { mostOnSoftware, TwinRun, twinsName } from './twin-run.ts';
import type { GroupResult, Validation } from './validation.ts';
import { validationPage } from './validation-page.ts';
import { isBeyond } from './verdict.ts';

/** Of the random numbers: a validation is the same each time. */
const validationSeed = 20_260_822;

/** `lantern validate`: everything that is known, beside what Lantern makes of it. */
export const validateCommand: Command = {
  name: 'validate',
  summary: 'Compare with Geant4 and with closed forms, as a page of numbers and charts.',
  operands: [],
  options: {
    only: {
      value: 'GROUPS',
      doc: `Some groups only, apart by commas: ${groupNames.join(', ')}; with a GPU also ${twinsName}.`,
    },
    reference: {
      value: 'DIR',
      doc: 'Folder of the reference detectors. Default: ../shared/reference, if it is there.',
    },
    gdml: {
      value: 'DIR',
      doc: 'Folder of GDML files of other programs. Default: ../shared/data/gdml, if it is there.',
    },
    'real-surface': {
      value: 'DIR',
      doc: "Geant4's RealSurface data. Default: G4REALSURFACEDATA.",
    },
    engine: engineOption,
    out: { value: 'DIR', doc: 'Folder of the page. Default: HOME/validation.' },
    overwrite: { doc: 'Replace files there that a validation did not write.' },
    trend: {
      value: 'FILE',
      doc: 'Earlier validations, to draw beside. Default: docs/validation/trend.json.',
    },
    record: { doc: 'Append this validation to them.' },
  },
  examples: [
    ['lantern validate', 'Writes .lantern/validation/index.html and validation.json.'],
    ['lantern validate --only boundary,cerenkov', 'Two groups.'],
    ['lantern validate --record', 'Keeps the result in docs/validation/trend.json.'],
  ],
  notes: 'The exit code is 1 when a comparison does not agree.',
  run,
};

/** The files of a validation, and what each has near its beginning. */
const marks = [
  ['index.html', '<title>Lantern validated: '],
  ['validation.json', '{\n "created": "'],
] as const;

/** Folders of data that the user may name: then they must be there. */
const dataFolders = [
  ['reference', 'the folder of the reference detectors'],
  ['gdml', 'the folder of GDML files'],
  ['real-surface', "the folder of Geant4's RealSurface data"],
] as const;

async function run(args: Arguments, terminal: Terminal): Promise<number> {
  const out = args.option('out') ?? join(terminal.home, 'validation');
  const trendFile = args.option('trend') ?? join('docs', 'validation', 'trend.json');
  const chosen = chosenGroups(args.option('only'));
  const earlier = await readTrend(trendFile);
  for (const [name, mark] of marks) await requireOwn(join(out, name), mark, args.has('overwrite'));
  for (const [option, what] of dataFolders) {
    const path = args.option(option);
    if (path !== undefined) await requireFolder(path, what, `name it with --${option} DIR`);
  }
  const validated = await validate(args, chosen, terminal);
  const trend = args.has('record')
    ? await recordTrend(trendFile, earlier, trendEntry(validated))
    : earlier;
  const leaks = await readLeaks(join(dirname(trendFile), 'leaks.json'));
  const speed = await readSpeedTrend(join('bench', 'trend.json'));
  const validation: Validation = { ...validated, trend, speed, ...(leaks && { leaks }) };
  await writePage(validation, out);
  terminal.out(formatTable([header, ...validation.groups.map(row)]));
  for (const words of differences(validation)) terminal.out(`${words}\n`);
  const { agrees, comparisons, differing } = validation.verdict;
  terminal.out(
    agrees
      ? `All ${comparisons} comparisons agree.\n`
      : `${differing.length} of ${comparisons} comparisons do not agree.\n`,
  );
  terminal.out(`see ${pathToFileURL(resolve(out, 'index.html')).href}\n`);
  return agrees ? 0 : 1;
}

function chosenGroups(words: string | undefined): readonly string[] {
  const all = [...groupNames, twinsName];
  if (words === undefined) return all;
  const names = words.split(',').map((name) => name.trim());
  for (const name of names) {
    if (all.includes(name)) continue;
    const close = nearest(name, all);
    throw new UsageError({
      what: 'no such group to validate',
      given: name,
      expected: all.join(', '),
      ...(close !== undefined && { hint: `did you mean '${close}'?` }),
    });
  }
  return names;
}

async function validate(
  args: Arguments,
  chosen: readonly string[],
  terminal: Terminal,
): Promise<Omit<Validation, 'trend' | 'leaks'>> {
  const begin = performance.now();
  const threads = availableParallelism();
  const folder = (option: string, usual: string): { path: string; isAsked: boolean } => {
    const asked = args.option(option);
    return { path: asked ?? usual, isAsked: asked !== undefined };
  };
  const references = folder('reference', join('..', 'shared', 'reference'));
  const groups = allGroups(
    references,
    folder('gdml', join('..', 'shared', 'data', 'gdml')),
    args.option('real-surface') ?? terminal.realSurfaceFolder,
  ).filter(({ name }) => chosen.includes(name));
  const choice = readEngineChoice(args);
  const engine = await openEngine(choice, terminal);
  const bar = new ProgressBar(terminal, 'photons');
  try {
    const kernel = await loadKernel();
    const twins = engine.name === 'cpu' ? undefined : new TwinRun(engine, kernel);
    const pairs = twins && chosen.includes(twinsName) ? [twins.group(references, groups)] : [];
    const results = await runGroups([...groups, ...pairs], {
      engine,
      ...twins?.request,
      ...(choice.gpu.software && { few: (photons) => Math.min(photons, mostOnSoftware) }),
      kernel,
      seed: BigInt(validationSeed),
      threads,
      signal: terminal.signal,
      onProgress: (photons, total) => bar.update(photons, total),
    });
    return {
      created: new Date().toISOString(),
      commit: await currentCommit(),
      seed: validationSeed,
      engine: engine.name,
      threads: engine.adapter === undefined ? threads : 0,
      machine: machine(engine.adapter),
      ...(choice.gpu.software && { mostPhotons: mostOnSoftware }),
      ...results,
      seconds: (performance.now() - begin) / 1000,
    };
  } finally {
    bar.clear();
    engine.close?.();
  }
}

/** A GPU makes it another machine: its validations are not those of the processor. */
function machine(adapter: string | undefined): string {
  const model = (cpus()[0]?.model ?? 'unknown').trim();
  const words = `${model}, ${cpus().length} cores, Node ${process.version}`;
  return adapter === undefined ? words : `${adapter}; ${words}`;
}

const header = ['group', 'comparisons', 'largest deviation', 'least probability', 'took', ''];

function row({ name, verdict, missing, seconds }: GroupResult): string[] {
  if (missing !== undefined) return [name, '', '', '', '', 'not there'];
  const { comparisons, worst, least, agrees } = verdict;
  return [
    name,
    String(comparisons),
    `${worst.toFixed(1)} sigma`,
    least < 1 ? least.toPrecision(2) : '',
    formatDuration(seconds),
    agrees ? 'agrees' : 'DIFFERS',
  ];
}

/** What does not agree, and what is past 4 standard deviations by chance alone, in words; and what is not there. */
export function differences({ groups, verdict }: Pick<Validation, 'groups' | 'verdict'>): string[] {
  return groups.flatMap(({ name, cases, missing }) => [
    ...(missing === undefined ? [] : [`${name}: ${missing}`]),
    ...cases.flatMap((one) =>
      one.comparisons.filter(isBeyond).map((comparison) => {
        const differs = verdict.differing.includes(comparison);
        const words = `${name}, ${one.title}, ${comparison.name}: ${comparison.found} beside ${comparison.expected}, ${deviationWords(comparison)}`;
        return differs ? `differs: ${words}` : `by chance, among so many: ${words}`;
      }),
    ),
  ]);
}

async function writePage(validation: Validation, folder: string): Promise<void> {
  await makeFolder(folder, 'cannot make a folder');
  await writeWhole(
    join(folder, 'validation.json'),
    `${JSON.stringify(validation, undefined, 1)}\n`,
  );
  await writeWhole(join(folder, 'index.html'), validationPage(validation));
}
