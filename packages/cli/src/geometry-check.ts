import { basename } from 'node:path';
import { checkGeometry, type Finding, type Severity } from '@lantern/geometry';
import { readGdmlFile } from '@lantern/geometry/node';
import type { Arguments, Command, Terminal } from './command.ts';
import { UsageError } from './errors.ts';
import { counted, textWidth, wrap } from './geometry-text.ts';
import { readSurfaceData, surfaceDataOptions } from './surface-data-options.ts';

/** `lantern geometry check GEOMETRY`: what is wrong or doubtful in a detector. */
export const geometryCheckCommand: Command = {
  name: 'geometry check',
  summary: 'Find overlaps, wrong tables and places where photons stop in a detector.',
  operands: ['GEOMETRY'],
  options: {
    samples: {
      value: 'N',
      doc: 'Points on the surface of each solid, 10 to 100000. Default: 400.',
    },
    seed: { value: 'N', doc: 'Of the random points. Default: 1. Same seed, same findings.' },
    ...surfaceDataOptions,
    json: { doc: 'Print the findings as JSON: points and depths in mm.' },
  },
  notes: [
    'The exit code is 1 when there is an error, 0 when there are warnings and notes only.',
    'Overlaps are found by random points: the larger the part of a surface that is wrong,',
    'the surer; more samples find smaller ones. Volumes that share a face do not overlap.',
  ].join('\n'),
  examples: [
    ['lantern geometry check detector.gdml', 'Errors first, each with its place in the file.'],
    ['lantern geometry check detector.gdml --samples 10000', 'Looks more closely for overlaps.'],
  ],
  run,
};

const words: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
};

async function run(args: Arguments, terminal: Terminal): Promise<number> {
  const { out, columns } = terminal;
  const [file = ''] = args.operands;
  const samples = whole(args, 'samples', 10, 100_000) ?? 400;
  const seed = whole(args, 'seed', 0, Number.MAX_SAFE_INTEGER) ?? 1;
  const detector = await readGdmlFile(file);
  const surfaceData = await readSurfaceData(detector, args, terminal);
  const findings = checkGeometry(detector, { samples, seed, surfaceData });
  const counts = {
    error: count(findings, 'error'),
    warning: count(findings, 'warning'),
    info: count(findings, 'info'),
  };
  if (args.has('json')) {
    out(`${JSON.stringify({ file, samples, seed, counts, findings }, null, 2)}\n`);
  } else out(formatFindings(file, findings, counts, textWidth(columns)));
  return counts.error > 0 ? 1 : 0;
}

function whole(args: Arguments, name: string, low: number, high: number): number | undefined {
  const text = args.option(name);
  if (text === undefined) return undefined;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= low && value <= high) return value;
  throw new UsageError({
    what: `wrong value of --${name}`,
    given: `'${text}'`,
    expected: `an integer from ${low} to ${high}`,
  });
}

function count(findings: readonly Finding[], severity: Severity): number {
  return findings.filter((finding) => finding.severity === severity).length;
}

function formatFindings(
  file: string,
  findings: readonly Finding[],
  counts: Readonly<Record<Severity, number>>,
  width: number,
): string {
  const blocks = findings.map(
    ({ severity, where, message }) =>
      `${words[severity].padEnd(8)} ${where}\n${wrap(message, width, ' '.repeat(9))}\n`,
  );
  const sum = (Object.keys(words) as Severity[])
    .filter((severity) => counts[severity] > 0)
    .map((severity) => counted(counts[severity], words[severity]))
    .join(', ');
  return `${blocks.join('')}${basename(file)}: ${sum === '' ? 'nothing to complain of' : sum}\n`;
}
