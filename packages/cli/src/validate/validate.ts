import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { makeFolder, writeWhole } from '@lantern/formats/node';
import { createCpuEngine } from '@lantern/optics/node';
import type { Arguments, Command, Terminal } from '../command.ts';
import { ProgressBar } from '../progress-bar.ts';
import { formatCount, formatTable } from '../table.ts';
import { referenceNames } from './reference.ts';
import { runCase } from './run-case.ts';
import type { CaseResult, Validation } from './validation.ts';
import { validationPage } from './validation-page.ts';

/** Of the random numbers: a validation is the same each time. */
const validationSeed = 20_260_822;

/** `lantern validate`: the reference detectors beside what Geant4 made of them. */
export const validateCommand: Command = {
  name: 'validate',
  summary: 'Compare the reference detectors with Geant4, as a page of histograms.',
  operands: [],
  options: {
    reference: {
      value: 'DIR',
      doc: 'Folder of the references. Default: ../shared/reference.',
    },
    out: { value: 'DIR', doc: 'Folder of the page. Default: HOME/validation.' },
  },
  examples: [
    ['lantern validate', 'Writes .lantern/validation/index.html and validation.json.'],
    [
      'lantern validate --reference ../shared/reference --out /tmp/validation',
      'From and to elsewhere.',
    ],
  ],
  notes: 'The exit code is 1 when a fraction or a histogram does not agree.',
  run,
};

async function run(args: Arguments, terminal: Terminal): Promise<number> {
  const folder = args.option('reference') ?? join('..', 'shared', 'reference');
  const out = args.option('out') ?? join(terminal.home, 'validation');
  const validation = await validate(folder, terminal);
  await writePage(validation, out);
  terminal.out(formatTable([header, ...validation.cases.map(row)]));
  for (const words of differences(validation)) terminal.out(`differs: ${words}\n`);
  terminal.out(validation.agrees ? 'All comparisons agree.\n' : 'Not all comparisons agree.\n');
  const own = validation.cases.flatMap(({ ownTimes }) => ownTimes);
  const differing = own.filter(({ agrees }) => !agrees).length;
  terminal.out(
    `Times are told as Geant4 tells them by default (VAL3); as Lantern writes them, ${differing} of ${own.length} time histograms differ.\n`,
  );
  terminal.out(`see ${pathToFileURL(resolve(out, 'index.html')).href}\n`);
  return validation.agrees ? 0 : 1;
}

async function validate(folder: string, terminal: Terminal): Promise<Validation> {
  const threads = availableParallelism();
  const engine = createCpuEngine();
  const cases: CaseResult[] = [];
  for (const name of referenceNames) {
    const bar = new ProgressBar(terminal, `photons of ${name}`);
    try {
      cases.push(
        await runCase(engine, folder, name, {
          seed: BigInt(validationSeed),
          threads,
          signal: terminal.signal,
          onProgress: (photons, total) => bar.update(photons, total),
        }),
      );
    } finally {
      bar.clear();
    }
  }
  return {
    created: new Date().toISOString(),
    seed: validationSeed,
    engine: engine.name,
    threads,
    cases,
    agrees: cases.every(({ agreement }) => agreement.agrees),
  };
}

const header = ['detector', 'photons', 'largest deviation', 'least probability', ''];

function row({ name, agreement }: CaseResult): string[] {
  const { fractions, histograms, photons, agrees } = agreement;
  const deviation = Math.max(...fractions.map((fraction) => Math.abs(fraction.deviation)));
  const probability = Math.min(...histograms.map((histogram) => histogram.probability));
  return [
    name,
    formatCount(photons),
    `${deviation.toFixed(1)} sigma`,
    probability.toPrecision(2),
    agrees ? 'agrees' : 'DIFFERS',
  ];
}

/** What does not agree, in words. */
export function differences({ cases }: Pick<Validation, 'cases'>): string[] {
  return cases.flatMap(({ name, agreement }) => [
    ...agreement.fractions
      .filter(({ agrees }) => !agrees)
      .map(
        (fraction) =>
          `${name}, fraction ${fraction.name}: ${fraction.count} of ${agreement.photons}, expected ` +
          `${fraction.expected} of ${agreement.expectedPhotons}, ${fraction.deviation.toFixed(1)} sigma`,
      ),
    ...agreement.histograms
      .filter(({ agrees }) => !agrees)
      .map(
        (histogram) =>
          `${name}, ${histogram.quantity} of ${histogram.outcome}: chi-squared ` +
          `${histogram.chiSquared.toFixed(1)} with ${histogram.degreesOfFreedom} degrees of freedom, ` +
          `p = ${histogram.probability.toExponential(1)}`,
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
