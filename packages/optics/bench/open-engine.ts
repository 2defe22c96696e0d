import { availableParallelism, cpus } from 'node:os';
import type { Engine } from '@lantern/optics';
import { createCpuEngine, createGpuEngine, listGpus } from '@lantern/optics/node';

/** An engine that is measured. */
export interface BenchedEngine {
  readonly engine: Engine;
  /** What it runs on. */
  readonly device: string;
  /** Whether that is what it was made for: not a program in place of a GPU. */
  readonly isReal: boolean;
  /** The CPU engine beside it; undefined where it is that one. */
  readonly cpu: Engine | undefined;
  /** Seconds that it took to open it: a device with its driver. */
  readonly opened: number;
}

/** What `--engine` takes: cpu, gpu, gpu:software, or gpu: and a part of a GPU's name. */
export const engineNames = /^(cpu|gpu(:.+)?)$/;

/** @throws OpticsError where the machine has no such engine */
export async function openEngine(name: string): Promise<BenchedEngine> {
  const begin = performance.now();
  const since = (): number => (performance.now() - begin) / 1000;
  if (name === 'cpu') {
    const device = `${(cpus()[0]?.model ?? 'unknown').trim()}, ${availableParallelism()} cores`;
    const engine = createCpuEngine();
    return { engine, device, isReal: true, cpu: undefined, opened: since() };
  }
  const which = name.slice('gpu:'.length);
  const choice = which === 'software' ? { software: true } : which === '' ? {} : { gpu: which };
  const engine = await createGpuEngine(choice);
  const opened = since();
  const device = engine.adapter ?? 'a GPU';
  const isReal = (await listGpus()).some((one) => one.name === device && !one.isSoftware);
  return { engine, device, isReal, cpu: createCpuEngine(), opened };
}
