import type { Detector, Scene } from '@lantern/geometry';
import {
  gunHelp,
  gunSource,
  lightHelp,
  lightSource,
  type PhotonSource,
  WordsError,
  wavelengthRange,
} from '@lantern/optics';
import { loadKernel, openGenstepFile, openPhotonFile } from '@lantern/optics/node';
import type { Arguments, Terminal } from './command.ts';
import { UsageError } from './errors.ts';
import { ProgressBar } from './progress-bar.ts';

const ways = ['photons', 'gensteps', 'light', 'gun'] as const;

/** One of the ways to say which photons, with its value. */
export interface SourceChoice {
  readonly way: (typeof ways)[number];
  readonly value: string;
  /** How generation steps say their material. */
  readonly materialLines?: string | undefined;
  /** Whether a gun's particles scintillate by their kind. */
  readonly byParticle?: boolean | undefined;
}

/** What a source is made with. */
export interface SourceSurroundings {
  readonly detector: Detector;
  readonly scene: Scene;
  readonly seed: bigint;
  /** Shows how far a gun has tracked its particles. */
  readonly terminal: Terminal;
}

/** For the help: how lights and guns are written. */
export const sourceNotes: string = `${lightHelp}\n\n${gunHelp}`;

/** @throws UsageError when there is none, or more than one */
export function readSourceChoice(args: Arguments): SourceChoice {
  const given = ways.filter((way) => args.has(way));
  const [way] = given;
  if (way === undefined) {
    throw new UsageError({
      what: 'no source of photons',
      expected: 'one of --photons FILE, --gensteps FILE, --light "WORDS", --gun "WORDS"',
      hint: 'for example: --light "point at 0 0 0 mm, 420 nm, 1e5 photons"',
    });
  }
  if (given.length > 1) {
    throw new UsageError({
      what: 'more than one source of photons',
      given: given.map((name) => `--${name}`).join(' and '),
      expected: 'one of them',
    });
  }
  const materialLines = args.option('matline');
  if (materialLines !== undefined && way !== 'gensteps') {
    throw new UsageError({
      what: '--matline says which material the steps of a file are in',
      given: `--${way} and --matline`,
      expected: '--gensteps FILE with it',
    });
  }
  const byParticle = args.has('scintillation-by-particle');
  if (byParticle && way !== 'gun') {
    throw new UsageError({
      what: '--scintillation-by-particle is for the particles of a gun',
      given: `--${way} and --scintillation-by-particle`,
      expected: '--gun "WORDS" with it',
    });
  }
  return { way, value: args.option(way) ?? '', materialLines, byParticle };
}

/**
 * Opens the source that was chosen.
 *
 * @throws UsageError for words that are not understood
 */
export async function openSource(
  choice: SourceChoice,
  surroundings: SourceSurroundings,
): Promise<PhotonSource> {
  try {
    return await sourceOf(choice, surroundings);
  } catch (error) {
    if (error instanceof WordsError) throw new UsageError({ ...error.parts, cause: error });
    throw error;
  }
}

async function sourceOf(
  { way, value, materialLines, byParticle }: SourceChoice,
  surroundings: SourceSurroundings,
): Promise<PhotonSource> {
  const { detector, seed } = surroundings;
  switch (way) {
    case 'photons':
      return openPhotonFile(value, { seed, wavelengths: wavelengthRange(detector) });
    case 'gensteps':
      return openSteps(value, materialLines, surroundings);
    case 'light':
      return lightSource(value, detector);
    case 'gun':
      return shootGun(value, byParticle, surroundings);
  }
}

async function openSteps(
  path: string,
  materialLines: string | undefined,
  { detector, scene, terminal }: SourceSurroundings,
): Promise<PhotonSource> {
  const bar = new ProgressBar(terminal, 'steps');
  try {
    return await openGenstepFile(path, {
      detector,
      scene,
      module: await loadKernel(),
      materialLines,
      signal: terminal.signal,
      onProgress: (checked, steps) => bar.update(checked, steps),
    });
  } finally {
    bar.clear();
  }
}

async function shootGun(
  words: string,
  scintillationByParticle: boolean | undefined,
  { detector, scene, seed, terminal }: SourceSurroundings,
): Promise<PhotonSource> {
  const bar = new ProgressBar(terminal, 'particles');
  try {
    return await gunSource(words, {
      detector,
      scene,
      module: await loadKernel(),
      seed,
      scintillationByParticle,
      signal: terminal.signal,
      onProgress: (tracked, events) => bar.update(tracked, events),
    });
  } finally {
    bar.clear();
  }
}
