import { loadVulkan, setup } from '../../../tools/software-vulkan.mjs';
import { nodeGpuPlatform } from '../src/gpu/gpu-device.node.ts';
import { type OpenedGpu, openGpu } from '../src/gpu/open-gpu.ts';

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

/** Whether tests on the software GPU are skipped: where there is none, but never under CI, where they fail. */
export const skipSoftwareGpu: boolean = found !== true && !process.env.CI;

if (skipSoftwareGpu) process.stderr.write(`tests on a software GPU are skipped: ${found}\n`);

/** @throws NoGpuError on a machine without one */
export function openSoftwareGpu(): Promise<OpenedGpu> {
  return openGpu(nodeGpuPlatform(), { software: true });
}
