import { packScene } from '@lantern/geometry';
import { describe, expect, test } from 'vitest';
import type { Engine, PhotonBatch } from '../src/engine.ts';
import { createGpuEngineOn } from '../src/gpu/gpu-engine.ts';
import { hitKinds } from '../src/hits/hit-forms.ts';
import { plainForms } from './plain-forms.ts';
import { shiftingDetector, ultraviolet } from './shifting-detector.ts';
import { openSoftwareGpu, skipSoftwareGpu } from './software-gpu.ts';

const scene = packScene(shiftingDetector({ first: 2.5, second: 1.5 }));

async function batchesOf(engine: Engine, keepPhotons: boolean): Promise<PhotonBatch[]> {
  const batches: PhotonBatch[] = [];
  const hitForms = { kinds: hitKinds, window: 3 };
  const request = { seed: 5n, source: ultraviolet(600), batchSize: 400, threads: 1, hitForms };
  await engine.propagate(scene, { ...request, keepPhotons }, (batch) => {
    batches.push(batch);
  });
  return batches;
}

/** But for the rows that are asked for. */
function childrenOf({ children }: PhotonBatch): unknown {
  if (!children) return undefined;
  const { first, count, parents } = children;
  return { ...{ first, count, parents }, ...plainForms(children) };
}

describe.skipIf(skipSoftwareGpu)('children of the GPU engine', () => {
  test('[HIT14] of which the hits alone are read have the same as those of which all is read', async () => {
    const gpu = await openSoftwareGpu();
    const engine = await createGpuEngineOn(gpu);
    const [read, kept] = [await batchesOf(engine, false), await batchesOf(engine, true)];
    expect(read.map(({ count }) => count)).toEqual([400, 200]);
    for (const [i, batch] of read.entries()) {
      const { children, ...other } = kept[i] ?? batch;
      expect(children?.photons?.length).toBeGreaterThan(16 * batch.count);
      expect(batch.children?.photons).toBeUndefined();
      expect(batch.children?.hits.length).toBeGreaterThan(batch.hits.length);
      expect(plainForms(batch)).toEqual(plainForms(other));
      expect(childrenOf(batch)).toEqual(childrenOf({ ...batch, children }));
    }
    gpu.close();
  }, 600_000);
});
