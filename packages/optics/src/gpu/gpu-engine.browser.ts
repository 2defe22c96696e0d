import type { Engine } from '../engine.ts';
import type { GpuChoice } from './gpu-choice.ts';
import { browserGpuPlatform } from './gpu-device.browser.ts';
import { createGpuEngineOn } from './gpu-engine.ts';
import { openGpu } from './open-gpu.ts';

/**
 * The GPU engine by way of the browser's WebGPU, on a page or in a worker. It holds the GPU until `close`.
 *
 * @throws NoGpuError where the browser gives the page no such GPU
 */
export async function createGpuEngine(choice: GpuChoice = {}): Promise<Engine> {
  return await createGpuEngineOn(await openGpu(browserGpuPlatform, choice));
}
