import { loadVulkan, setup } from '../../../tools/software-vulkan.mjs';
import type { GpuChoice } from '../src/gpu/gpu-choice.ts';
import { nodeGpuPlatform } from '../src/gpu/gpu-device.node.ts';
import { type OpenedGpu, openGpu } from '../src/gpu/open-gpu.ts';

const asked = process.env.LANTERN_TEST_GPU;

/** What tests of the GPU run on: the software GPU, or where LANTERN_TEST_GPU says so a GPU of that name, or `any`. */
export const testedGpu: GpuChoice = !asked
  ? { software: true }
  : asked === 'any'
    ? {}
    : { gpu: asked };

// Before Dawn is loaded; in a worker of Vitest the variables are set already.
setup();
loadVulkan();

const found = await openSoftwareGpu().then(
  (gpu) => {
    gpu.close();
    return true;
  },
  (error: unknown) => String(error),
);

/** Whether tests on it are skipped: where there is none, but never under CI, nor where one is asked for: there they fail. */
export const skipSoftwareGpu: boolean = found !== true && !process.env.CI && !asked;

if (skipSoftwareGpu) process.stderr.write(`tests on a software GPU are skipped: ${found}\n`);

/** @throws NoGpuError on a machine without one */
export function openSoftwareGpu(): Promise<OpenedGpu> {
  return openGpu(nodeGpuPlatform(), testedGpu);
}
