import type { Scene } from '@lantern/geometry';
import type { SourceBatch } from '../sources/photon-source.ts';
import type { ArithmeticForm } from './arithmetic-form.ts';
import { ChildRoom } from './child-room.ts';
import type { Feature } from './feature-stubs.ts';
import { bufferUsage, createBuffer } from './gpu-buffer.ts';
import type { GpuKernel } from './gpu-kernel.ts';
import type { KernelStore } from './kernel-store.ts';
import { LaunchPace } from './launch-pace.ts';
import type { OpenedGpu } from './open-gpu.ts';
import { PackedScene } from './packed-scene.ts';
import { sceneFeatures } from './scene-features.ts';
import { sceneImage } from './scene-image.ts';
import { requireRoom, sceneConstants } from './scene-limits.ts';
import { sourceFeatures } from './source-features.ts';

/** Energy and cumulative. */
const knotNumbers = 2;

/** A scene on the GPU, with a spectrum of lights. */
export interface SceneBuffers {
  readonly layout: GPUBindGroupLayout;
  /** The scene's image, and where its sections are. */
  readonly image: GPUBuffer;
  readonly sections: GPUBuffer;
  /** Where in the image the spectrum of lights is, bytes, and its number of knots. */
  readonly spectrumAt: number;
  readonly spectrumKnots: number;
}

/**
 * A scene on the GPU with its kernels, and what was learnt of them. A kernel is made for what the scene has and what the
 * batches so far need: one for most sources.
 */
export class SceneKernels {
  readonly buffers: SceneBuffers;
  readonly pace: LaunchPace;
  readonly children: ChildRoom;
  /** Seconds until photons could start. */
  readonly seconds: { device: number; pipelines: number; scene: number };
  readonly #kernels: KernelStore;
  readonly #constants: Readonly<Record<string, number>>;
  #features: ReadonlySet<Feature>;
  #kernel: Promise<GpuKernel> | undefined;

  private constructor(
    { gpu, kernels, seconds }: KernelNeeds,
    scene: Scene,
    features: ReadonlySet<Feature>,
    buffers: SceneBuffers,
    sceneSeconds: number,
  ) {
    this.seconds = { device: seconds, pipelines: 0, scene: sceneSeconds };
    this.#kernels = kernels;
    this.#features = features;
    this.#constants = sceneConstants(scene);
    this.buffers = buffers;
    this.pace = new LaunchPace();
    const mean = Math.max(0, ...scene.shiftNumbers.values());
    this.children = new ChildRoom(mean, gpu.device.limits.maxStorageBufferBindingSize / 2);
  }

  /**
   * Brings a scene to the GPU.
   *
   * @throws OpticsError for what the GPU cannot hold
   */
  static async create(
    needs: KernelNeeds,
    scene: Scene,
    lightSpectrum: Float64Array = new Float64Array(0),
  ): Promise<SceneKernels> {
    const begin = performance.now();
    const { gpu } = needs;
    const { buffer, sectionsBytes, spectrumAt } = sceneImage(scene.buffer, lightSpectrum);
    requireRoom(buffer.byteLength, gpu.device.limits);
    const { storage, copyTarget, uniform } = bufferUsage;
    const [image, sections] = await Promise.all([
      createBuffer(gpu, {
        what: 'the scene',
        size: buffer.byteLength,
        usage: storage | copyTarget,
      }),
      createBuffer(gpu, {
        what: 'the sections of the scene',
        size: sectionsBytes,
        usage: uniform | copyTarget,
      }),
    ]);
    gpu.device.queue.writeBuffer(image, 0, buffer);
    gpu.device.queue.writeBuffer(sections, 0, buffer, 0, sectionsBytes);
    const { layout } = needs.kernels;
    const spectrumKnots = lightSpectrum.length / knotNumbers;
    const features = sceneFeatures(new PackedScene(scene.buffer));
    const buffers = { layout, image, sections, spectrumAt, spectrumKnots };
    const seconds = (performance.now() - begin) / 1000;
    return new SceneKernels(needs, scene, features, buffers, seconds);
  }

  /**
   * The kernel for a batch: the one there is, if that can do what the batch needs.
   *
   * @throws OpticsError for a kernel that the device refuses
   */
  async kernel(batch: SourceBatch): Promise<GpuKernel> {
    const needed = [...sourceFeatures(batch)].filter((feature) => !this.#features.has(feature));
    if (!this.#kernel || needed.length > 0) {
      this.#features = new Set([...this.#features, ...needed]);
      const begin = performance.now();
      this.#kernel = this.#kernels.kernel(this.#features, this.#constants);
      await this.#kernel;
      this.seconds.pipelines += (performance.now() - begin) / 1000;
    }
    return await this.#kernel;
  }
}

/** What kernels of any scene are made with. */
export interface KernelNeeds {
  readonly gpu: OpenedGpu;
  /** Of the arithmetic of the device. */
  readonly form: ArithmeticForm;
  /** Those that there are. */
  readonly kernels: KernelStore;
  /** What it took to try the arithmetic. */
  readonly seconds: number;
}
