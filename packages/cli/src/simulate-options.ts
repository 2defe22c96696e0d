import { availableParallelism } from 'node:os';
import type { ShiftProfile, ShiftProfiles } from '@lantern/geometry';
import type { Arguments, Option } from './command.ts';
import { type EngineChoice, engineOption, readEngineChoice } from './engine-option.ts';
import { UsageError } from './errors.ts';
import { type KeptArrays, readKeep } from './keep-option.ts';

/** The options of `lantern simulate`, `start` and their like, in the order of the help. */
export const simulateOptions: Readonly<Record<string, Option>> = {
  photons: {
    value: 'FILE',
    doc: 'Photons from an NPY file of float32 (N, 4, 4), as Opticks lays them out.',
  },
  gensteps: {
    value: 'FILE',
    doc: 'Generation steps from an NPY file of float32 (G, 6, 4), as Opticks lays them out.',
  },
  matline: {
    value: 'LIST',
    doc: 'Which material the steps of --gensteps are in: NAME=NUMBER,... by their matline, or auto.',
    details:
      "auto        the material at each step's place\nwithout it  by FILE.materials.json, as --keep gensteps writes it, or the material's number in\n            `geometry info`; a step that is not in its material is an error",
  },
  light: { value: '"WORDS"', doc: 'A light source in words; see below.' },
  gun: { value: '"WORDS"', doc: 'Particles that make light; see below.' },
  'scintillation-by-particle': {
    doc: "Yields of a gun's light by kind of particle, without Birks' law, as in Geant4 when told to.",
  },
  seed: {
    value: 'N',
    doc: 'Of the random numbers, 0 to 2^64 - 1. Default: 0. Same seed, same result.',
  },
  threads: {
    value: 'N',
    doc: 'Worker threads. Default: one for each core. Does not change the result.',
  },
  engine: engineOption,
  keep: {
    value: 'LIST',
    doc: 'Arrays to write, separated by commas; hits too when no kind of hits is named:',
    details: [
      'hits               the photons detected (hits.npy)',
      'hits-lite          16 bytes for each: sensor, time, place on it (hits-lite.npy);',
      '                   hits-lite=wide: on the whole sphere, not its front half',
      'hits-merged        those of a sensor and a window as one (hits-merged.npy)',
      'hits-lite-merged   both (hits-lite-merged.npy)',
      "photons            every photon's end (photons.npy)",
      'record=R           the first R steps of each photon (record.npy)',
      'gensteps           the generation steps (gensteps.npy, gensteps.materials.json)',
    ].join('\n'),
  },
  'merge-hits': {
    value: 'WINDOW',
    doc: 'Merge hits of a sensor in a window of time, as "1 ns"; instead of hits unless --keep has both.',
    details: 'Those of an event alone, where the source has events; "1 ns across events": of all.',
  },
  'max-bounces': { value: 'N', doc: 'Stop photons after N steps. Default: no limit.' },
  'max-time': { value: 'NS', doc: 'Stop photons after this time in ns. Default: no limit.' },
  'wls-profile': {
    value: 'KIND',
    doc: 'How long wavelength shifts take: exponential (default) or delta, as in Geant4 by default.',
    details: 'delta,exponential: of WLS by one profile, of WLS2 by the other.',
  },
  replay: {
    value: 'ID',
    doc: 'Tell the life of the photon of this number, step by step; write no files.',
    details: 'Of more than 1000 steps the first 1000; --max-bounces N tells the first N.',
  },
  out: { value: 'DIR', doc: 'Folder of the results. Default: a new one under HOME/simulations.' },
  overwrite: {
    doc: 'Let results of an earlier simulation in that folder go, with the pictures of them.',
  },
  json: { doc: 'Print the summary (with --replay, the life) as JSON, and nothing else.' },
};

/** The options that say how to propagate, checked. */
export interface SimulateSettings extends KeptArrays {
  readonly seed: bigint;
  readonly threads: number;
  readonly engine: EngineChoice;
  readonly maxBounces: number | undefined;
  readonly maxTime: number | undefined;
  readonly shiftProfile: ShiftProfiles;
  readonly replay: number | undefined;
  readonly out: string | undefined;
  readonly overwrite: boolean;
  readonly json: boolean;
}

const largestSeed = 2n ** 64n - 1n;
const largestInt32 = 2 ** 31 - 1;

/** @throws UsageError that names the option, what was given and what is expected */
export function readSimulateSettings(args: Arguments): SimulateSettings {
  return {
    seed: seed(args.option('seed') ?? '0'),
    threads: integer(args, 'threads', 1, 1024) ?? availableParallelism(),
    engine: readEngineChoice(args),
    ...readKeep(args.option('keep') ?? '', args.option('merge-hits')),
    maxBounces: integer(args, 'max-bounces', 1, largestInt32),
    maxTime: positive(args, 'max-time'),
    shiftProfile: shiftProfile(args.option('wls-profile') ?? 'exponential'),
    replay: integer(args, 'replay', 0, Number.MAX_SAFE_INTEGER),
    out: args.option('out'),
    overwrite: args.has('overwrite'),
    json: args.has('json'),
  };
}

function shiftProfile(text: string): ShiftProfiles {
  const [first, second, ...more] = text.split(',').map((kind) => kind.trim());
  if (isProfile(first) && second === undefined) return first;
  if (isProfile(first) && isProfile(second) && more.length === 0) return [first, second];
  throw wrong('wls-profile', text, 'exponential or delta, or one for each of WLS and WLS2');
}

function isProfile(text: string | undefined): text is ShiftProfile {
  return text === 'exponential' || text === 'delta';
}

function seed(text: string): bigint {
  const value = /^(\d+|0x[\da-f]+)$/i.test(text) ? BigInt(text) : -1n;
  if (value >= 0n && value <= largestSeed) return value;
  throw wrong('seed', text, 'an integer from 0 to 2^64 - 1');
}

function integer(args: Arguments, name: string, low: number, high: number): number | undefined {
  const text = args.option(name);
  return text === undefined ? undefined : inRange(name, text, low, high);
}

function inRange(name: string, text: string, low: number, high: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= low && value <= high) return value;
  throw wrong(name, text, `an integer from ${low} to ${high}`);
}

function positive(args: Arguments, name: string): number | undefined {
  const text = args.option(name);
  if (text === undefined) return undefined;
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (value > 0 && value < Number.POSITIVE_INFINITY) return value;
  throw wrong(name, text, 'a positive number of ns');
}

function wrong(name: string, given: string, expected: string, hint?: string): UsageError {
  return new UsageError({ what: `wrong --${name}`, given: `'${given}'`, expected, hint });
}
