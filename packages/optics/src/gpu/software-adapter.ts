/** Programs that stand in for a GPU: of Chromium, of Mesa (Vulkan, OpenGL), of Windows. */
const programs = /swiftshader|llvmpipe|lavapipe|softpipe|swrast|microsoft basic render|\bwarp\b/i;

/** What tells a program from a GPU. */
export type AdapterWords = Pick<
  GPUAdapterInfo,
  'vendor' | 'architecture' | 'device' | 'description' | 'isFallbackAdapter'
>;

/**
 * Whether an adapter is a program on the processor: WebGPU says so of those that it knows (`isFallbackAdapter`), the
 * others are known by name. It gives the same photons, slower than the CPU engine.
 */
export function isSoftwareAdapter(info: AdapterWords, name = ''): boolean {
  const { vendor, architecture, device, description, isFallbackAdapter } = info;
  return (
    isFallbackAdapter || programs.test([vendor, architecture, device, description, name].join(' '))
  );
}
