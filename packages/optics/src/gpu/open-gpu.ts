import { NoGpuError, OpticsError } from '../errors.ts';
import { chooseGpu, type GpuChoice } from './gpu-choice.ts';
import { brief, gpuFailure, lostGpu } from './gpu-failure.ts';
import type { GpuPlatform, OfferedGpu } from './gpu-platform.ts';

/**
 * A device of a GPU, with what becomes of it. Whoever opened it closes it.
 *
 * A device can end at any moment: the driver resets it, somebody unplugs it, memory is gone. Promises of WebGPU then
 * resolve as if all were well, or never; so everything that waits for the device waits through `guard`.
 */
export interface OpenedGpu {
  readonly device: GPUDevice;
  /** For people: `NVIDIA H200 (Vulkan)`. */
  readonly name: string;
  readonly isSoftware: boolean;
  /**
   * What the work gives. Once the device is lost, closed, or has reported an error that nobody asked for, this rejects
   * with that, now and for all work that comes.
   *
   * @throws OpticsError
   */
  guard<T>(work: Promise<T>): Promise<T>;
  /** The same without waiting: for before a launch. */
  throwIfFailed(): void;
  /** Names work of the driver that cannot be called off, such as compiling: `close` lets it end before the device. */
  letEnd(work: Promise<unknown>): void;
  /** Ends the device and frees its memory; work under `guard` rejects at once. */
  close(): void;
}

/**
 * Takes a GPU and makes a device of it, with the largest buffers that it can have, and time stamps where it has them. The
 * storage buffers of a kernel are as many as every WebGPU has: 8.
 *
 * @throws NoGpuError where there is none of the kind that is wanted, or it gives no device
 */
export async function openGpu(platform: GpuPlatform, choice: GpuChoice = {}): Promise<OpenedGpu> {
  return await openOffer(await chooseGpu(platform, choice));
}

/** The same of one that was chosen. */
export async function openOffer(offer: OfferedGpu): Promise<OpenedGpu> {
  const { adapter, name } = offer;
  const device = await adapter.requestDevice(wishes(adapter)).catch((cause: unknown) => {
    throw new NoGpuError({
      what: `the GPU ${name} cannot be used`,
      given: cause instanceof Error ? brief(cause.message) : String(cause),
      hint: 'its driver may be too old, or other programs may have taken all of it',
      cause,
    });
  });
  return watch(device, offer);
}

function wishes({ limits, features }: GPUAdapter): GPUDeviceDescriptor {
  const { maxBufferSize, maxStorageBufferBindingSize } = limits;
  return {
    requiredLimits: { maxBufferSize, maxStorageBufferBindingSize },
    requiredFeatures: features.has('timestamp-query') ? ['timestamp-query'] : [],
  };
}

/** @param device of which nobody else waits for the end */
function watch(device: GPUDevice, { name, isSoftware, restDuring }: OfferedGpu): OpenedGpu {
  let failure: OpticsError | undefined;
  let fail: (error: OpticsError) => void = () => {};
  const failed = new Promise<never>((_, reject) => {
    fail = (error) => {
      failure ??= error;
      reject(failure);
    };
  });
  // Nobody may be waiting: that is not an error of its own.
  failed.catch(() => {});
  void device.lost.then((info) => fail(lostGpu(name, info)));
  device.onuncapturederror = (event) => {
    // It is told by us: not on the console as well.
    event.preventDefault();
    fail(gpuFailure(name, event.error));
  };
  const ending = new Set<Promise<unknown>>();
  const throwIfFailed = (): void => {
    if (failure) throw failure;
  };
  return {
    device,
    name,
    isSoftware,
    throwIfFailed,
    letEnd: (work) => {
      const forget = (): void => void ending.delete(work);
      ending.add(work);
      work.then(forget, forget);
      restDuring?.(work);
    },
    guard: async (work) => {
      // When this has failed already nobody else waits for the work.
      work.catch(() => {});
      throwIfFailed();
      const result = await Promise.race([work, failed]);
      // A device that is lost settles what waits for it, in any order.
      await Promise.resolve();
      throwIfFailed();
      return result;
    },
    close: () => {
      fail(new OpticsError({ what: `the GPU ${name} was closed` }));
      // Dawn waits for what it compiles, and aborts the process where it is not through with that at its end.
      void Promise.allSettled(ending).then(() => device.destroy());
    },
  };
}
