import type { Engine } from '../engine.ts';
import { OpticsError } from '../errors.ts';
import { arithmeticOf } from './arithmetic-probe.ts';
import type { OpenedGpu } from './open-gpu.ts';

/**
 * The engine that runs the WGSL kernel on a GPU, which is the engine's own from then on: `close` ends it.
 *
 * @throws NoGpuError where the GPU's arithmetic does not do
 */
export async function createGpuEngineOn(gpu: OpenedGpu): Promise<Engine> {
  await arithmeticOf(gpu);
  return {
    name: 'gpu',
    adapter: gpu.name,
    propagate: async () => {
      gpu.throwIfFailed();
      throw new OpticsError({ what: 'the GPU engine cannot propagate photons yet' });
    },
    close: gpu.close,
  };
}
