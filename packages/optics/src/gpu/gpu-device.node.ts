import { NoGpuError } from '../errors.ts';
import { restDuring } from './dawn-rest.node.ts';
import { type GpuFacts, gpusOf } from './gpu-list.ts';
import type { GpuPlatform, OfferedGpu } from './gpu-platform.ts';
import { isSoftwareAdapter } from './software-adapter.ts';

/** What is used of the package `webgpu`: Dawn, Chromium's WebGPU, for Node. Its types clash with those of TypeScript. */
interface Dawn {
  /** @param flags `NAME=VALUE` */
  create(flags: readonly string[]): GPU;
}

/** An adapter as Dawn lists it. */
interface Listed {
  readonly backend: string;
  readonly name: string;
}

/** In words what Dawn calls the way to a driver. */
const backends: Readonly<Record<string, string>> = {
  vulkan: 'Vulkan',
  metal: 'Metal',
  d3d12: 'Direct3D 12',
  d3d11: 'Direct3D 11',
  opengl: 'OpenGL',
  opengles: 'OpenGL ES',
};

/** Dawn's own order: GPUs on a card before those of a processor, software last. */
const fastest = { powerPreference: 'high-performance' } as const;

/**
 * GPUs by way of Dawn: Vulkan on Linux, Metal on macOS, Direct3D 12 on Windows.
 *
 * Dawn checks indices into buffers in its kernels (`disable_robustness` would end that), and they stay checked: the
 * kernel's own addresses come out of the scene, a scene out of a file may be wrong, and what is written beyond a buffer
 * is memory of other programs on this GPU. On Vulkan the hardware does it where the driver has VK_EXT_robustness2.
 *
 * @param flags for measurements: Dawn's, such as `enable-dawn-features=dump_shaders`
 */
export function nodeGpuPlatform(flags: readonly string[] = []): GpuPlatform {
  return {
    offers: () => offers(flags),
    advice: ({ software }) => (software ? softwareHint : driverHint()),
  };
}

/** As `gpusOf`: what Dawn finds on this machine. */
export function listGpus(): Promise<readonly GpuFacts[]> {
  return gpusOf(nodeGpuPlatform());
}

async function offers(flags: readonly string[]): Promise<OfferedGpu[]> {
  const dawn = await loadDawn();
  const found: OfferedGpu[] = [];
  const listed = await list(dawn, flags);
  for (const one of distinct(listed)) {
    const offer = await offerOf(dawn, flags, one, listed);
    if (offer) found.push(offer);
  }
  return found;
}

/** @throws NoGpuError where the package is not installed, or has no build for this machine */
async function loadDawn(): Promise<Dawn> {
  // Not a literal, so that TypeScript does not load the package's types.
  const name: string = 'webgpu';
  try {
    return (await import(/* @vite-ignore */ name)) as Dawn;
  } catch (cause) {
    const missing = codeOf(cause) === 'ERR_MODULE_NOT_FOUND';
    throw new NoGpuError({
      what: missing
        ? 'the package webgpu is not installed'
        : `the package webgpu cannot be loaded: ${firstLine(cause)}`,
      hint: missing
        ? '`npm install webgpu` in the folder of Lantern; it is an optional dependency'
        : `it is built for Linux, macOS and Windows on x64 and arm64; this is ${process.platform} on ${process.arch}`,
      cause,
    });
  }
}

/**
 * By their flags. They are kept for the life of the process: when the garbage collector takes one, Node ends with `Invalid
 * argument` (webgpu 0.6.2).
 */
const instances = new Map<string, GPU>();

function instance(dawn: Dawn, flags: readonly string[]): GPU {
  const key = flags.join('\n');
  const made = instances.get(key) ?? dawn.create(flags);
  instances.set(key, made);
  return made;
}

/** No adapter is called so: Dawn answers with the list of those that there are. */
const nobody = 'none of them';

/** All adapters, the fastest first; Dawn has no other way to list them. */
async function list(dawn: Dawn, flags: readonly string[]): Promise<Listed[]> {
  const error = await instance(dawn, [...flags, `adapter=${nobody}`])
    .requestAdapter(fastest)
    .then(
      () => undefined,
      (reason: unknown) => reason,
    );
  const text = error instanceof Error ? error.message : String(error ?? '');
  return [...text.matchAll(/^ \* backend: '(.*?)', name: '(.*)'$/gm)].map(
    ([, backend = '', name = '']) => ({ backend, name }),
  );
}

/** Each name once: of several of the same name, Dawn gives the first alone. */
function distinct(listed: readonly Listed[]): Listed[] {
  return listed.filter(({ name }, i) => listed.findIndex((other) => other.name === name) === i);
}

async function offerOf(
  dawn: Dawn,
  flags: readonly string[],
  { backend, name }: Listed,
  listed: readonly Listed[],
): Promise<OfferedGpu | undefined> {
  const adapter = await instance(dawn, [...flags, `adapter=${name}`]).requestAdapter(fastest);
  if (!adapter) return undefined;
  const alike = listed.filter((other) => other.name === name).length;
  const way = backends[backend] ?? backend;
  return {
    name: `${name} (${alike > 1 ? `${way}, the first of ${alike}` : way})`,
    isSoftware: isSoftwareAdapter(adapter.info, name),
    adapter,
    restDuring,
  };
}

function driverHint(): string {
  const system = drivers[process.platform] ?? 'install its driver';
  return `${system}; docs/gpu.md has more; the CPU engine needs no GPU`;
}

const drivers: Readonly<Record<string, string>> = {
  linux:
    "install the GPU's Vulkan driver (Debian: libvulkan1 with mesa-vulkan-drivers, or nvidia-driver) and let this user open /dev/dri/renderD*",
  win32: "install the GPU's driver with Direct3D 12",
  darwin: 'macOS 13 or later on a Mac with Metal is needed',
};

const softwareHint =
  'let VK_ADD_DRIVER_FILES name the vk_swiftshader_icd.json of Chromium; or, newer than in Debian 12, install libvulkan1 mesa-vulkan-drivers, which has llvmpipe';

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? '';
}
