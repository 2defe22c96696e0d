import { type Engine, type GpuChoice, NoGpuError } from '@lantern/optics';
import { createCpuEngine, createGpuEngine } from '@lantern/optics/node';
import { nearest } from '@lantern/units';
import type { Arguments, Option, Terminal } from './command.ts';
import { UsageError } from './errors.ts';

/** Which engine is to follow the photons. */
export interface EngineChoice {
  readonly kind: 'cpu' | 'gpu' | 'auto';
  /** Of `gpu`. */
  readonly gpu: GpuChoice;
}

/** The option of all commands that follow photons. */
export const engineOption: Option = {
  value: 'KIND',
  doc: 'What follows the photons. Default: cpu.',
  details: [
    'cpu           the cores of this machine: same seed, same bytes, on any machine',
    'gpu           the fastest GPU: the same photons but for rounding, so other bytes',
    'gpu:NAME      the GPU with this in its name, or of this number in `lantern gpus`',
    'gpu:software  a program that does the work of a GPU: slow, for tests',
    'auto          a GPU if there is one, else the cores; says which',
  ].join('\n'),
};

const kinds = ['cpu', 'gpu', 'auto'] as const;

/** @throws UsageError that names what was given, with the nearest kind */
export function readEngineChoice(args: Arguments): EngineChoice {
  const text = (args.option('engine') ?? 'cpu').trim();
  const [word = '', ...rest] = text.split(':');
  const name = rest.join(':').trim();
  const kind = kinds.find((known) => known === word.trim());
  if (kind === undefined || (rest.length > 0 && (kind !== 'gpu' || name === ''))) {
    const near = kind ?? nearest(word, kinds);
    throw new UsageError({
      what: 'wrong --engine',
      given: `'${text}'`,
      expected: 'cpu, gpu, gpu:NAME, gpu:software or auto',
      hint: near && near !== text ? `did you mean ${near}?` : undefined,
    });
  }
  if (name === '') return { kind, gpu: {} };
  return { kind, gpu: name === 'software' ? { software: true } : { gpu: name } };
}

/**
 * The engine that was chosen; it says on `terminal.err` which one, unless it is the CPU engine by name.
 *
 * @throws NoGpuError where there is no such GPU; never for `auto`
 */
export async function openEngine(
  { kind, gpu }: EngineChoice,
  terminal: Pick<Terminal, 'err'>,
): Promise<Engine> {
  if (kind === 'cpu') return createCpuEngine();
  try {
    const engine = await createGpuEngine(gpu);
    terminal.err(`engine: ${engine.name}, ${engine.adapter}\n`);
    return engine;
  } catch (error) {
    if (kind === 'gpu' || !(error instanceof NoGpuError)) throw error;
    terminal.err(`engine: cpu, as ${error.parts.what}\n`);
    return createCpuEngine();
  }
}
