import { availableParallelism, cpus } from 'node:os';
import type { Engine } from '@lantern/optics';
import { createCpuEngine } from '@lantern/optics/node';

/** An engine that is measured. */
export interface BenchedEngine {
  readonly engine: Engine;
  /** What it runs on. */
  readonly device: string;
  /** Whether that is what it was made for: not a program in place of a GPU. */
  readonly isReal: boolean;
  /** The CPU engine beside it; undefined where it is that one. */
  readonly cpu: Engine | undefined;
}

/** Names that `--engine` takes. */
export const engineNames = ['cpu'] as const;

/** @throws OpticsError where the machine has no such engine */
export async function openEngine(_name: (typeof engineNames)[number]): Promise<BenchedEngine> {
  const device = `${(cpus()[0]?.model ?? 'unknown').trim()}, ${availableParallelism()} cores`;
  return { engine: createCpuEngine(), device, isReal: true, cpu: undefined };
}
