import { NoGpuError } from '../errors.ts';
import { type GpuFacts, gpusOf } from './gpu-list.ts';
import type { GpuPlatform, OfferedGpu } from './gpu-platform.ts';
import { isSoftwareAdapter } from './software-adapter.ts';

/** What a page may ask for; a browser answers several with the same GPU. */
const requests: readonly GPURequestAdapterOptions[] = [
  { powerPreference: 'high-performance' },
  { powerPreference: 'low-power' },
  { forceFallbackAdapter: true },
];

/** The GPUs that the browser gives to pages, on a page or in a worker. */
export const browserGpuPlatform: GpuPlatform = {
  offers,
  advice: ({ software }) =>
    software
      ? 'Chromium has one with --enable-unsafe-swiftshader --use-webgpu-adapter=swiftshader'
      : 'see chrome://gpu or about:support for what the browser makes of the GPU; createCpuEngine needs none',
};

/** As `gpusOf`: what the browser gives to this page. */
export function listGpus(): Promise<readonly GpuFacts[]> {
  return gpusOf(browserGpuPlatform);
}

async function offers(): Promise<OfferedGpu[]> {
  const gpu: GPU | undefined = globalThis.navigator?.gpu;
  if (!gpu) throw noWebGpu();
  const found: OfferedGpu[] = [];
  for (const request of requests) {
    const adapter = await gpu.requestAdapter(request);
    if (!adapter) continue;
    const name = nameOf(adapter.info);
    if (found.some((other) => other.name === name)) continue;
    found.push({ name, isSoftware: isSoftwareAdapter(adapter.info), adapter });
  }
  return found;
}

/** Browsers leave fields empty that would tell too much of a visitor. */
function nameOf({ description, device, vendor, architecture }: GPUAdapterInfo): string {
  return description || device || [vendor, architecture].filter(Boolean).join(' ') || 'a GPU';
}

function noWebGpu(): NoGpuError {
  return new NoGpuError({
    what: 'this page has no WebGPU',
    hint: globalThis.isSecureContext
      ? 'a browser with WebGPU is needed: Chromium 113, Firefox 141, Safari 26 or later, where the system has a driver'
      : 'WebGPU is for pages served by https, or from localhost',
  });
}
