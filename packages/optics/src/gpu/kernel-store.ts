import type { ArithmeticForm } from './arithmetic-form.ts';
import type { Feature } from './feature-stubs.ts';
import { compileKernel, type GpuKernel, kernelLayout } from './gpu-kernel.ts';
import type { OpenedGpu } from './open-gpu.ts';

/** What a kernel is made for. */
interface Purpose {
  readonly features: ReadonlySet<Feature>;
  /** Of the scene (scene-limits.ts). */
  readonly constants: Readonly<Record<string, number>>;
}

interface Stored extends Purpose {
  readonly kernel: Promise<GpuKernel>;
}

/**
 * The kernels that were compiled for a device: those of scenes with the same features are the same. Where the device is
 * a program, to which compiling is most of the work, one that can do more is as good.
 */
export class KernelStore {
  /** Of the buffers of every kernel. */
  readonly layout: GPUBindGroupLayout;
  readonly #gpu: OpenedGpu;
  readonly #form: ArithmeticForm;
  #stored: readonly Stored[] = [];

  constructor(gpu: OpenedGpu, form: ArithmeticForm) {
    this.layout = kernelLayout(gpu.device);
    this.#gpu = gpu;
    this.#form = form;
  }

  /** @throws OpticsError for a kernel that the device refuses */
  async kernel(
    features: ReadonlySet<Feature>,
    constants: Readonly<Record<string, number>>,
  ): Promise<GpuKernel> {
    const found = this.#stored.find((one) => this.#serves(one, { features, constants }));
    if (found) return await found.kernel;
    const kernel = compileKernel(this.#gpu, this.layout, this.#form, features, constants);
    const stored = { features, constants, kernel };
    this.#stored = [...this.#stored, stored];
    kernel.catch(() => {
      this.#stored = this.#stored.filter((one) => one !== stored);
    });
    return await kernel;
  }

  #serves(has: Purpose, needed: Purpose): boolean {
    const isEnough = [...needed.features].every((feature) => has.features.has(feature));
    const isMore = this.#gpu.isSoftware;
    return (
      isEnough &&
      (isMore || has.features.size === needed.features.size) &&
      Object.entries(needed.constants).every(([name, value]) => {
        const there = has.constants[name] ?? Number.NaN;
        return isMore && !lengths.has(name) ? there >= value : there === value;
      })
    );
  }
}

/** Constants that are lengths of rounding; the others are sizes of arrays, of which more is as good. */
const lengths: ReadonlySet<string> = new Set(['TOUCH', 'HELD', 'NO_LENGTH']);
