import { describe, expect, it } from 'vitest';
import { NoGpuError, OpticsError } from '../src/errors.ts';
import { bufferUsage, createBuffer } from '../src/gpu/gpu-buffer.ts';
import { nodeGpuPlatform } from '../src/gpu/gpu-device.node.ts';
import type { GpuPlatform, OfferedGpu } from '../src/gpu/gpu-platform.ts';
import { createPipeline } from '../src/gpu/gpu-shader.ts';
import { type OpenedGpu, openGpu } from '../src/gpu/open-gpu.ts';
import { isSoftwareAdapter } from '../src/gpu/software-adapter.ts';
import { skipSoftwareGpu } from './software-gpu.ts';

/** A platform with these GPUs; asked for a device, they reject with their name. */
function platformOf(
  ...gpus: readonly (readonly [name: string, isSoftware: boolean])[]
): GpuPlatform {
  const offers = gpus.map(
    ([name, isSoftware]): OfferedGpu => ({
      name,
      isSoftware,
      adapter: {
        limits: {},
        features: new Set(),
        requestDevice: () => Promise.reject(new Error(`taken: ${name}`)),
      } as unknown as GPUAdapter,
    }),
  );
  return { offers: async () => offers, advice: () => 'the advice' };
}

const both = platformOf(['Big One', false], ['Small One', false], ['llvmpipe', true]);

describe('which GPU is taken', () => {
  it.each([
    [{}, 'Big One'],
    [{ gpu: 'small' }, 'Small One'],
    [{ gpu: '2' }, 'Small One'],
    [{ gpu: 'one' }, 'Big One'],
    [{ software: true }, 'llvmpipe'],
    [{ software: true, gpu: '3' }, 'llvmpipe'],
  ])('[DEV1] %j: %s', async (choice, name) => {
    await expect(openGpu(both, choice)).rejects.toThrow(
      `the GPU ${name} cannot be used: given taken: ${name}`,
    );
  });

  it.each([
    [platformOf(), {}, /^no GPU was found \(the advice\)$/],
    [platformOf(), { software: true }, /^no software GPU was found \(the advice\)$/],
    [
      platformOf(['llvmpipe', true]),
      {},
      /^no GPU was found, only software in its place: llvmpipe \(the advice\)$/,
    ],
    [
      platformOf(['Big One', false]),
      { software: true },
      /^no software GPU was found, but Big One \(the advice\)$/,
    ],
    [
      both,
      { gpu: 'radeon' },
      /^no such GPU: given 'radeon', expected a part of a name, or a number, of: 1 Big One, 2 Small One, 3 llvmpipe$/,
    ],
    [both, { gpu: '0' }, /^no such GPU: given '0'/],
    [both, { gpu: 'llvm' }, /only software in its place: llvmpipe/],
  ])('[DEV2] says what there is instead: %#', async (platform, choice, message) => {
    const opening = openGpu(platform, choice);
    await expect(opening).rejects.toThrow(message);
    await expect(opening).rejects.toBeInstanceOf(NoGpuError);
  });

  it.each([
    [{ vendor: 'google', architecture: 'swiftshader' }, true],
    [{ description: 'SwiftShader driver 5.0.0' }, true],
    [{ device: 'llvmpipe-llvm-15-0-6-256-bits' }, true],
    [{ description: 'Microsoft Basic Render Driver' }, true],
    [{ isFallbackAdapter: true }, true],
    [{ vendor: 'nvidia', device: 'nvidia-h200' }, false],
    [{ vendor: 'apple', architecture: 'metal-3' }, false],
    [{ vendor: 'intel', description: 'Intel open-source Mesa driver' }, false],
  ])('[DEV1] knows software: %j', (words, isSoftware) => {
    const none = { vendor: '', architecture: '', device: '', description: '' };
    expect(isSoftwareAdapter({ ...none, isFallbackAdapter: false, ...words })).toBe(isSoftware);
  });
});

describe.skipIf(skipSoftwareGpu)('a device', () => {
  const opened = async <T>(use: (gpu: OpenedGpu) => Promise<T>): Promise<T> => {
    const gpu = await openGpu(nodeGpuPlatform(), { software: true });
    try {
      return await use(gpu);
    } finally {
      gpu.close();
    }
  };
  const kernel = { what: 'the kernel', entryPoint: 'run', layout: 'auto' } as const;

  it('[DEV3] has the largest buffers that its adapter allows', async () => {
    const offers = await nodeGpuPlatform().offers();
    const limits = offers.find(({ isSoftware }) => isSoftware)?.adapter.limits;
    await opened(async ({ device }) => {
      expect(device.limits.maxBufferSize).toBe(limits?.maxBufferSize);
      expect(device.limits.maxStorageBufferBindingSize).toBe(limits?.maxStorageBufferBindingSize);
      expect(device.limits.maxStorageBuffersPerShaderStage).toBeGreaterThanOrEqual(8);
    });
  });

  it('[DEV3] says what is too large for a buffer, and how large it may be', async () => {
    await opened(async (gpu) => {
      const limit = gpu.device.limits.maxStorageBufferBindingSize;
      const { storage, uniform } = bufferUsage;
      const scene = createBuffer(gpu, { what: 'the scene', size: limit + 4, usage: storage });
      await expect(scene).rejects.toThrow(
        /^the scene: too large for a buffer of the GPU .*: given \d+ MiB, expected at most \d+ MiB/,
      );
      const settings = createBuffer(gpu, { what: 'the settings', size: 2 ** 26, usage: uniform });
      await expect(settings).rejects.toThrow('the settings: too large');
    });
  });

  it('[DEV3] says for what the memory is not enough', async () => {
    await opened(async (gpu) => {
      const size = gpu.device.limits.maxStorageBufferBindingSize;
      const fill = async (): Promise<void> => {
        for (let i = 0; i < 64; i++)
          await createBuffer(gpu, { what: 'the hits', size, usage: bufferUsage.storage });
      };
      await expect(fill()).rejects.toThrow(
        /^not enough memory on the GPU .* for the hits, \d+ MiB/,
      );
      // The device lives on.
      await createBuffer(gpu, { what: 'the rest', size: 4, usage: bufferUsage.storage });
    });
  });

  it('[DEV4] quotes the line that does not compile', async () => {
    await opened(async (gpu) => {
      const code = '@compute @workgroup_size(64)\nfn run() {\n  let x: u32 = frobnicate();\n}';
      await expect(createPipeline(gpu, { ...kernel, code })).rejects.toThrow(
        /^WGSL:3:16: the kernel does not compile on the GPU .*frobnicate.*: given 'let x: u32 = frobnicate\(\);'/,
      );
      const place = (line: number): { file: string; line: number } => ({
        file: 'a.wgsl',
        line: line + 7,
      });
      await expect(createPipeline(gpu, { ...kernel, code, place })).rejects.toThrow(
        /^a.wgsl:10:16: /,
      );
      const other = '@compute @workgroup_size(64)\nfn walk() {}';
      await expect(createPipeline(gpu, { ...kernel, code: other })).rejects.toThrow(
        /^the kernel cannot be made ready for the GPU .*run/,
      );
      await createPipeline(gpu, { ...kernel, code: '@compute @workgroup_size(64)\nfn run() {}' });
    });
  });

  it('[DEV5] ends what waits for a device that is lost, and all that comes after', async () => {
    await opened(async (gpu) => {
      const waiting = gpu.guard(new Promise(() => {}));
      gpu.device.destroy();
      await expect(waiting).rejects.toThrow(/^the GPU was lost while it worked: /);
      await expect(waiting).rejects.toBeInstanceOf(OpticsError);
      await expect(gpu.guard(Promise.resolve(1))).rejects.toThrow('the GPU was lost');
      expect(() => gpu.throwIfFailed()).toThrow('the GPU was lost');
    });
  });

  it('[DEV5] ends what waits when the device reports an error that nobody asked for', async () => {
    await opened(async (gpu) => {
      const waiting = gpu.guard(new Promise(() => {}));
      gpu.device.createBuffer({ size: 2 ** 50, usage: bufferUsage.storage });
      await expect(waiting).rejects.toThrow(/^the GPU reports an error: .*Buffer size/);
    });
  });

  it('[DEV5] ends what waits when it is closed', async () => {
    await opened(async (gpu) => {
      const waiting = gpu.guard(new Promise(() => {}));
      gpu.close();
      await expect(waiting).rejects.toThrow(/was closed$/);
    });
  });
});
