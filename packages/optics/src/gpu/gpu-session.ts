import type { Scene } from '@lantern/geometry';
import type { HitShape } from '../hits/shape-hits.ts';
import { GpuMemory } from './hits/gpu-memory.ts';
import { HitShaper } from './hits/hit-shaper.ts';
import { MemoryPool } from './memory-pool.ts';
import {
  type BatchMemory,
  batchBuffers,
  NamedBuffers,
  type StreamMemory,
  streamBuffers,
} from './named-buffers.ts';
import type { OpenedGpu } from './open-gpu.ts';
import { type KernelNeeds, SceneKernels } from './scene-kernels.ts';

/** Buffers that are kept for the next propagation: of a stream, and of batches that were through. */
const mostSpare = 1;
const mostSpareOfBatches = 8;

/**
 * What stays on a device from propagation to propagation: scenes with their kernels, and buffers. Small propagations of
 * the same scene cost little by that.
 */
export class GpuSession {
  readonly #needs: KernelNeeds;
  readonly #scenes = new WeakMap<Scene, Map<Float64Array | undefined, Promise<SceneKernels>>>();
  readonly streams: MemoryPool<StreamMemory>;
  readonly batches: MemoryPool<BatchMemory>;
  readonly #memoryOfHits: MemoryPool<GpuMemory>;
  readonly #memories = new WeakMap<HitShaper, GpuMemory>();

  constructor(needs: KernelNeeds) {
    const { gpu } = needs;
    this.#needs = needs;
    this.streams = new MemoryPool(() => new NamedBuffers(gpu, streamBuffers), mostSpare);
    this.batches = new MemoryPool(() => new NamedBuffers(gpu, batchBuffers), mostSpareOfBatches);
    this.#memoryOfHits = new MemoryPool(() => new GpuMemory(gpu), mostSpareOfBatches);
  }

  get gpu(): OpenedGpu {
    return this.#needs.gpu;
  }

  /** The scene on the GPU, with a spectrum of lights: brought there once. */
  scene(scene: Scene, lightSpectrum: Float64Array | undefined): Promise<SceneKernels> {
    const ofScene =
      this.#scenes.get(scene) ?? new Map<Float64Array | undefined, Promise<SceneKernels>>();
    this.#scenes.set(scene, ofScene);
    const found = ofScene.get(lightSpectrum);
    if (found) return found;
    const made = SceneKernels.create(this.#needs, scene, lightSpectrum);
    ofScene.set(lightSpectrum, made);
    made.catch(() => ofScene.delete(lightSpectrum));
    return made;
  }

  /** What makes the forms of hits of one batch after the other, until it is given back. */
  async hitShaper(shape: HitShape, withChildren: boolean): Promise<HitShaper> {
    const { gpu, form } = this.#needs;
    const memory = this.#memoryOfHits.take();
    const shaper = await HitShaper.create(gpu, shape, { form, withChildren, memory });
    this.#memories.set(shaper, memory);
    return shaper;
  }

  /** Keeps its buffers for a later one, when it is through; after an error there are none. */
  async giveHitShaper(shaper: HitShaper): Promise<void> {
    await shaper.close();
    const memory = this.#memories.get(shaper);
    if (memory) this.#memoryOfHits.give(memory);
  }
}
