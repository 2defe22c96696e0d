import { createCpuEngine } from '../src/cpu/cpu-engine.node.ts';
import type { Engine } from '../src/engine.ts';
import { createGpuEngine } from '../src/gpu/gpu-engine.node.ts';
import { skipSoftwareGpu, testedGpu } from './software-gpu.ts';

/** An engine that the contract is for. */
export interface TriedEngine {
  readonly name: string;
  open(): Promise<Engine>;
  /** Photons of a case: software in place of a GPU is slow. */
  readonly photons: number;
  /** Why it cannot be tried on this machine; absent where it can. */
  readonly missing?: string;
  /** Cases of the contract that it cannot do, by their titles, each with its reason. */
  readonly cannot: Readonly<Record<string, string>>;
}

/** Every engine there is: a new one adds itself here and has to do all that `engine-contract.test.ts` asks. */
export const engines: readonly TriedEngine[] = [
  { name: 'cpu', open: async () => createCpuEngine(), photons: 20_000, cannot: {} },
  {
    name: 'gpu',
    open: () => createGpuEngine(testedGpu),
    photons: testedGpu.software ? 2000 : 20_000,
    missing: skipSoftwareGpu ? 'there is no software GPU' : 'it propagates nothing yet',
    cannot: {},
  },
];
