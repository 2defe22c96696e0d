import type { OpenedGpu } from '../open-gpu.ts';
import type { HitEntry, HitKernels } from './hit-kernels.ts';

/** What a kernel reads and writes, by number of the binding. */
export type Bindings = Readonly<Record<number, GPUBuffer | GPUBufferBinding>>;

/** Threads of a workgroup of most kernels: each of them takes an item after the other, however few threads there are. */
const threads = 256;

/** Kernels in the order in which they are to run. */
export class HitPass {
  readonly #device: GPUDevice;
  readonly #kernels: HitKernels;
  readonly #encoder: GPUCommandEncoder;
  #pass: GPUComputePassEncoder | undefined;

  constructor({ device }: OpenedGpu, kernels: HitKernels) {
    this.#device = device;
    this.#kernels = kernels;
    this.#encoder = device.createCommandEncoder();
  }

  /** Runs a kernel over so many items. */
  run(entry: HitEntry, bindings: Bindings, items: number, perGroup: number = threads): void {
    const most = this.#device.limits.maxComputeWorkgroupsPerDimension;
    this.#prepare(entry, bindings).dispatchWorkgroups(
      Math.max(1, Math.min(most, Math.ceil(items / perGroup))),
    );
  }

  /** Runs a kernel in as many workgroups as the GPU has found to be needed, at a place of a buffer. */
  runAsFound(entry: HitEntry, bindings: Bindings, found: GPUBuffer, offset: number): void {
    this.#prepare(entry, bindings).dispatchWorkgroupsIndirect(found, offset);
  }

  /** Sets the first bytes of a buffer to 0. */
  clear(buffer: GPUBuffer, bytes: number): void {
    this.#end();
    this.#encoder.clearBuffer(buffer, 0, 4 * Math.ceil(bytes / 4));
  }

  copy(from: GPUBuffer, start: number, to: GPUBuffer, at: number, bytes: number): void {
    this.#end();
    this.#encoder.copyBufferToBuffer(from, start, to, at, bytes);
  }

  submit(): void {
    this.#end();
    this.#device.queue.submit([this.#encoder.finish()]);
  }

  #prepare(entry: HitEntry, bindings: Bindings): GPUComputePassEncoder {
    const kernel = this.#kernels.get(entry);
    if (!kernel) throw new Error(`the kernel ${entry} is not compiled`);
    this.#pass ??= this.#encoder.beginComputePass();
    this.#pass.setPipeline(kernel);
    const entries = Object.entries(bindings).map(([binding, resource]) => ({
      binding: Number(binding),
      resource: 'buffer' in resource ? resource : { buffer: resource },
    }));
    const layout = kernel.getBindGroupLayout(0);
    this.#pass.setBindGroup(0, this.#device.createBindGroup({ layout, entries }));
    return this.#pass;
  }

  #end(): void {
    this.#pass?.end();
    this.#pass = undefined;
  }
}
