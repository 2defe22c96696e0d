import { createCpuEngine } from '../src/cpu/cpu-engine.node.ts';
import type { Engine } from '../src/engine.ts';
import { createGpuEngineOn } from '../src/gpu/gpu-engine.ts';
import { openSoftwareGpu, skipSoftwareGpu, testedGpu } from './software-gpu.ts';

/** An engine that is tried. */
export interface OpenedEngine {
  readonly engine: Engine;
  /** Takes away what it runs on, as when a driver resets; absent where nothing can. */
  readonly lose?: () => void;
}

/** An engine that the contract is for. */
export interface TriedEngine {
  readonly name: string;
  open(): Promise<OpenedEngine>;
  /** Photons of a case: software in place of a GPU is slow. */
  readonly photons: number;
  /** Why it cannot be tried on this machine; absent where it can. */
  readonly missing?: string;
  /** Cases of the contract that it cannot do, by their titles, each with its reason. */
  readonly cannot: Readonly<Record<string, string>>;
}

/** Every engine there is: a new one adds itself here and has to do all that `engine-contract.test.ts` asks. */
export const engines: readonly TriedEngine[] = [
  {
    name: 'cpu',
    open: async () => ({ engine: createCpuEngine() }),
    photons: 20_000,
    cannot: {
      '[ENG12] ends with an error when what it runs on is lost; what was done is readable':
        'the cores cannot be taken away',
    },
  },
  {
    name: 'gpu',
    open: async () => {
      const gpu = await openSoftwareGpu();
      return { engine: await createGpuEngineOn(gpu), lose: () => gpu.device.destroy() };
    },
    photons: testedGpu.software ? 2000 : 20_000,
    ...(skipSoftwareGpu && { missing: 'there is no software GPU' }),
    cannot: {},
  },
];
