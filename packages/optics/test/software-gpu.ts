import { loadVulkan, setup } from '../../../tools/software-vulkan.mjs';

/** A device of the software GPU, and what reads its errors. */
export interface SoftwareGpu {
  readonly adapter: GPUAdapter;
  readonly device: GPUDevice;
}

// Before Dawn is loaded; in a worker of Vitest the variables are set already.
setup();
loadVulkan();

const whySkipped = 'no software GPU: Debian: apt install chromium';

const gpu = await import('webgpu').then(
  ({ create, globals }) => {
    Object.assign(globalThis, globals);
    return create([]);
  },
  // An optional dependency, not installed.
  () => undefined,
);

const found = (await gpu?.requestAdapter({ forceFallbackAdapter: true })) ?? undefined;

/** Whether tests on the software GPU are skipped: where there is none, but never under CI, where they fail. */
export const skipSoftwareGpu: boolean = found === undefined && !process.env.CI;

if (skipSoftwareGpu) process.stderr.write(`tests on it are skipped: ${whySkipped}\n`);

/**
 * The software GPU, with a device of its own. An adapter gives one device only.
 *
 * @throws without one
 */
export async function openSoftwareGpu(limits: Record<string, number> = {}): Promise<SoftwareGpu> {
  const adapter = await gpu?.requestAdapter({ forceFallbackAdapter: true });
  if (!adapter) throw new Error(whySkipped);
  return { adapter, device: await adapter.requestDevice({ requiredLimits: limits }) };
}
