import type { Scene } from '@lantern/geometry';
import type { HitShape } from '../hits/shape-hits.ts';
import { GpuMemory } from './hits/gpu-memory.ts';
import { HitShaper } from './hits/hit-shaper.ts';
import { LaneMemory } from './lane-memory.ts';
import type { OpenedGpu } from './open-gpu.ts';
import { type KernelNeeds, SceneKernels } from './scene-kernels.ts';

/** Buffers of lanes that are kept for the next propagation. */
const mostSpare = 2;

/**
 * What stays on a device from propagation to propagation: scenes with their kernels, and buffers. Small propagations of
 * the same scene cost little by that.
 */
export class GpuSession {
  readonly #needs: KernelNeeds;
  readonly #scenes = new WeakMap<Scene, Map<Float64Array | undefined, Promise<SceneKernels>>>();
  readonly #spare: LaneMemory[] = [];
  readonly #spareOfHits: GpuMemory[] = [];

  constructor(needs: KernelNeeds) {
    this.#needs = needs;
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

  /** What makes the forms of hits of a propagation, until it is given back. */
  async hitShaper(shape: HitShape, withChildren: boolean): Promise<HitShaper> {
    const { gpu, form } = this.#needs;
    const memory = this.#spareOfHits.pop() ?? new GpuMemory(gpu);
    return await HitShaper.create(gpu, shape, { form, withChildren, memory });
  }

  /** Keeps its buffers for a later one, when it is through. */
  async giveHitShaper(shaper: HitShaper): Promise<void> {
    const memory = await shaper.close();
    if (!memory) return;
    if (this.#spareOfHits.length < mostSpare) this.#spareOfHits.push(memory);
    else memory.destroy();
  }

  /** Buffers for a lane: those of one before, if there are. */
  takeMemory(): LaneMemory {
    return this.#spare.pop() ?? new LaneMemory(this.gpu);
  }

  /** Keeps buffers for a later lane. */
  giveMemory(memory: LaneMemory): void {
    if (this.#spare.length < mostSpare) this.#spare.push(memory);
    else memory.destroy();
  }
}
