import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCpuEngine, loadKernel } from '../src/cpu/cpu-engine.node.ts';
import type { Engine } from '../src/engine.ts';
import { createGpuEngine } from '../src/gpu/gpu-engine.node.ts';
import { prepareTwinCase, type TwinCase } from '../src/validation/twin-cases.ts';
import { compareTwins } from '../src/validation/twin-comparison.ts';
import { tellParting } from '../src/validation/twin-parting.ts';
import { skipSoftwareGpu, testedGpu } from './software-gpu.ts';

/** Few: a software GPU takes its time for the kernel, and `npm run validate -- --engine gpu:software` has more. */
const photons = 600;

/** Galleries on the CPU and on the GPU, photon by photon. */
export function tryTwins(title: string, galleries: readonly TwinCase[]): void {
  describe.skipIf(skipSoftwareGpu)('the GPU engine beside the CPU engine, photon by photon', () => {
    let gpu: Engine;
    let kernel: WebAssembly.Module;
    beforeAll(async () => {
      gpu = await createGpuEngine(testedGpu);
      kernel = await loadKernel();
    });
    afterAll(() => gpu?.close?.());

    it.each(galleries)(`${title}: $title`, { timeout: 600_000 }, async (one) => {
      const { scene, source } = prepareTwinCase(one, photons);
      const twins = await compareTwins(
        [createCpuEngine(), gpu],
        scene,
        {
          ...{ seed: 5n, source, threads: 1, batchSize: 40 },
          ...{ recordSteps: one.steps, maxBounces: one.steps },
        },
        { kernel },
      );
      const unexplained = twins.partings.filter(({ rounding }) => rounding === undefined);
      expect(unexplained.map((parting) => tellParting(parting, scene, ['cpu', 'gpu']))).toEqual([]);
      // One in a thousand is the limit of many; of so few, three.
      expect(twins.differing).toBeLessThanOrEqual(3);
      expect(twins.counters).toMatchObject({ differing: [] });
      expect(twins.counters.photons).toBeGreaterThan(photons / 2);
      expect(twins.distances.median).toBeLessThan(1e-3);
    });
  });
}
