import type { Engine } from '../engine.ts';
import type { GpuChoice } from './gpu-choice.ts';
import { nodeGpuPlatform } from './gpu-device.node.ts';
import { createGpuEngineOn } from './gpu-engine.ts';
import { openGpu } from './open-gpu.ts';

/**
 * The GPU engine by way of Dawn. It holds the GPU until `close`.
 *
 * @throws NoGpuError where there is no such GPU
 */
export async function createGpuEngine(choice: GpuChoice = {}): Promise<Engine> {
  return await createGpuEngineOn(await openGpu(nodeGpuPlatform(), choice));
}
