import { readFileSync } from 'node:fs';
import { packScene, readGdml } from '@lantern/geometry';
import { describe, expect, it } from 'vitest';
import { arithmeticOf } from '../src/gpu/arithmetic-probe.ts';
import { createGpuEngineOn } from '../src/gpu/gpu-engine.ts';
import type { OpenedGpu } from '../src/gpu/open-gpu.ts';
import { lightSource } from '../src/sources/light/light-source.ts';
import { openSoftwareGpu, skipSoftwareGpu } from './software-gpu.ts';

/** The same device, as if it could not bind larger buffers. */
function withSmallBuffers(gpu: OpenedGpu, bytes: number): OpenedGpu {
  const { maxUniformBufferBindingSize } = gpu.device.limits;
  const limits = { maxBufferSize: bytes, maxStorageBufferBindingSize: bytes };
  const device = new Proxy(gpu.device, {
    get: (target, name: keyof GPUDevice) => {
      if (name === 'limits') return { ...limits, maxUniformBufferBindingSize };
      const value: unknown = target[name];
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  return { ...gpu, device };
}

describe.skipIf(skipSoftwareGpu)('limits of a GPU', () => {
  it('[DEV3] a scene that is too large for its buffers is an error that says so', async () => {
    const file = new URL('data/tank.gdml', import.meta.url);
    const detector = readGdml(readFileSync(file, 'utf8'), { file: 'tank.gdml' });
    const source = lightSource('point at 0 0 0 mm 420 nm 10 photons', detector);
    const gpu = await openSoftwareGpu();
    // Found out before, with larger buffers than the scene needs.
    await arithmeticOf(gpu);
    const scene = packScene(detector);
    const most = scene.buffer.byteLength - 16;
    const engine = await createGpuEngineOn(withSmallBuffers(gpu, most));
    try {
      const request = { seed: 1n, source, threads: 1 };
      await expect(engine.propagate(scene, request, () => {})).rejects.toThrow(
        /^the scene is too large for the GPU: given .*, expected at most /,
      );
    } finally {
      engine.close?.();
    }
  });
});
